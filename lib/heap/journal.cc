#include "lib/heap/journal.h"

#include <cstddef>
#include <string>

#include "lib/base/try.h"
#include "lib/format/layout.h"

namespace mapfile::heap {
namespace {

using format::HeapControl;
using format::JournalEntry;
using format::kJournalEntries;

// Ends the unit: no store moves across, in either direction. The fences
// bind the compiler only; that is what a kill needs.
void DropJournal(HeapControl& control) {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  StoreRelease(control.units, LoadRelaxed(control.units) + 1);
  MAPFILE_STEP("unit: ended");
  StoreRelease(control.journal_count, std::uint64_t{0});
  std::atomic_signal_fence(std::memory_order_seq_cst);
  MAPFILE_STEP("unit: journal dropped");
}

// The entries themselves are no words that a unit may change, nor is what a
// file's header says of its parts, its size and its lock: an entry that was
// damaged must not make the file unreadable. A heap at 0 has no header.
bool MayChange(const Region& region, std::uint64_t control_offset,
               std::uint64_t offset) {
  const std::uint64_t journal = control_offset + offsetof(HeapControl, units);
  const bool in_journal =
      offset >= journal && offset < control_offset + sizeof(HeapControl);
  const bool in_header =
      control_offset != 0 && offset < offsetof(format::FileHeader, replaced);
  return offset % 8 == 0 && region.Contains(offset, 8) && !in_journal &&
         !in_header;
}

Status CheckEntry(const Region& region, std::uint64_t control_offset,
                  std::uint64_t offset) {
  if (MayChange(region, control_offset, offset)) return {};
  return Fail(Code::kCorrupt, "the heap's journal names offset " +
                                  std::to_string(offset) +
                                  ", where no word of a change can be");
}

// The last entry first: a word that changed twice gets its oldest value.
Status PutBack(const Region& region, std::uint64_t control_offset,
               HeapControl& control, std::uint64_t count) {
  // All are looked at before the first is believed.
  for (std::uint64_t i = 0; i < count; ++i) {
    MAPFILE_RETURN_IF_ERROR(CheckEntry(region, control_offset,
                                       LoadRelaxed(control.journal[i].offset)));
  }
  for (std::uint64_t i = count; i-- > 0;) {
    const JournalEntry& entry = control.journal[i];
    const std::uint64_t offset = LoadRelaxed(entry.offset);
    MAPFILE_RETURN_IF_ERROR(CheckEntry(region, control_offset, offset));
    StoreRelease(*region.At<std::uint64_t>(offset),
                 LoadRelaxed(entry.old_word));
    MAPFILE_STEP("roll back: word put back");
  }
  return {};
}

}  // namespace

Unit::~Unit() {
  if (count_ == 0) return;
  // Can't fail: Set() and the allocator have checked the offsets.
  if (PutBack(region_, control_offset_, *control_, count_)) {
    DropJournal(*control_);
  }
}

Status Unit::Set(std::uint64_t offset, std::uint64_t value) {
  MAPFILE_RETURN_IF_ERROR(Reserve(1));
  if (!MayChange(region_, control_offset_, offset)) {
    return Fail(Code::kCorrupt, "no word can be at offset " +
                                    std::to_string(offset) +
                                    ", which was to be changed");
  }
  Write(offset, value);
  return {};
}

Status Unit::Set(std::uint64_t* word, std::uint64_t value) {
  const auto offset = region_.OffsetOf(word);
  if (!offset) {
    return Fail(Code::kCorrupt,
                "a word outside of the region was to be changed");
  }
  return Set(*offset, value);
}

void Unit::Commit() {
  if (count_ == 0) return;
  DropJournal(*control_);
  count_ = 0;
}

Status Unit::NoReserve(std::uint32_t words) const {
  if (control_ == nullptr) {
    return Fail(Code::kCorrupt,
                region_.At<HeapControl>(control_offset_) == nullptr
                    ? "the heap's control block lies outside of the region"
                    : "the heap's journal holds an unfinished change");
  }
  assert(words <= kJournalEntries - count_);
  return Fail(Code::kCorrupt, "one change needs more than " +
                                  std::to_string(kJournalEntries) +
                                  " words of the heap's journal");
}

Result<bool> RollBack(Region& region, std::uint64_t control_offset) {
  auto* control = region.At<HeapControl>(control_offset);
  if (control == nullptr) {
    return Fail(Code::kCorrupt,
                "the heap's control block lies outside of the region");
  }
  const std::uint64_t count = LoadAcquire(control->journal_count);
  if (count == 0) return false;
  if (count > kJournalEntries) {
    return Fail(Code::kCorrupt, "the heap's journal says that it holds " +
                                    std::to_string(count) + " entries of " +
                                    std::to_string(kJournalEntries));
  }
  MAPFILE_RETURN_IF_ERROR(PutBack(region, control_offset, *control, count));
  DropJournal(*control);
  return true;
}

}  // namespace mapfile::heap
