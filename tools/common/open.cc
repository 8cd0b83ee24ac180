#include "tools/common/open.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <random>

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
  // A name that nobody can guess, as the library gives to files that are not
  // done: what a kill leaves here goes when the next file is made beside it.
  std::random_device random;
  const std::string name =
      fmt::format(".mapfile-{:08x}{:08x}.tmp", random(), random());
  const std::string scratch =
      (std::filesystem::path(path).parent_path() / name).string();
  auto file =
      MapFile::Open(scratch, {.mode = Mode::kCreate, .permissions = 0600});
  if (file) ::unlink(scratch.c_str());
  return file;
}

}  // namespace mapfile::tools
