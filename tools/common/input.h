// Whole files as strings, for values that come from and go to them.
#ifndef MAPFILE_TOOLS_COMMON_INPUT_H_
#define MAPFILE_TOOLS_COMMON_INPUT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "mapfile/status.h"

namespace mapfile::tools {

// All bytes of the file at `path`, or of standard input for "-". Io, NotFound;
// NoSpace: there are more than `most_bytes`.
[[nodiscard]] Result<std::string> ReadFile(const std::string& path,
                                           std::uint64_t most_bytes);

// Makes `path` a file of these bytes, or writes them into it if it is there.
// InvalidArgument: it is the file open as `forbidden_fd`. Io, NoSpace.
[[nodiscard]] Status WriteFile(const std::string& path, std::string_view data,
                               int forbidden_fd);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_INPUT_H_
