// Tenancy: a writer's place in a file, and the kernel's word that it lives.
//
// Each writer holds an open-file-description lock on a byte of its own, far
// behind the end of any file, by a descriptor that nothing else uses and that
// is never mapped. The kernel drops it when the process dies, however it
// dies: no pid, namespace or reboot can fake it. See man/mapfile.5, LOCK.
#ifndef MAPFILE_LIB_OS_TENANCY_H_
#define MAPFILE_LIB_OS_TENANCY_H_

#include <cstdint>
#include <span>
#include <string>

#include "lib/format/layout.h"
#include "lib/os/file.h"
#include "mapfile/status.h"

namespace mapfile::os {

// Whether a living writer holds `slot` of the file. `file` is the descriptor
// that reads it: one that holds no locks. Works with read permission.
bool IsSlotHeld(const File& file, std::uint32_t slot);

// All places for writers at once: while it lives nobody else is a writer of
// the file, nor becomes one (Busy).
class Exclusion {
 public:
  // Busy: a writer lives. ReadOnly, Io.
  [[nodiscard]] static Result<Exclusion> Take(const File& file);

  Exclusion(Exclusion&& other) noexcept;
  Exclusion& operator=(Exclusion&&) = delete;
  ~Exclusion();

 private:
  explicit Exclusion(File file);

  File file_;
  std::uint64_t fork_count_;  // Where it was taken
};

// "pid 4711, daq": who signed the slot last, safe to print.
std::string DescribeTenant(const format::WriterSlot& slot);

class Tenancy {
 public:
  // Takes a free slot, counts up its incarnation and signs it. `slots` lie
  // in a writable mapping of the file. Busy: all are held; Io. On a new boot
  // the count jumps: the medium may have kept locks of incarnations that it
  // lost the count of.
  [[nodiscard]] static Result<Tenancy> Claim(
      const File& file, std::span<format::WriterSlot> slots,
      bool is_new_boot = false);

  Tenancy(Tenancy&& other) noexcept;
  Tenancy& operator=(Tenancy&&) = delete;
  // Leaves as a dead process does, unless Leave() was called.
  ~Tenancy();

  // Signs off: what this tenant did is complete.
  void Leave();

  std::uint32_t slot() const { return slot_; }
  std::uint32_t incarnation() const { return incarnation_; }

 private:
  Tenancy(File file, std::span<format::WriterSlot> slots, std::uint32_t slot);

  File file_;
  std::span<format::WriterSlot> slots_;
  std::uint32_t slot_;
  std::uint64_t fork_count_;  // Where it was claimed
  std::uint32_t incarnation_ = 0;
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_TENANCY_H_
