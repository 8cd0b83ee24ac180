#include "tools/common/open.h"

#include <sys/stat.h>

namespace mapfile::tools {

Result<MapFile> OpenForWriting(const std::string& path) {
  struct stat status = {};
  // For reading: where nothing can be opened this says best why.
  if (::stat(path.c_str(), &status) != 0) return MapFile::Open(path);
  return MapFile::Open(path, {.mode = Mode::kUpdate});
}

}  // namespace mapfile::tools
