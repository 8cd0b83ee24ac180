#include "lib/os/mount.h"

#include <sys/statfs.h>
#include <unistd.h>

#include <climits>
#include <fstream>
#include <sstream>

namespace mapfile::os {
namespace {

std::string PathOf(int fd) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = readlink(link.c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : "";
}

// As the kernel writes paths there: "\040" is a space.
std::string Unescape(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_octal = text[i] == '\\' && i + 3 < text.size();
    if (is_octal) {
      out += static_cast<char>(
          std::strtol(text.substr(i + 1, 3).c_str(), nullptr, 8));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool IsBelow(const std::string& path, const std::string& point) {
  if (point == "/") return true;
  return path.starts_with(point) &&
         (path.size() == point.size() || path[point.size()] == '/');
}

// "36 35 98:0 /root /point options [more] - type source options".
Mount ParseLine(const std::string& line) {
  std::istringstream words(line);
  std::string word;
  Mount mount;
  for (int i = 0; i < 5; ++i) words >> word;
  mount.point = Unescape(word);
  while (words >> word && word != "-") {
  }
  words >> mount.type;
  return mount;
}

}  // namespace

std::optional<Mount> MountOf(int fd) {
  const std::string path = PathOf(fd);
  std::ifstream lines("/proc/self/mountinfo");
  std::optional<Mount> found;
  for (std::string line; std::getline(lines, line);) {
    Mount mount = ParseLine(line);
    // Of two at one place the later one hides the other.
    if (mount.point.empty() || !IsBelow(path, mount.point)) continue;
    if (!found || mount.point.size() >= found->point.size()) {
      found = std::move(mount);
    }
  }
  struct statfs system {};
  if (found && fstatfs(fd, &system) == 0) {
    found->size_bytes = static_cast<std::uint64_t>(system.f_blocks) *
                        static_cast<std::uint64_t>(system.f_frsize);
  }
  return found;
}

std::string Describe(const Mount& mount) {
  const bool is_large = mount.size_bytes >= 10 << 20;
  const std::uint64_t size = mount.size_bytes >> (is_large ? 20 : 10);
  return mount.point + " (" + mount.type + ", " + std::to_string(size) +
         (is_large ? " MiB)" : " KiB)");
}

}  // namespace mapfile::os
