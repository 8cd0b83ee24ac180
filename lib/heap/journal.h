// The undo journal: a set of word changes that happens whole or not at all.
//
// Before a word inside the region changes, its place and old value go into
// the journal; dropping the journal commits the unit. Whoever finds entries
// there after a crash puts the old words back. See man/mapfile.5, JOURNAL.
#ifndef MAPFILE_LIB_HEAP_JOURNAL_H_
#define MAPFILE_LIB_HEAP_JOURNAL_H_

#include <cstdint>

#include "lib/base/region.h"

namespace mapfile::heap {

// One crash-atomic change of 64-bit words anywhere in the region.
//
// The caller holds the lock that guards the words, from before construction
// until after destruction; there is at most one unit at a time. Destroyed
// without Commit(), it puts all words back. Live readers see each word
// change at once (release stores), never half of it, and may see them in
// part: the order of the Set calls is the order in which they appear.
class Unit {
 public:
  // `control_offset`: where the HeapControl with the journal lies.
  Unit(Region& region, std::uint64_t control_offset);
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit();

  // Changes the word at `offset`. Corrupt when it is outside the region or
  // unaligned; a full journal is a bug of ours and asserts.
  [[nodiscard]] Status Set(std::uint64_t offset, std::uint64_t value);

  // As above, for a word that the caller has a pointer to, in this region.
  [[nodiscard]] Status Set(std::uint64_t* word, std::uint64_t value);

  // Makes the changes final. Nothing can fail any more.
  void Commit();

 private:
  Region& region_;
  std::uint64_t control_offset_;
  bool committed_ = false;
};

// Puts back what an unfinished unit changed; true if there was one. The
// caller holds the lock. Idempotent: killed in it, the next call repeats it.
// Corrupt when the journal names words outside the region.
[[nodiscard]] Result<bool> RollBack(Region& region,
                                    std::uint64_t control_offset);

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_JOURNAL_H_
