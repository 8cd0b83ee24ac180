#include "lib/os/futex.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

namespace mapfile::os {

FutexResult FutexWait(const std::uint32_t* word, std::uint32_t value,
                      std::uint64_t timeout_ns) {
  timespec timeout{};
  timeout.tv_sec = static_cast<time_t>(timeout_ns / 1'000'000'000);
  timeout.tv_nsec = static_cast<long>(timeout_ns % 1'000'000'000);
  // FUTEX_WAIT, not FUTEX_WAIT_PRIVATE: the other side is another process.
  if (syscall(SYS_futex, word, FUTEX_WAIT, value, &timeout, nullptr, 0) == 0) {
    return FutexResult::kWoken;
  }
  switch (errno) {
    case EAGAIN: return FutexResult::kChanged;
    case ETIMEDOUT: return FutexResult::kTimeout;
    default: return FutexResult::kInterrupted;
  }
}

void FutexWake(const std::uint32_t* word, int count) {
  syscall(SYS_futex, word, FUTEX_WAKE, count, nullptr, nullptr, 0);
}

}  // namespace mapfile::os
