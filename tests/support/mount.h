// Small file systems for tests, to be filled.
#ifndef MAPFILE_TESTS_SUPPORT_MOUNT_H_
#define MAPFILE_TESTS_SUPPORT_MOUNT_H_

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace mapfile::testing {

// Gives this process mounts of its own, which nobody else sees and which end
// with it. False where that isn't permitted. Once for a process.
inline bool HaveOwnMounts() {
  static const bool done = [] {
    const uid_t uid = getuid();
    if (unshare(CLONE_NEWNS) != 0) {
      if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
      std::ofstream("/proc/self/uid_map") << "0 " << uid << " 1";
    }
    return mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  }();
  return done;
}

// A mounted file system, gone with the object.
class Mounted {
 public:
  // Of so many KiB in memory, at a folder that exists.
  static Mounted Tmpfs(const std::string& point, int size_kib) {
    const std::string options = "size=" + std::to_string(size_kib) + "k";
    const bool is_there =
        HaveOwnMounts() &&
        mount("none", point.c_str(), "tmpfs", 0, options.c_str()) == 0;
    return Mounted(is_there ? point : "");
  }

  // A disk of so many KiB, in a file that is made.
  static Mounted Ext4(const std::string& point, const std::string& image,
                      int size_kib) {
    const bool is_there =
        HaveOwnMounts() &&
        Shell("truncate -s " + std::to_string(size_kib) + "K " + image) &&
        Shell("PATH=$PATH:/usr/sbin:/sbin mkfs.ext4 -q -m 0 " + image) &&
        Shell("PATH=$PATH:/usr/sbin:/sbin mount -o loop " + image + " " +
              point);
    return Mounted(is_there ? point : "");
  }

  Mounted(const Mounted&) = delete;
  ~Mounted() {
    if (*this) umount2(point_.c_str(), MNT_DETACH);
  }
  explicit operator bool() const { return !point_.empty(); }

 private:
  explicit Mounted(const std::string& point) : point_(point) {}
  static bool Shell(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }
  std::string point_;
};

// Takes up room with a file, all that there is unless a size is given.
inline void TakeRoom(const std::string& path, std::uint64_t bytes = ~0ull) {
  const int fd = open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  static char block[4096];
  while (bytes >= sizeof block && write(fd, block, sizeof block) > 0) {
    bytes -= sizeof block;
  }
  close(fd);
}

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_SUPPORT_MOUNT_H_
