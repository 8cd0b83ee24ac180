// Room on the medium, before a byte of it is touched.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "lib/base/try.h"
#include "lib/os/error.h"
#include "lib/os/file.h"
#include "lib/os/limit.h"
#include "lib/os/mount.h"

namespace mapfile::os {
namespace {

// What is full, and what to do about it.
std::string FullText(int fd, int error, std::uint64_t size) {
  const auto mount = MountOf(fd);
  std::string text = error == ENOSPC ? "its file system" : "the disk quota";
  if (mount) text += " at " + Describe(*mount);
  text += error == ENOSPC ? " is full; " : " is used up; ";
  text += std::to_string(size) + " more bytes were needed. ";
  constexpr std::uint64_t kContainerShm = 64 << 20;
  if (mount && mount->point == "/dev/shm" && mount->size_bytes != 0 &&
      mount->size_bytes <= kContainerShm) {
    return text +
           "Docker gives a container 64 MiB there unless it is run with a "
           "larger --shm-size; make room, or put the file elsewhere";
  }
  return text + "Make room there, or put the file elsewhere";
}

tl::unexpected<Error> AllocateError(int fd, int error, std::uint64_t size) {
  if (error == EFBIG) {
    return Fail(Code::kNoSpace, "its file system has no files of " +
                                    std::to_string(size) + " bytes");
  }
  if (error == ENOSPC || error == EDQUOT) {
    return Fail(Code::kNoSpace, FullText(fd, error, size));
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
    if (count < 0) return AllocateError(fd, errno, to - from);
    from += static_cast<std::uint64_t>(count);
  }
  return {};
}

// Some file systems keep what they could allocate before they were full.
// Behind the end nobody has looked yet.
void GiveBack(int fd, std::uint64_t end) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return;
  if (static_cast<std::uint64_t>(status.st_size) <= end) return;
  (void)!ftruncate(fd, static_cast<off_t>(end));
}

}  // namespace

Status File::Allocate(std::uint64_t from, std::uint64_t to) const {
  MAPFILE_RETURN_IF_ERROR(CheckFileSizeLimit(to));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t end, Size());
  const int error = TryAllocate(fd_, from, to);
  if (error == 0) return {};
  Status allocated = error == EOPNOTSUPP
                         ? WriteZeroes(fd_, std::max(from, end), to)
                         : AllocateError(fd_, error, to - from);
  if (!allocated) GiveBack(fd_, end);
  return allocated;
}

}  // namespace mapfile::os
