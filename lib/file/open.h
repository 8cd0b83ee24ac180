// Opening, closing and replacing map files; the writers' lock.
#ifndef MAPFILE_LIB_FILE_OPEN_H_
#define MAPFILE_LIB_FILE_OPEN_H_

#include <chrono>
#include <memory>
#include <string>

#include "lib/file/core.h"
#include "mapfile/options.h"

namespace mapfile::file {

// As MapFile::Open, errors with the path in front.
[[nodiscard]] Result<std::shared_ptr<Core>> Open(const std::string& path,
                                                 const Options& options);

// Ends all use of the file; the last of its writers leaves it checksummed
// and marked as closed in order. Nothing happens where it is closed already.
[[nodiscard]] Status Close(Core& core);

// As those of MapFile.
[[nodiscard]] Status BecomeWriter(Core& core);
[[nodiscard]] Status Resign(Core& core);
[[nodiscard]] Status AcquireLock(Core& core, std::chrono::milliseconds timeout);
[[nodiscard]] Status ReleaseLock(Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_OPEN_H_
