// How a file comes into being: unseen until it is complete.
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/os/directory.h"
#include "lib/os/error.h"
#include "lib/os/file.h"
#include "lib/os/litter.h"

namespace mapfile::os {
namespace {

Status Link(int fd, const std::string& path) {
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(),
             AT_SYMLINK_FOLLOW) == 0) {
    return {};
  }
  return SystemError("cannot be created", errno);
}

Status RenameIfAbsent(const std::string& from, const std::string& to) {
  if (syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(),
              RENAME_NOREPLACE) == 0) {
    return {};
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return SystemError("cannot be created", errno);
  }
  // Not known there. A second name then, and the first one goes.
  if (link(from.c_str(), to.c_str()) != 0) {
    return SystemError("cannot be created", errno);
  }
  unlink(from.c_str());
  return {};
}

Status RenameOver(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) == 0) return {};
  if (errno == EBUSY) {
    return Fail(Code::kIo,
                "cannot be replaced: it is a mount point of its own; mount "
                "its directory instead");
  }
  return SystemError("cannot be replaced", errno);
}

// File systems without unnamed files say so in several ways.
bool CanTryNamed(int error) {
  return error == EOPNOTSUPP || error == EISDIR || error == EINVAL ||
         error == ENOENT;
}

// A file with a name that others see, but can't guess; -1 and errno.
int CreateNamed(const std::string& directory, std::string& path) {
  constexpr int kAttempts = 16;
  for (int i = 0; i < kAttempts; ++i) {
    path = TemporaryPath(directory);
    const int fd =
        open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 || Own(fd)) return fd;
    // Somebody took it for litter before it was ours.
    close(fd);
  }
  errno = EBUSY;
  return -1;
}

tl::unexpected<Error> CreateError(int error, const std::string& directory) {
  if (error == ENOENT || error == ENOTDIR) {
    return Fail(Code::kNotFound,
                "there is no directory '" + directory + "' to create it in");
  }
  if (error == EACCES || error == EPERM) {
    return Fail(Code::kReadOnly,
                "no permission to create a file in '" + directory + "'");
  }
  return SystemError("cannot be created in '" + directory + "'", error);
}

}  // namespace

Result<File> File::CreateUnnamed(const std::string& path,
                                 std::uint32_t permissions) {
  const std::string directory = DirectoryOf(path);
  RemoveLitter(directory);
  std::string temporary;
  int fd = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0 && CanTryNamed(errno)) fd = CreateNamed(directory, temporary);
  if (fd < 0) return CreateError(errno, directory);
  File file(fd);
  file.temporary_ = std::move(temporary);
  MAPFILE_RETURN_IF_ERROR(file.Identify());
  if (fchmod(fd, permissions & 07777) != 0) {
    return SystemError("cannot be given its permissions", errno);
  }
  return file;
}

Status File::Publish(const std::string& path, IfExists if_exists) {
  if (if_exists == IfExists::kFail) {
    if (temporary_.empty()) {
      MAPFILE_RETURN_IF_ERROR(Link(fd_, path));
      MAPFILE_STEP("create: linked");
      return {};
    }
    MAPFILE_RETURN_IF_ERROR(RenameIfAbsent(temporary_, path));
    temporary_.clear();
    Disown(fd_);
    return {};
  }
  // A link can't replace: a short-lived name for it, then a rename.
  if (temporary_.empty()) {
    std::string temporary = TemporaryPath(DirectoryOf(path));
    (void)Own(fd_);  // Nobody else can have it: it has no name yet
    MAPFILE_RETURN_IF_ERROR(Link(fd_, temporary));
    MAPFILE_STEP("create: named");
    temporary_ = std::move(temporary);
  }
  MAPFILE_RETURN_IF_ERROR(RenameOver(temporary_, path));
  MAPFILE_STEP("create: renamed");
  temporary_.clear();
  Disown(fd_);
  return {};
}

}  // namespace mapfile::os
