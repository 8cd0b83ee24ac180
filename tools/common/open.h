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

// Whether a map file would be made at `path`: there is nothing yet.
bool IsMissing(const std::string& path);

// A new map file like one that would be made at `path`, to try things with:
// it has no name, and goes with its last handle. Its path(), which errors
// name, is another.
[[nodiscard]] Result<MapFile> OpenScratch(const std::string& path);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_OPEN_H_
