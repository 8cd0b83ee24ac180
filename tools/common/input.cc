#include "tools/common/input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace mapfile::tools {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> SystemError(const std::string& path, int error) {
  Code code = Code::kIo;
  if (error == ENOENT) code = Code::kNotFound;
  if (error == ENOSPC || error == EDQUOT) code = Code::kNoSpace;
  return Fail(code, fmt::format("{}: {}", path, std::strerror(error)));
}

bool IsSameFile(int a, int b) {
  struct stat first = {};
  struct stat second = {};
  return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

}  // namespace

Result<std::string> ReadFile(const std::string& path,
                             std::uint64_t most_bytes) {
  const bool standard = path == "-";
  const Descriptor file(standard ? STDIN_FILENO
                                 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::string what = standard ? "standard input" : path;
  if (file.get() < 0) return SystemError(what, errno);
  std::string data;
  std::array<char, 64 << 10> buffer;
  for (;;) {
    const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
    if (size == 0) return data;
    if (size > 0) data.append(buffer.data(), static_cast<std::size_t>(size));
    if (size < 0 && errno != EINTR) return SystemError(what, errno);
    if (data.size() > most_bytes) {
      return Fail(Code::kNoSpace,
                  fmt::format("{}: has more than {} bytes, more than the map "
                              "file may hold",
                              what, most_bytes));
    }
  }
}

Status WriteFile(const std::string& path, std::string_view data,
                 int forbidden_fd) {
  // Truncated only once it is known what it is.
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (file.get() < 0) return SystemError(path, errno);
  if (IsSameFile(file.get(), forbidden_fd)) {
    return Fail(Code::kInvalidArgument, path + ": is the map file itself");
  }
  // Devices and pipes can't be truncated and need not be.
  if (::ftruncate(file.get(), 0) != 0 && errno != EINVAL) {
    return SystemError(path, errno);
  }
  while (!data.empty()) {
    const ssize_t size = ::write(file.get(), data.data(), data.size());
    if (size < 0 && errno != EINTR) return SystemError(path, errno);
    if (size > 0) data.remove_prefix(static_cast<std::size_t>(size));
  }
  return {};
}

}  // namespace mapfile::tools
