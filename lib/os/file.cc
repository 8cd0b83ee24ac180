#include "lib/os/file.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <iterator>
#include <utility>

#include "lib/base/try.h"
#include "lib/os/directory.h"
#include "lib/os/error.h"

namespace mapfile::os {
namespace {

Identity ToIdentity(const struct stat& status) {
  return {.device = status.st_dev, .inode = status.st_ino};
}

// Mappings there aren't shared with other hosts, and locks may be lies.
Status CheckFileSystem(int fd) {
  constexpr unsigned long kNetworks[] = {
      NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,
      0xff534d42,  // CIFS
      0xfe534d42,  // SMB2
      AFS_SUPER_MAGIC, CEPH_SUPER_MAGIC, CODA_SUPER_MAGIC,
      0x0bd00bd0,  // Lustre
      0x47504653,  // GPFS
      0x19830326,  // BeeGFS
  };
  struct statfs system {};
  if (fstatfs(fd, &system) != 0) return {};  // Then it is an ordinary one
  const auto type = static_cast<unsigned long>(system.f_type) & 0xffffffff;
  if (std::find(std::begin(kNetworks), std::end(kNetworks), type) ==
      std::end(kNetworks)) {
    return {};
  }
  return Fail(Code::kIo,
              "lies on a network file system, where processes can't share "
              "memory; use a local one, such as /dev/shm");
}

tl::unexpected<Error> OpenError(int error, Access access) {
  if (error == ELOOP) {
    return Fail(Code::kIo,
                "is a symbolic link in a directory that everybody may write "
                "to; name the file itself");
  }
  if (error == EISDIR) return Fail(Code::kInvalidArgument, "is a directory");
  if (error == ENXIO) {
    return Fail(Code::kInvalidArgument, "is not an ordinary file");
  }
  if ((error == EACCES || error == EPERM) && access == Access::kReadWrite) {
    return Fail(Code::kReadOnly, "no permission to write");
  }
  return SystemError("cannot open", error);
}

int Flags(Access access) {
  // O_NONBLOCK: a FIFO must not make us wait before it is refused.
  return (access == Access::kRead ? O_RDONLY : O_RDWR) | O_CLOEXEC |
         O_NONBLOCK | O_NOCTTY;
}

}  // namespace

Result<Identity> IdentityOf(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return SystemError("cannot look it up", errno);
  }
  return ToIdentity(status);
}

Result<std::string> AbsolutePath(const std::string& path) {
  if (path.starts_with('/')) return path;
  char directory[PATH_MAX];
  if (getcwd(directory, sizeof directory) == nullptr) {
    return SystemError("cannot find the current directory", errno);
  }
  return std::string(directory) + '/' + path;
}

Result<File> File::Open(const std::string& path, Access access) {
  const int no_follow = IsOpenToAll(DirectoryOf(path)) ? O_NOFOLLOW : 0;
  const int fd = open(path.c_str(), Flags(access) | no_follow);
  if (fd < 0) return OpenError(errno, access);
  File file(fd);
  MAPFILE_RETURN_IF_ERROR(file.Identify());
  return file;
}

Status File::Identify() {
  struct stat status {};
  if (fstat(fd_, &status) != 0) return SystemError("cannot look at it", errno);
  if (S_ISDIR(status.st_mode)) {
    return Fail(Code::kInvalidArgument, "is a directory");
  }
  if (!S_ISREG(status.st_mode)) {
    return Fail(Code::kInvalidArgument, "is not an ordinary file");
  }
  identity_ = ToIdentity(status);
  return CheckFileSystem(fd_);
}

File::File(File&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      identity_(other.identity_),
      temporary_(std::exchange(other.temporary_, {})) {}

File& File::operator=(File&& other) noexcept {
  if (this == &other) return *this;
  Close();
  fd_ = std::exchange(other.fd_, -1);
  identity_ = other.identity_;
  temporary_ = std::exchange(other.temporary_, {});
  return *this;
}

File::~File() { Close(); }

void File::Close() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Result<std::uint64_t> File::Size() const {
  struct stat status {};
  if (fstat(fd_, &status) != 0) return SystemError("cannot look at it", errno);
  return static_cast<std::uint64_t>(status.st_size);
}

Result<std::uint64_t> File::Read(void* to, std::uint64_t size) const {
  std::uint64_t done = 0;
  while (done < size) {
    const ssize_t count = pread(fd_, static_cast<char*>(to) + done, size - done,
                                static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemError("cannot read", errno);
    if (count == 0) break;
    done += static_cast<std::uint64_t>(count);
  }
  return done;
}

Result<File> File::Reopen(Access access) const {
  // By way of /proc: the path may lead elsewhere by now, or not yet anywhere.
  const std::string path = "/proc/self/fd/" + std::to_string(fd_);
  const int fd = open(path.c_str(), Flags(access));
  if (fd < 0) return OpenError(errno, access);
  File file(fd);
  MAPFILE_RETURN_IF_ERROR(file.Identify());
  return file;
}

void File::CopyOwnership(const File& other) const {
  struct stat status {};
  if (fstat(other.fd_, &status) != 0) return;
  // Group first: changing it clears bits of the mode.
  if (fchown(fd_, static_cast<uid_t>(-1), status.st_gid) != 0) {
    // Not a member of that group: then its rights must not be ours either.
    status.st_mode &= ~static_cast<mode_t>(S_IRWXG);
  }
  (void)fchmod(fd_, status.st_mode & 07777);
}

Status File::Sync() const {
  if (fdatasync(fd_) == 0) return {};
  return SystemError("cannot bring it to its medium", errno);
}

Status File::SyncDirectoryOf(const std::string& path) {
  const int fd =
      open(DirectoryOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A directory that can be written and not read.
  if (fd < 0 && errno == EACCES) return {};
  if (fd < 0) return SystemError("cannot open its directory", errno);
  // EINVAL: a file system that has nothing to bring anywhere.
  const int error = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
  close(fd);
  if (error == 0) return {};
  return SystemError("cannot bring its name to the medium", error);
}

bool File::IsInMemory() const {
  constexpr unsigned long kRamFs = 0x858458f6;
  struct statfs system {};
  if (fstatfs(fd_, &system) != 0) return false;
  const auto type = static_cast<unsigned long>(system.f_type);
  return type == TMPFS_MAGIC || type == kRamFs;
}

}  // namespace mapfile::os
