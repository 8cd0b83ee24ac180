// Opening map files for tools that write.
#ifndef MAPFILE_TOOLS_COMMON_OPEN_H_
#define MAPFILE_TOOLS_COMMON_OPEN_H_

#include <string>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile::tools {

// Opens the map file at `path` for writing. NotFound if there is none: a slip
// in a path must not leave a new file behind.
[[nodiscard]] Result<MapFile> OpenForWriting(const std::string& path);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_OPEN_H_
