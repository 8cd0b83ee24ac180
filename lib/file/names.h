// Names of records: paths inside the file.
#ifndef MAPFILE_LIB_FILE_NAMES_H_
#define MAPFILE_LIB_FILE_NAMES_H_

#include <string>
#include <string_view>

#include "mapfile/status.h"

namespace mapfile::file {

// Whether `name` is a whole name as it is, which nearly all are: 1 to 255
// bytes, none NUL, no element of the path empty, "." or "..".
bool IsWhole(std::string_view name);

// The whole name that `name` means while `directory` is current: "." and ".."
// are resolved, a leading slash starts from the top. The result has 1 to 255
// bytes, none of them NUL, and no leading, trailing or double slash.
// It is `name` itself, as nearly always, or lies in `storage`: a copy
// would take an allocation. InvalidArgument, with the reason.
[[nodiscard]] Result<std::string_view> ResolveName(std::string_view directory,
                                                   std::string_view name,
                                                   std::string& storage);

// The same for a folder: an empty result means the top.
[[nodiscard]] Result<std::string> ResolveFolder(std::string_view directory,
                                                std::string_view path);

// What follows `folder` in `name`, without its slash; empty if `name` isn't
// below it. Everything is below the top, "".
std::string_view Below(std::string_view folder, std::string_view name);

// `name` fit for a message: in quotes, odd bytes as \xNN, cut when long.
std::string Quoted(std::string_view name);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_NAMES_H_
