// Making map files, and making Cores of files.
#ifndef MAPFILE_LIB_FILE_CREATE_H_
#define MAPFILE_LIB_FILE_CREATE_H_

#include <memory>
#include <string>

#include "lib/file/core.h"
#include "lib/os/file.h"

namespace mapfile::file {

// A Core of a file whose header was checked: maps it and attaches its table.
[[nodiscard]] Result<std::shared_ptr<Core>> Assemble(
    const std::string& path, const Options& options, os::File file,
    const format::FileHeader& header);

// A new file for `path`, complete but without a name, with the caller as its
// first writer: for File::Publish().
[[nodiscard]] Result<std::shared_ptr<Core>> Prepare(const std::string& path,
                                                    const Options& options);

// A new file at `path`, which nobody sees before it is complete, with the
// caller as its first writer. Exists, unless it may replace what is there.
[[nodiscard]] Result<std::shared_ptr<Core>> Create(
    const std::string& path, const Options& options,
    os::File::IfExists if_exists);

// A new file in the place of `old`, whose readers can tell from then on and
// whose permissions it gets. Busy: a living producer, named in the message,
// writes to the old one, and no force is asked for.
[[nodiscard]] Result<std::shared_ptr<Core>> Replace(Core& old,
                                                    const Options& options);

// Whether the file starts as a map file does, however it goes on.
bool HasMagic(const os::File& file);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_CREATE_H_
