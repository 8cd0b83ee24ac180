#include "lib/os/writer_lock.h"

#include <algorithm>

#include "lib/base/atomic.h"
#include "lib/base/step.h"
#include "lib/os/clock.h"
#include "lib/os/futex.h"
#include "lib/os/tenancy.h"

namespace mapfile::os {
namespace {

using format::LockWord;

constexpr int kSpins = 100;
constexpr std::uint64_t kShortestSleepNs = 2'000'000;
constexpr std::uint64_t kLongestSleepNs = 50'000'000;

std::uint64_t NextNumber() {
  static std::atomic<std::uint64_t> next = 0;
  return next.fetch_add(1, std::memory_order_relaxed);
}

// The half that sleepers sleep on.
const std::uint32_t* LowHalf(const std::uint64_t* word) {
  return reinterpret_cast<const std::uint32_t*>(word);
}

}  // namespace

WriterLock::WriterLock(const File& file,
                       std::span<const format::WriterSlot> slots)
    : file_(file), slots_(slots), number_(NextNumber()) {}

void WriterLock::SetTenant(std::uint32_t slot, std::uint32_t incarnation) {
  // What threads took for the former tenant isn't held any more.
  number_ = NextNumber();
  slot_ = slot;
  incarnation_ = incarnation;
  me_ = LockWord::Make(slot, incarnation);
}

bool WriterLock::IsMine(std::uint64_t word) const {
  return (word & ~LockWord::kWaiters) == me_;
}

bool WriterLock::IsDead(std::uint64_t word) const {
  const std::uint32_t slot = LockWord::Slot(word);
  if (slot >= slots_.size()) return true;
  if (IsMine(word)) return false;
  // My slot's former tenant; asking the kernel would find me alive.
  if (slot == slot_) return true;
  // Acquire: before the question to the kernel. A new tenant hides a dead
  // owner from it.
  if (LoadAcquire(slots_[slot].incarnation) != LockWord::Incarnation(word)) {
    return true;
  }
  return !IsSlotHeld(file_, slot);
}

bool WriterLock::Spin(std::uint64_t* word) const {
  for (int i = 0; i < kSpins; ++i) {
    if (LoadRelaxed(*word) == 0 && TryLock(word)) return true;
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  return false;
}

Error WriterLock::Busy(std::uint64_t word) const {
  return Error(Code::kBusy,
               IsMine(word) ? "another thread of this process holds its lock"
                            : "a living process (" +
                                  DescribeTenant(slots_[LockWord::Slot(word)]) +
                                  ") holds its lock");
}

Result<bool> WriterLock::Lock(std::uint64_t* word,
                              std::chrono::milliseconds timeout) const {
  if (TryLock(word)) return false;
  if (held_.Has({number_, word})) {
    return Fail(Code::kBusy, "this thread holds its lock already");
  }
  if (Spin(word)) return false;
  auto taken = Wait(word, timeout);
  if (taken) held_.Remember({number_, word});
  return taken;
}

Result<bool> WriterLock::Wait(std::uint64_t* word,
                              std::chrono::milliseconds timeout) const {
  const std::uint64_t start_ns = MonotonicNs();
  const std::uint64_t timeout_ns =
      static_cast<std::uint64_t>(std::max<std::int64_t>(timeout.count(), 0)) *
      1'000'000;
  std::uint64_t sleep_ns = kShortestSleepNs;
  // Whoever slept takes the lock with the bit set: others may sleep too.
  std::uint64_t mine = me_;
  for (;;) {
    const std::uint64_t seen = LoadAcquire(*word);
    if (LockWord::IsFree(seen)) {
      if (!Replace(word, seen, mine)) continue;
      MAPFILE_STEP("lock: taken after a sleep");
      return false;
    }
    if (IsDead(seen)) {
      // Death is final, so that the same word means the same dead owner.
      if (!Replace(word, seen, me_ | LockWord::kWaiters)) continue;
      MAPFILE_STEP("lock: taken over");
      return true;
    }
    const std::uint64_t waited_ns = MonotonicNs() - start_ns;
    if (waited_ns >= timeout_ns) return Fail(Busy(seen));
    const std::uint64_t waiting = seen | LockWord::kWaiters;
    if (seen != waiting && !Replace(word, seen, waiting)) continue;
    MAPFILE_STEP("lock: waited for");
    mine = me_ | LockWord::kWaiters;
    // The time-out is part of the protocol: a waiter that is killed after
    // its wake-up takes it from the others.
    FutexWait(LowHalf(word), static_cast<std::uint32_t>(waiting),
              std::min(sleep_ns, timeout_ns - waited_ns));
    sleep_ns = std::min(sleep_ns * 2, kLongestSleepNs);
  }
}

void WriterLock::WakeOne(std::uint64_t* word) { FutexWake(LowHalf(word), 1); }

void WriterLock::Abandon(std::uint64_t* word) const {
  held_.Forget({number_, word});
  // A slot that no file has: an owner that is dead to everybody.
  const std::uint64_t nobody = LockWord::Make(0xfffe, incarnation_);
  const std::uint64_t former = Atomic(*word).exchange(
      nobody | LockWord::kWaiters, std::memory_order_release);
  MAPFILE_STEP("lock: abandoned");
  if ((former & LockWord::kWaiters) != 0) WakeOne(word);
}

}  // namespace mapfile::os
