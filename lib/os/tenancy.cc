#include "lib/os/tenancy.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/copy.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/os/clock.h"
#include "lib/os/error.h"
#include "lib/os/process.h"

namespace mapfile::os {
namespace {

using format::WriterSlot;

constexpr std::uint32_t kJump = 1 << 16;

struct flock SlotLock(short type, std::uint32_t slot, std::uint32_t count = 1) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(format::kLockByte + slot);
  lock.l_len = static_cast<off_t>(count);
  return lock;
}

// 0, or an errno: EAGAIN where somebody else holds it.
int TryLock(const File& file, std::uint32_t slot) {
  struct flock lock = SlotLock(F_WRLCK, slot);
  return fcntl(file.fd(), F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

// Takes the slot's place after its former tenant. In this order, so that a
// kill leaves the former one as closed or as dead as it was; this one, which
// has done nothing, may pass for closed.
void TakePlace(WriterSlot& slot, std::uint32_t former,
               std::uint32_t incarnation) {
  if (LoadRelaxed(slot.closed) == 0) {
    StoreRelaxed(slot.closed_since, former + 1);
    MAPFILE_STEP("tenancy: history written");
  }
  // Release: only the lock's holder writes here; from now on what the
  // former tenant held is known to be a dead one's.
  StoreRelease(slot.incarnation, incarnation);
  MAPFILE_STEP("tenancy: counted");
  // seq_cst: who replaces the file announces that and then looks for writers;
  // a writer enters here and then looks for announcements.
  Atomic(slot.closed).exchange(0, std::memory_order_seq_cst);
  MAPFILE_STEP("tenancy: entered");
}

void Sign(WriterSlot& slot) {
  const ProcessInfo process = ThisProcess();
  StoreRelaxed(slot.pid, process.pid);
  StoreRelaxed(slot.start_ticks, process.start_ticks);
  StoreRelaxed(slot.opened_ns, WallNs());
  char command[sizeof slot.command] = {};
  std::memcpy(command, process.command.data(),
              std::min(process.command.size(), sizeof command - 1));
  CopyShared(slot.command, command, sizeof command);
}

}  // namespace

bool IsSlotHeld(const File& file, std::uint32_t slot) {
  // F_RDLCK sees write locks only, so that a reader who locks bytes of the
  // file can't pass for a writer.
  struct flock lock = SlotLock(F_RDLCK, slot);
  if (fcntl(file.fd(), F_OFD_GETLK, &lock) != 0) return true;  // Not known
  return lock.l_type != F_UNLCK;
}

std::string DescribeTenant(const WriterSlot& slot) {
  char command[sizeof slot.command + 1] = {};
  CopyShared(command, slot.command, sizeof slot.command);
  for (char* c = command; *c != 0; ++c) {
    if (*c < 0x20 || *c == 0x7f) *c = '?';
  }
  return "pid " + std::to_string(LoadRelaxed(slot.pid)) + ", " + command;
}

Exclusion::Exclusion(File file)
    : file_(std::move(file)), fork_count_(ForkCount()) {
  CloseInChildren(file_.fd());
}

Exclusion::Exclusion(Exclusion&& other) noexcept
    : file_(std::move(other.file_)), fork_count_(other.fork_count_) {}

Exclusion::~Exclusion() {
  if (file_.fd() < 0) return;
  if (ForkCount() == fork_count_) {
    const NoFork no_fork;
    ForgetLockFd(file_.fd());
    const File closed = std::move(file_);
  } else {
    file_.Forget();
  }
}

Result<Exclusion> Exclusion::Take(const File& file) {
  const NoFork no_fork;
  // An open file description of its own, which no mapping keeps alive.
  MAPFILE_ASSIGN_OR_RETURN(File lock_file, file.Reopen(Access::kReadWrite));
  struct flock lock = SlotLock(F_WRLCK, 0, format::kWriterSlots);
  if (fcntl(lock_file.fd(), F_OFD_SETLK, &lock) == 0) {
    return Exclusion(std::move(lock_file));
  }
  if (errno == EAGAIN || errno == EACCES) {
    return Fail(Code::kBusy, "a living process has it open for writing");
  }
  return SystemError("cannot lock it", errno);
}

Tenancy::Tenancy(File file, std::span<WriterSlot> slots, std::uint32_t slot)
    : file_(std::move(file)),
      slots_(slots),
      slot_(slot),
      fork_count_(ForkCount()) {
  CloseInChildren(file_.fd());
}

Tenancy::Tenancy(Tenancy&& other) noexcept
    : file_(std::move(other.file_)),
      slots_(other.slots_),
      slot_(other.slot_),
      fork_count_(other.fork_count_),
      incarnation_(other.incarnation_) {}

Tenancy::~Tenancy() {
  if (file_.fd() < 0) return;
  if (ForkCount() == fork_count_) {
    const NoFork no_fork;
    ForgetLockFd(file_.fd());
    const File closed = std::move(file_);
  } else {
    // This is a child's copy, whose descriptor was closed by the fork.
    file_.Forget();
  }
}

Result<Tenancy> Tenancy::Claim(const File& file, std::span<WriterSlot> slots,
                               bool is_new_boot) {
  std::optional<NoFork> no_fork(std::in_place);
  // An open file description of its own, which no mapping keeps alive.
  MAPFILE_ASSIGN_OR_RETURN(File lock_file, file.Reopen(Access::kReadWrite));
  for (std::uint32_t i = 0; i < slots.size(); ++i) {
    const int error = TryLock(lock_file, i);
    if (error == EAGAIN || error == EACCES) continue;
    if (error != 0) return SystemError("cannot lock a byte of it", error);
    Tenancy tenancy(std::move(lock_file), slots, i);
    no_fork.reset();
    WriterSlot& slot = slots[i];
    const std::uint32_t former = LoadRelaxed(slot.incarnation);
    MAPFILE_STEP("tenancy: locked");
    tenancy.incarnation_ = former + (is_new_boot ? kJump : 1);
    TakePlace(slot, former, tenancy.incarnation_);
    Sign(slot);
    MAPFILE_STEP("tenancy: signed");
    return tenancy;
  }
  return Fail(Code::kBusy, "all " + std::to_string(slots.size()) +
                               " places for writers are taken");
}

void Tenancy::Leave() {
  StoreRelease(slots_[slot_].closed, 1u);
  MAPFILE_STEP("tenancy: left");
}

}  // namespace mapfile::os
