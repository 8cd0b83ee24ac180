#include "lib/file/join.h"

#include <chrono>
#include <string>
#include <thread>

#include "lib/base/atomic.h"
#include "lib/base/copy.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/file/open.h"
#include "lib/file/sync.h"
#include "lib/os/clock.h"
#include "lib/os/directory.h"
#include "lib/os/litter.h"
#include "lib/os/tenancy.h"

namespace mapfile::file {
namespace {

using format::FileHeader;
using format::WriterSlot;

// The file's lock, by scope; the table's calls find it theirs.
class UserLock {
 public:
  explicit UserLock(Core& core)
      : host_(*core.host()),
        taken_(host_.BeginUserLock(core.options().lock_timeout)) {}
  UserLock(const UserLock&) = delete;
  UserLock& operator=(const UserLock&) = delete;
  ~UserLock() {
    if (taken_) (void)host_.EndUserLock();
  }
  Status status() const {
    if (taken_) return {};
    return Fail(taken_.error());
  }

 private:
  FileHost& host_;
  Result<bool> taken_;
};

// What the header says of the last writer's machine and session.
void Sign(Core& core) {
  FileHeader& header = core.header();
  const auto boot_id = os::BootId();
  StoreRelaxed(header.device, core.file().identity().device);
  StoreRelaxed(header.inode, core.file().identity().inode);
  CopyShared(header.boot_id, boot_id.data(), boot_id.size());
  StoreRelease(header.state, std::uint32_t{format::kStateOpen});
  MAPFILE_STEP("join: signed");
}

// A copy may have holes (cp --sparse), which a full disk could not fill once
// they are written to.
Status FillHoles(Core& core) {
  const os::Identity signed_as{LoadRelaxed(core.header().device),
                               LoadRelaxed(core.header().inode)};
  if (signed_as == core.file().identity()) return {};
  return core.file().Allocate(0, core.region().size());
}

// Under the file's lock: finishes and repairs, then signs.
Status TakeStock(Core& core) {
  UserLock lock(core);
  MAPFILE_RETURN_IF_ERROR(lock.status());
  MAPFILE_RETURN_IF_ERROR(FillHoles(core));
  if (!core.IsSignedHere()) {
    auto repairs = core.table().RepairAfterCrash();
    if (!repairs) return Fail(std::move(repairs).error());
  }
  MAPFILE_RETURN_IF_ERROR(core.table().Recover());
  Sign(core);
  return {};
}

// Whoever joined a file that is about to be history would work in vain.
Status Announced(Core& core) {
  if (LoadAcquire(core.header().replaced) != format::kNotReplaced) {
    // If it was given up by a kill, the new file may be left.
    os::RemoveLitter(os::DirectoryOf(core.absolute_path()));
  }
  MAPFILE_RETURN_IF_ERROR(WaitForReplacement(core));
  const Pass pass(core.gate());
  return core.Writable(pass);
}

// Nobody else has it open: whoever comes next may rely on what is there, what
// a killed writer left in the middle included.
void MarkClosed(Core& core) {
  if (!core.IsSignedHere() || !OtherWriter(core).empty()) return;
  if (!core.table().Recover()) return;
  StoreRelease(core.header().state, std::uint32_t{format::kStateClosed});
  MAPFILE_STEP("close: marked");
}

Status Leave(Core& core) {
  FileHost& host = *core.host();
  host.DropUserLock();
  if (!host.is_writer()) return {};
  Status checked;
  // Of a file that nobody has repaired, a checksum would vouch for anything.
  if (core.IsSignedHere() && OtherWriter(core).empty()) {
    checked = ChecksumAll(core);
  }
  {
    UserLock lock(core);
    // Without the lock the session ends all the same: as a killed one does.
    if (lock.status()) {
      host.SignOff();
      MarkClosed(core);
    }
  }
  host.Resign();
  return checked;
}

}  // namespace

std::string OtherWriter(const Core& core) {
  const auto writers = core.region().writers();
  for (std::uint32_t i = 0; i < writers.size(); ++i) {
    const WriterSlot& writer = writers[i];
    const bool is_self = core.IsWriter() && i == core.host()->writer_slot();
    // seq_cst: after an announcement that this process made; see TakePlace()
    // of lib/os/tenancy.cc.
    if (is_self || LoadRelaxed(writer.incarnation) == 0 ||
        Atomic(writer.closed).load(std::memory_order_seq_cst) != 0 ||
        !os::IsSlotHeld(core.file(), i)) {
      continue;
    }
    return NameOfWriter(core, i);
  }
  return {};
}

std::string NameOfWriter(const Core& core, std::uint32_t slot) {
  const auto writers = core.region().writers();
  if (slot >= writers.size()) return "none of its writers";
  return os::DescribeTenant(writers[slot]);
}

Status WaitForReplacement(const Core& core) {
  const auto end =
      std::chrono::steady_clock::now() + core.options().lock_timeout;
  while (core.IsBeingReplaced()) {
    const std::uint64_t word = LoadAcquire(core.header().replaced);
    if (std::chrono::steady_clock::now() >= end) {
      return Fail(Code::kBusy,
                  "a living process (" +
                      NameOfWriter(core, format::ReplacedWord::Slot(word)) +
                      ") is about to replace it");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return {};
}

Status Join(Core& core) {
  MAPFILE_RETURN_IF_ERROR(core.host()->BecomeWriter(!core.IsSignedHere()));
  Status joined = Announced(core);
  if (joined) joined = TakeStock(core);
  if (joined) return {};
  // It has done nothing, and is none of the writers.
  core.host()->SignOff();
  core.host()->Resign();
  return joined;
}

Status BecomeWriter(Core& core) {
  if (core.host() == nullptr) {
    return Fail(Code::kReadOnly, "it is open for reading only");
  }
  const std::lock_guard lock(core.close_mutex());
  if (core.IsWriter()) return {};
  return Join(core);
}

Status Resign(Core& core) {
  if (core.host() == nullptr) return {};
  const std::lock_guard lock(core.close_mutex());
  if (!core.gate().Close()) {
    return Fail(Code::kBusy, "this thread is inside of another call of it");
  }
  Status left = Leave(core);
  core.gate().Open();
  return left;
}

Status Close(Core& core) {
  // A child of the process that opened it has neither mapping nor locks, and
  // mutexes may be as a thread that it hasn't got left them.
  if (core.is_forked()) return {};
  const std::lock_guard lock(core.close_mutex());
  if (core.gate().is_closed()) return {};
  if (!core.gate().Close()) {
    return Fail(Code::kBusy, "this thread is inside of another call of it");
  }
  core.bindings().EraseAll();
  if (core.host() == nullptr) return {};
  return Leave(core);
}

Status AcquireLock(Core& core, std::chrono::milliseconds timeout) {
  auto taken = core.host()->BeginUserLock(timeout);
  if (!taken) return Fail(std::move(taken).error());
  Status recovered = core.table().Recover();
  if (!recovered) (void)core.host()->EndUserLock();
  return recovered;
}

Status ReleaseLock(Core& core) {
  if (core.host() == nullptr) {
    return Fail(Code::kInvalidArgument, "this thread doesn't hold its lock");
  }
  return core.host()->EndUserLock();
}

}  // namespace mapfile::file
