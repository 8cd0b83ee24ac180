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

// For file systems that can't allocate: zeroes, behind the end only, where
// no other process stores anything yet.
Status WriteZeroes(int fd, std::uint64_t from, std::uint64_t to) {
  static constexpr std::array<char, 65536> kZeroes{};
  while (from < to) {
    const ssize_t count =
        pwrite(fd, kZeroes.data(),
               std::min<std::uint64_t>(kZeroes.size(), to - from),
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
  for (;;) {
    // The call itself, not glibc's: that one writes into live bytes.
    if (fallocate(fd_, 0, static_cast<off_t>(from),
                  static_cast<off_t>(to - from)) == 0) {
      return {};
    }
    if (errno != EINTR) break;
  }
  if (errno != EOPNOTSUPP) return AllocateError(errno, to - from);
  return WriteZeroes(fd_, std::max(from, end), to);
}

}  // namespace mapfile::os
