// Sleeping on a 32-bit word that several processes share.
#ifndef MAPFILE_LIB_OS_FUTEX_H_
#define MAPFILE_LIB_OS_FUTEX_H_

#include <cstdint>

namespace mapfile::os {

enum class FutexResult {
  kWoken,        // By FutexWake, or for no reason
  kChanged,      // The word didn't hold the value any more
  kTimeout,
  kInterrupted,  // A signal handler ran
};

// Sleeps while `*word` is `value`, at most `timeout_ns`. The word may lie in
// a mapping that can only be read. What it waits for is to be looked at
// again in any case.
FutexResult FutexWait(const std::uint32_t* word, std::uint32_t value,
                      std::uint64_t timeout_ns);

// Wakes up to `count` sleepers of all processes.
void FutexWake(const std::uint32_t* word, int count);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_FUTEX_H_
