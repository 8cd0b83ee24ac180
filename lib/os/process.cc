#include "lib/os/process.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <mutex>
#include <string_view>

namespace mapfile::os {
namespace {

std::string ReadFile(const char* path) {
  std::string text(1024, '\0');
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = fd < 0 ? 0 : read(fd, text.data(), text.size());
  if (fd >= 0) close(fd);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

// Field `number` of a stat line, whose second field may hold anything, in
// parentheses.
std::uint64_t StatField(std::string_view stat, int number) {
  const std::size_t end = stat.rfind(')');
  if (end == std::string_view::npos) return 0;
  stat.remove_prefix(end + 1);
  for (int field = 2; field < number; ++field) {
    const std::size_t space = stat.find(' ');
    if (space == std::string_view::npos) return 0;
    stat.remove_prefix(space + 1);
  }
  std::uint64_t value = 0;
  std::from_chars(stat.data(), stat.data() + stat.size(), value);
  return value;
}

// A fixed table of descriptors: a child of fork() may neither lock nor
// allocate. 0 is free, else a descriptor + 1.
constexpr int kMaxLockFds = 4096;
std::atomic<int> lock_fds[kMaxLockFds];

std::mutex fork_mutex;

void BeforeFork() { fork_mutex.lock(); }
void InParent() { fork_mutex.unlock(); }
void InChild() {
  fork_mutex.unlock();
  fork_count.fetch_add(1, std::memory_order_relaxed);
  for (std::atomic<int>& entry : lock_fds) {
    const int fd = entry.exchange(0, std::memory_order_relaxed);
    if (fd != 0) close(fd - 1);
  }
}

}  // namespace

void WatchForks() {
  static std::once_flag once;
  std::call_once(once, [] { pthread_atfork(BeforeFork, InParent, InChild); });
}

NoFork::NoFork() {
  WatchForks();
  fork_mutex.lock();
}
NoFork::~NoFork() { fork_mutex.unlock(); }

ProcessInfo ThisProcess() {
  ProcessInfo info;
  info.pid = static_cast<std::uint32_t>(getpid());
  info.start_ticks = StatField(ReadFile("/proc/self/stat"), 22);
  info.command = ReadFile("/proc/self/comm");
  if (info.command.ends_with('\n')) info.command.pop_back();
  return info;
}

void CloseInChildren(int fd) {
  WatchForks();
  for (std::atomic<int>& entry : lock_fds) {
    int expected = 0;
    if (entry.compare_exchange_strong(expected, fd + 1)) return;
  }
}

void ForgetLockFd(int fd) {
  for (std::atomic<int>& entry : lock_fds) {
    int expected = fd + 1;
    if (entry.compare_exchange_strong(expected, 0)) return;
  }
}

}  // namespace mapfile::os
