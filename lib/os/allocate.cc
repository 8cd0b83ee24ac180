// Room on the medium, before a byte of it is touched.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "lib/base/try.h"
#include "lib/os/error.h"
#include "lib/os/file.h"

namespace mapfile::os {
namespace {

// Past this limit the kernel sends SIGXFSZ, which kills.
Status CheckFileSizeLimit(std::uint64_t size) {
  rlimit limit{};
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur >= size) {
    return {};
  }
  return Fail(Code::kNoSpace,
              "would have " + std::to_string(size) +
                  " bytes, and this process may write files of " +
                  std::to_string(limit.rlim_cur) +
                  " only; raise its limit (ulimit -f)");
}

tl::unexpected<Error> AllocateError(int error, std::uint64_t size) {
  if (error == EFBIG) {
    return Fail(Code::kNoSpace, "its file system has no files of " +
                                    std::to_string(size) + " bytes");
  }
  if (error == ENOSPC || error == EDQUOT) {
    return Fail(Code::kNoSpace,
                std::string(error == ENOSPC ? "its file system is full"
                                            : "the disk quota is used up") +
                    "; " + std::to_string(size) +
                    " more bytes were needed. Make room there, or put the "
                    "file elsewhere");
  }
  return SystemError("cannot be made longer", error);
}

// 0, or an errno. The call itself, not glibc's: that one writes into live
// bytes.
int TryAllocate(int fd, std::uint64_t from, std::uint64_t to) {
  constexpr std::uint64_t kLeastStep = 64 << 10;
  constexpr std::uint64_t kPage = 4096;
  std::uint64_t step = to - from;
  while (from < to) {
    step = std::min(step, to - from);
    if (fallocate(fd, 0, static_cast<off_t>(from), static_cast<off_t>(step)) ==
        0) {
      from += step;
    } else if (errno == EINTR) {
      // tmpfs gives back all that it had. Smaller steps, or a process with a
      // fast timer would never get there.
      step = std::max(step / 2 / kPage * kPage, kLeastStep);
    } else {
      return errno;
    }
  }
  return 0;
}

// For file systems that can't allocate: zeroes, behind the end only, where
// no other process stores anything yet.
Status WriteZeroes(int fd, std::uint64_t from, std::uint64_t to) {
  static constexpr std::array<char, 65536> kZeroes{};
  while (from < to) {
    const ssize_t count = pwrite(
        fd, kZeroes.data(), std::min<std::uint64_t>(kZeroes.size(), to - from),
        static_cast<off_t>(from));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return AllocateError(errno, to - from);
    from += static_cast<std::uint64_t>(count);
  }
  return {};
}

}  // namespace

Status File::Allocate(std::uint64_t from, std::uint64_t to) const {
  MAPFILE_RETURN_IF_ERROR(CheckFileSizeLimit(to));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t end, Size());
  const int error = TryAllocate(fd_, from, to);
  if (error == 0) return {};
  Status allocated = error == EOPNOTSUPP
                         ? WriteZeroes(fd_, std::max(from, end), to)
                         : AllocateError(error, to - from);
  // ext4 keeps what it found before it ran out, which is the last room that
  // others had. Nobody uses it: who makes a file longer holds its lock.
  const auto now = Size();
  if (!allocated && now && *now > end) {
    (void)!ftruncate(fd_, static_cast<off_t>(end));
  }
  return allocated;
}

}  // namespace mapfile::os
