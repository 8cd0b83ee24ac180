// Editor: changes blocks and free lists, one journalled word after another.
#ifndef MAPFILE_LIB_HEAP_EDITOR_H_
#define MAPFILE_LIB_HEAP_EDITOR_H_

#include <cstdint>

#include "lib/heap/blocks.h"
#include "lib/heap/journal.h"

namespace mapfile::heap {

// The steps that the calls of the allocator are made of. After a Fault the
// unit is to be dropped: it has changed some words and not others.
class Editor {
 public:
  // The most words that one call of the allocator changes: an aligned
  // allocation at the end of a region that has grown. Counted by a test.
  static constexpr std::uint32_t kMaxWords = 64;

  Editor(Blocks& blocks, Unit& unit) : blocks_(blocks), unit_(unit) {}

  // Takes a free block out of its list.
  Fault Unlink(const BlockView& block);

  // Makes the bytes a free block, whose neighbours are in use, and puts it
  // at the head of its list. The block behind isn't told.
  Fault PutFree(std::uint64_t at, std::uint64_t size);

  // Makes the bytes a block in use.
  void PutUsed(std::uint64_t at, std::uint64_t size, bool previous_is_free,
               std::uint8_t kind, std::uint32_t owner);

  // As PutUsed, for what lies behind the last block.
  void PutEndMark(std::uint64_t at, bool previous_is_free);

  // Tells the block at `at` about its neighbour in front.
  Fault SetPreviousFree(std::uint64_t at, bool free);

  // Turns `block`, which is free, into one in use of `size` bytes whose
  // header is at `start` inside it. What is left at either end stays free;
  // a rest too small for a block goes with it.
  Fault Take(const BlockView& block, std::uint64_t start, std::uint64_t size,
             std::uint8_t kind, std::uint32_t owner);

  // Frees a block in use, which becomes one with the free blocks around it.
  Fault Release(const BlockView& block);

  // Adjusts the counts of blocks in use.
  void CountUsed(std::int64_t blocks, std::int64_t bytes);

 private:
  void CountFree(std::int64_t blocks);
  void SetBit(std::uint32_t list, bool set);
  void Add(std::uint64_t field, std::int64_t delta);

  Blocks& blocks_;
  Unit& unit_;
};

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_EDITOR_H_
