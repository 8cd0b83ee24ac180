// WriterLock: the locks between the writers of a file, in its own words.
//
// A free word is taken by one compare-and-swap, 5 ns. Who finds it taken
// judges whether its owner still lives, by the owner's tenancy; a dead
// owner's lock is taken over, and the new owner told, so that it repairs what
// the lock guards. See man/mapfile.5, LOCK.
#ifndef MAPFILE_LIB_OS_WRITER_LOCK_H_
#define MAPFILE_LIB_OS_WRITER_LOCK_H_

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "lib/base/atomic.h"
#include "lib/base/step.h"
#include "lib/base/thread_list.h"
#include "lib/format/layout.h"
#include "lib/os/file.h"
#include "mapfile/status.h"

namespace mapfile::os {

// A word that a thread has taken, of any file. An address says little once its
// file was closed, so that locks are told apart by number.
struct HeldLock {
  std::uint64_t lock_number = 0;
  const std::uint64_t* word = nullptr;
  friend bool operator==(const HeldLock&, const HeldLock&) = default;
};

// Takes and gives back lock words as one tenant. Threads that share it
// exclude each other.
class WriterLock {
 public:
  // Borrows the file and the slots of its writers.
  WriterLock(const File& file, std::span<const format::WriterSlot> slots);

  // Who takes locks from now on.
  void SetTenant(std::uint32_t slot, std::uint32_t incarnation);

  // Takes the format::LockWord at `word` if it is free and nobody sleeps.
  [[nodiscard]] bool TryLock(std::uint64_t* word) const {
    if (!Replace(word, 0, me_)) return false;
    held_.Remember({number_, word});
    MAPFILE_STEP("lock: taken");
    return true;
  }

  // Takes the format::LockWord at `word`; true: over from a dead owner. Busy:
  // a living one, named in the message, kept it for longer than `timeout`,
  // or this thread has it already.
  [[nodiscard]] Result<bool> Lock(std::uint64_t* word,
                                  std::chrono::milliseconds timeout) const;

  // Gives back what this thread took.
  void Unlock(std::uint64_t* word) const {
    held_.Forget({number_, word});
    MAPFILE_STEP("lock: before release");
    // Release: what this owner wrote comes before.
    const std::uint64_t former =
        Atomic(*word).exchange(0, std::memory_order_release);
    MAPFILE_STEP("lock: released");
    if ((former & format::LockWord::kWaiters) != 0) [[unlikely]]
      WakeOne(word);
  }

  // The same as if this tenant had died with it: the next owner is told.
  void Abandon(std::uint64_t* word) const;

 private:
  static inline constinit thread_local ThreadList<HeldLock> held_;

  static bool Replace(std::uint64_t* word, std::uint64_t expected,
                      std::uint64_t desired) {
    // Acquire: what the former owner wrote is seen from here on.
    return Atomic(*word).compare_exchange_strong(expected, desired,
                                                 std::memory_order_acquire);
  }
  [[gnu::cold]] static void WakeOne(std::uint64_t* word);
  bool IsMine(std::uint64_t word) const;
  bool IsDead(std::uint64_t word) const;
  bool Spin(std::uint64_t* word) const;
  Result<bool> Wait(std::uint64_t* word,
                    std::chrono::milliseconds timeout) const;
  Error Busy(std::uint64_t word) const;

  const File& file_;
  std::span<const format::WriterSlot> slots_;
  std::uint64_t number_;  // No other tenant of this process has it
  std::uint32_t slot_ = 0;
  std::uint32_t incarnation_ = 0;
  std::uint64_t me_ = 0;  // The word of a lock of mine, without waiters
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_WRITER_LOCK_H_
