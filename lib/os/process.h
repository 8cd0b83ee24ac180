// Who this process is, and whether it is the one that it was.
#ifndef MAPFILE_LIB_OS_PROCESS_H_
#define MAPFILE_LIB_OS_PROCESS_H_

#include <atomic>
#include <cstdint>
#include <string>

namespace mapfile::os {

struct ProcessInfo {
  std::uint32_t pid = 0;          // In this process's own namespace
  std::uint64_t start_ticks = 0;  // Field 22 of /proc/self/stat; 0: unknown
  std::string command;            // Its name, at most 15 bytes
};
ProcessInfo ThisProcess();

// Differs, in the child of a fork(), from what it was before. Counts from the
// first call of WatchForks().
void WatchForks();
inline std::atomic<std::uint64_t> fork_count = 0;  // For ForkCount() alone
inline std::uint64_t ForkCount() {
  return fork_count.load(std::memory_order_relaxed);
}

// Closes `fd` in every child of this process: an open descriptor of a lock
// there would keep its dead owner alive. Until ForgetLockFd().
// Whoever makes, or closes, such a descriptor stays inside a NoFork until it
// is registered, or closed: a thread that forks in between would leave it
// open in the child.
void CloseInChildren(int fd);
void ForgetLockFd(int fd);

// While one lives, a fork() of another thread waits.
class NoFork {
 public:
  NoFork();
  NoFork(const NoFork&) = delete;
  NoFork& operator=(const NoFork&) = delete;
  ~NoFork();
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_PROCESS_H_
