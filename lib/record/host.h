// Host: what the record table needs from the process around it.
#ifndef MAPFILE_LIB_RECORD_HOST_H_
#define MAPFILE_LIB_RECORD_HOST_H_

#include <cstdint>

#include "lib/format/layout.h"
#include "mapfile/status.h"

namespace mapfile::record {

// Two clocks read together, as cheaply as possible: to about 4 ms.
struct Times {
  std::uint64_t wall_ns = 0;  // CLOCK_REALTIME
  std::uint64_t mono_ns = 0;  // CLOCK_MONOTONIC: this boot's
};

// Locks, clocks and wake-ups for the words of a shared mapping. All calls
// may come from any thread.
class Host {
 public:
  virtual ~Host() = default;

  // Takes the LockWord at `word` if it is free; false: only Lock() can tell.
  // The short way where nobody else wants it.
  [[nodiscard]] virtual bool TryLock(std::uint64_t*) { return false; }

  // Takes the LockWord at `word`; true: from an owner that died with it, so
  // that what it guards must be repaired first. Busy: a living owner kept it
  // for the host's time-out, or this thread has it already.
  [[nodiscard]] virtual Result<bool> Lock(std::uint64_t* word) = 0;

  // Gives back a lock that this thread has taken.
  virtual void Unlock(std::uint64_t* word) = 0;

  // Gives it back as if this process had died with it: the next Lock(), by
  // whomever, returns true. For an owner that couldn't repair.
  virtual void Abandon(std::uint64_t* word) = 0;

  virtual Times Now() = 0;

  // Wakes all that sleep on `word`, in all processes.
  virtual void Wake(const std::uint32_t* word) = 0;

  // Who this process is among the writers of the file.
  std::uint32_t writer_slot() const { return writer_slot_; }
  std::uint32_t incarnation() const { return incarnation_; }

 protected:
  Host() = default;
  Host(std::uint32_t writer_slot, std::uint32_t incarnation)
      : writer_slot_(writer_slot), incarnation_(incarnation) {}
  // While nobody uses the locks.
  void SetWriter(std::uint32_t writer_slot, std::uint32_t incarnation) {
    writer_slot_ = writer_slot;
    incarnation_ = incarnation;
  }

 private:
  std::uint32_t writer_slot_ = format::kWriterSlots;  // None
  std::uint32_t incarnation_ = 0;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_HOST_H_
