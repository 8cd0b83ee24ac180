#include "tools/common/open.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace mapfile::tools {

Result<MapFile> OpenForWriting(const std::string& path) {
  struct stat status = {};
  // For reading: where nothing can be opened this says best why.
  if (::stat(path.c_str(), &status) != 0) return MapFile::Open(path);
  return MapFile::Open(path, {.mode = Mode::kUpdate});
}

bool IsMissing(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) != 0 && errno == ENOENT;
}

Result<MapFile> OpenScratch(const std::string& path) {
  const std::filesystem::path target(path);
  const std::string scratch =
      (target.parent_path() / ("." + target.filename().string() + "." +
                               std::to_string(::getpid()) + ".trial"))
          .string();
  // It may be left of a killed process that had the same number.
  auto file =
      MapFile::Open(scratch, {.mode = Mode::kRecreate, .permissions = 0600});
  if (file) ::unlink(scratch.c_str());
  return file;
}

}  // namespace mapfile::tools
