// The version of the tools, as --version shows it.
#ifndef MAPFILE_TOOLS_COMMON_VERSION_H_
#define MAPFILE_TOOLS_COMMON_VERSION_H_

namespace mapfile::tools {

inline constexpr const char kVersion[] = "0.1.0";

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_VERSION_H_
