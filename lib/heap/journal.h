// The undo journal: a set of word changes that happens whole or not at all.
//
// Before a word inside the region changes, its place and old value go into
// the journal; dropping the journal commits the unit. Whoever finds entries
// there after a crash puts the old words back. See man/mapfile.5, JOURNAL.
#ifndef MAPFILE_LIB_HEAP_JOURNAL_H_
#define MAPFILE_LIB_HEAP_JOURNAL_H_

#include <atomic>
#include <cassert>
#include <cstdint>

#include "lib/base/atomic.h"
#include "lib/base/region.h"
#include "lib/base/step.h"
#include "lib/format/heap_layout.h"

namespace mapfile::heap {

// One crash-atomic change of 64-bit words anywhere in the region.
//
// The caller holds the lock that guards the words, from before construction
// until after destruction; there is at most one unit at a time. Destroyed
// without Commit(), it puts all words back. Live readers see each word
// change at once (release stores), never half of it, and may see them in
// part: the order of the Set calls is the order in which they appear.
//
// Bytes that change beside the unit, such as those of a block that it
// allocates, may change only after Commit().
class Unit {
 public:
  // `control_offset`: where the HeapControl with the journal lies.
  Unit(Region& region, std::uint64_t control_offset)
      : region_(region),
        control_(region.At<format::HeapControl>(control_offset)),
        base_(region.base()),
        control_offset_(control_offset) {
    // Its entries are somebody's only way back.
    if (control_ != nullptr && LoadRelaxed(control_->journal_count) != 0) {
      control_ = nullptr;
    }
  }
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit();

  // Changes the word at `offset`. Corrupt when it is outside the region or
  // unaligned, or when an earlier unit waits to be rolled back; a full
  // journal is a bug of ours and asserts.
  [[nodiscard]] Status Set(std::uint64_t offset, std::uint64_t value);

  // As above, for a word that the caller has a pointer to, in this region.
  [[nodiscard]] Status Set(std::uint64_t* word, std::uint64_t value);

  // Makes the changes final. Nothing can fail any more.
  void Commit();

  // Whether Write() may be called `words` times; if not, why. Also takes
  // note of growth: call it again after the region has grown.
  [[nodiscard]] Status Reserve(std::uint32_t words) {
    if (control_ == nullptr || words > format::kJournalEntries - count_)
        [[unlikely]] {
      return NoReserve(words);
    }
    base_ = region_.base();
    return {};
  }

  // As Set(), for the allocator, which has checked the offset and made a
  // reservation.
  void Write(std::uint64_t offset, std::uint64_t value) {
    assert(count_ < format::kJournalEntries);
    auto& word = *reinterpret_cast<std::uint64_t*>(base_ + offset);
    Note(offset, LoadRelaxed(word));
    StoreRelease(word, value);
    MAPFILE_STEP("unit: word stored");
  }

  // Puts the word on record without changing it, so that it may change
  // before Commit() by other means.
  void Keep(std::uint64_t offset) {
    Write(offset,
          LoadRelaxed(*reinterpret_cast<std::uint64_t*>(base_ + offset)));
  }

 private:
  [[gnu::cold]] Status NoReserve(std::uint32_t words) const;

  // A kill shows stores in program order, so that release order is enough:
  // the entry before the count, the count before the new word.
  void Note(std::uint64_t offset, std::uint64_t old_word) {
    format::JournalEntry& entry = control_->journal[count_];
    StoreRelaxed(entry.offset, offset);
    StoreRelaxed(entry.old_word, old_word);
    MAPFILE_STEP("unit: entry stored");
    StoreRelease(control_->journal_count, std::uint64_t{++count_});
    MAPFILE_STEP("unit: entry counted");
  }

  Region& region_;
  format::HeapControl* control_;  // Null: this unit can't be used
  std::byte* base_;
  std::uint64_t control_offset_;
  std::uint32_t count_ = 0;
};

// Puts back what an unfinished unit changed; true if there was one. The
// caller holds the lock. Idempotent: killed in it, the next call repeats it.
// Corrupt when the journal names words outside the region.
[[nodiscard]] Result<bool> RollBack(Region& region,
                                    std::uint64_t control_offset);

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_JOURNAL_H_
