// Waiting: how sleepers tell writers that a wake-up is worth a system call.
//
// A wake-up that nobody waits for costs 430 ns, so writers skip it while no
// notify word asks for one. There are kNotifyWords of 32 bits in a page of
// their own: word 0 for those who watch the whole file, the others hashed by
// record. Each holds a time, in units of 2^27 ns (134 ms) of CLOCK_MONOTONIC,
// low 32 bits, until which some process may be asleep:
//
//     waiter:  notify = now + kHorizon      writer:  publish, count
//              look at the generation                full fence
//              sleep kMaxSleepNs at most             if notify - now in
//              repeat                                [0, kWindow): wake
//
// Nobody ever clears a word, so no waiter can take the flag from another, and
// one that was killed costs nothing after a second. Whoever may not write the
// notify page, or whose clock has another origin (a time namespace), sleeps
// in short steps instead: it is woken late, never lost.
#ifndef MAPFILE_LIB_RECORD_WAIT_H_
#define MAPFILE_LIB_RECORD_WAIT_H_

#include <cstdint>

#include "lib/base/atomic.h"
#include "lib/format/layout.h"

namespace mapfile::record {

inline constexpr int kNotifyUnitShift = 27;
inline constexpr std::uint32_t kHorizon = 8;  // Units: 1.07 s
inline constexpr std::uint32_t kWindow = 32;  // Units: later is stale
inline constexpr std::uint64_t kMaxSleepNs = 500'000'000;

// Records whose notify words are the same are woken together: needlessly,
// so neighbours in the file are spread.
inline std::uint32_t NotifyIndex(std::uint32_t record_index) {
  return 1 + record_index % (format::kNotifyWords - 1);
}

inline std::uint32_t NotifyUnits(std::uint64_t mono_ns) {
  return static_cast<std::uint32_t>(mono_ns >> kNotifyUnitShift);
}

// Waiter: asks for wake-ups during the next kMaxSleepNs at least. Look at
// the generation after this, then sleep.
inline void AskForWake(std::uint32_t* notify, std::uint64_t mono_ns) {
  // seq_cst: before the load of the generation that follows; the writer has
  // a full fence between its store of the generation and this word's load.
  Atomic(*notify).store(NotifyUnits(mono_ns) + kHorizon,
                        std::memory_order_seq_cst);
}

// Writer: whether some waiter may be asleep. After a full fence.
inline bool IsWakeWanted(const std::uint32_t& notify, std::uint64_t mono_ns) {
  const std::uint32_t left =
      Atomic(notify).load(std::memory_order_seq_cst) - NotifyUnits(mono_ns);
  return left < kWindow;
}

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_WAIT_H_
