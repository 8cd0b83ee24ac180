#include "lib/os/directory.h"

#include <sys/stat.h>

namespace mapfile::os {

std::string DirectoryOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool IsOpenToAll(const std::string& directory) {
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0) return false;
  constexpr mode_t kBits = S_ISVTX | S_IWOTH;
  return (status.st_mode & kBits) == kBits;
}

}  // namespace mapfile::os
