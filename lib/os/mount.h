// Where a file lies, for messages.
#ifndef MAPFILE_LIB_OS_MOUNT_H_
#define MAPFILE_LIB_OS_MOUNT_H_

#include <cstdint>
#include <optional>
#include <string>

namespace mapfile::os {

// A mounted file system.
struct Mount {
  std::string point;             // "/dev/shm"
  std::string type;              // "tmpfs"
  std::uint64_t size_bytes = 0;  // Of the whole of it
};

// The one that holds an open file; none if /proc doesn't tell.
std::optional<Mount> MountOf(int fd);

// "/dev/shm (tmpfs, 64 MiB)".
std::string Describe(const Mount& mount);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_MOUNT_H_
