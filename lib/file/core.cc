#include "lib/file/core.h"

#include <algorithm>
#include <array>

#include "lib/base/atomic.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/file/names.h"
#include "lib/file/open.h"
#include "lib/os/clock.h"
#include "lib/os/tenancy.h"

namespace mapfile::file {

using format::ReplacedWord;

Core::Core(Parts parts)
    : parts_(std::move(parts)),
      header_(parts_.region->header()),
      types_(*parts_.table),
      heap_offset_(header().heap_offset),
      fork_count_(os::ForkCount()),
      is_signed_here_(IsSignedHere()) {}

Core::~Core() { (void)Close(*this); }

std::string Core::directory() const {
  if (!has_directory()) return {};
  const std::lock_guard lock(directory_mutex_);
  return directory_;
}

void Core::set_directory(std::string directory) {
  const std::lock_guard lock(directory_mutex_);
  directory_ = std::move(directory);
  has_directory_.store(!directory_.empty(), std::memory_order_release);
}

bool Core::IsSignedHere() const {
  static const std::array<unsigned char, 16> boot_id = os::BootId();
  const os::Identity signed_as{LoadRelaxed(header().device),
                               LoadRelaxed(header().inode)};
  return signed_as == file().identity() &&
         std::equal(boot_id.begin(), boot_id.end(), header().boot_id);
}

record::Verify Core::verify() const {
  if (is_signed_here_.load(std::memory_order_relaxed)) [[likely]] {
    return record::Verify::kNone;
  }
  // The first writer repairs what it finds, then signs the header.
  if (!IsSignedHere()) return record::Verify::kRequired;
  is_signed_here_.store(true, std::memory_order_relaxed);
  return record::Verify::kNone;
}

Status Core::Usable() const {
  if (gate_.is_closed()) return Fail(Code::kClosed, "the file was closed");
  if (is_forked()) [[unlikely]] {
    return Fail(Code::kClosed,
                "it was opened before the process forked; open it again in "
                "the child");
  }
  if (region().poisoned()) [[unlikely]]
    return Fail(Lost());
  return {};
}

Status Core::Writable(const Pass& pass) const {
  if (!pass) return Fail(Code::kClosed, "the file was closed");
  return Writable();
}

Status Core::Writable() const {
  MAPFILE_RETURN_IF_ERROR(Usable());
  if (!IsWriter()) [[unlikely]] {
    return Fail(Code::kReadOnly, host() == nullptr
                                     ? "it is open for reading only"
                                     : "this handle has resigned as a writer");
  }
  return CheckReplaced();
}

bool Core::IsTenantAlive(std::uint32_t slot, std::uint32_t incarnation) const {
  const auto writers = region().writers();
  return slot < writers.size() &&
         LoadAcquire(writers[slot].incarnation) == incarnation &&
         os::IsSlotHeld(file(), slot);
}

bool Core::IsBeingReplaced() const {
  const std::uint64_t word = LoadAcquire(header().replaced);
  return ReplacedWord::State(word) == format::kReplacing &&
         IsTenantAlive(ReplacedWord::Slot(word),
                       ReplacedWord::Incarnation(word));
}

Status Core::CheckReplaced() const {
  std::uint64_t& word = header().replaced;
  std::uint64_t replaced = LoadAcquire(word);
  if (replaced == format::kNotReplaced) [[likely]]
    return {};
  if (ReplacedWord::State(replaced) == format::kReplacing) {
    const auto now = os::IdentityOf(absolute_path());
    if (now && *now == file().identity()) {
      if (IsBeingReplaced()) return {};
      // Whoever announced it has died before it was done.
      Atomic(word).compare_exchange_strong(replaced, format::kNotReplaced);
      MAPFILE_STEP("replace: given up");
      return {};
    }
  }
  return Fail(Code::kConflict,
              "another file has taken its place; open it again");
}

Error Core::Lost() const {
  return Error(Code::kIo,
               "its bytes were lost while it was mapped: it was truncated, "
               "or its medium failed");
}

Error Core::Cramped() const {
  return Error(Code::kNoSpace,
               "it has grown to " + std::to_string(LoadRelaxed(header().size)) +
                   " bytes, for which this process has no room in its "
                   "address space (ulimit -v)");
}

Error Core::Describe(std::string_view name, Error error) const {
  if (error.code() == Code::kCorrupt && region().is_cramped()) {
    error = Cramped();
  }
  if (!name.empty()) error = error.In(Quoted(name));
  return error.In(path());
}

Record Core::MakeRecord(std::string name, record::RecordId id,
                        BindingPtr binding) {
  return Record(shared_from_this(), std::move(binding), std::move(name),
                id.offset, id.incarnation);
}

}  // namespace mapfile::file
