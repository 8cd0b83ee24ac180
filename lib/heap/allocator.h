// The allocator of a map file: two-level segregated fit over offsets.
//
// All its state lies in the region (lib/format/heap_layout.h). Every change
// goes through a journalled Unit, so that a kill at any instruction leaves a
// heap that RollBack() makes whole. No call is slower for a larger heap.
// Not thread-safe: the caller holds the file's lock around all of it, except
// BlockSize() and KnownBlockSize(), which look at one block. Where that isn't
// the caller's, what they say may be out of date.
#ifndef MAPFILE_LIB_HEAP_ALLOCATOR_H_
#define MAPFILE_LIB_HEAP_ALLOCATOR_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lib/base/region.h"
#include "lib/heap/blocks.h"
#include "lib/heap/journal.h"
#include "mapfile/check.h"
#include "mapfile/heap.h"

namespace mapfile::heap {

struct Wanted;
struct Found;

// What a block is for; stored in its header, so that a heap describes itself.
// The values are part of the format.
enum class Kind : std::uint8_t {
  kFree = 0,
  kUser = 1,        // Heap::Malloc
  kRecord = 2,      // format::RecordHeader and what follows it
  kValue = 3,       // A slot's buffer; owner = the record's index
  kIndex = 4,       // format::IndexHeader and its entries
  kType = 5,        // format::TypeHeader and its text
  kText = 6,        // A title
  kAttributes = 7,  // format::RecordAttributes and its texts
};

// The alignment of every block unless more is asked for.
inline constexpr std::uint64_t kMinAlign = 16;

class Allocator {
 public:
  // Neither copies nor owns the region. `control_offset`: of HeapControl.
  Allocator(Region& region, std::uint64_t control_offset)
      : region_(region), control_offset_(control_offset) {}

  // Writes an empty heap whose blocks lie in [data_offset, region.size()).
  [[nodiscard]] static Status Format(Region& region,
                                     std::uint64_t control_offset,
                                     std::uint64_t data_offset);

  // Checks the control block's own fields: Corrupt, Version.
  [[nodiscard]] Status Validate() const;

  // A block of at least `size` bytes, as part of `unit`; its offset is a
  // multiple of `align` (a power of two, 16 to 4096). Its bytes are not
  // cleared. Grows the region when no block fits: NoSpace as Region::Grow
  // says it, and the unit is then the caller's to drop.
  [[nodiscard]] Result<std::uint64_t> Allocate(Unit& unit, std::uint64_t size,
                                               Kind kind,
                                               std::uint32_t owner = 0,
                                               std::uint64_t align = kMinAlign);

  // Gives a block back as part of `unit`. Corrupt when there is no block in
  // use at `offset`.
  [[nodiscard]] Status Free(Unit& unit, std::uint64_t offset);

  // Usable bytes of the block at `offset`, kind checked. Corrupt.
  [[nodiscard]] Result<std::uint64_t> BlockSize(std::uint64_t offset,
                                                Kind kind) const;

  // The same by what the block's own header says, whatever state the heap
  // around it is in: half the price. 0: BlockSize() says what is wrong.
  [[nodiscard]] std::uint64_t KnownBlockSize(std::uint64_t offset,
                                             Kind kind) const {
    BlockView block;
    if (Blocks::ReadSealed(region_, offset - sizeof(format::BlockHeader),
                           block) &&
        block.kind() == static_cast<std::uint8_t>(kind)) [[likely]] {
      return block.usable();
    }
    return 0;
  }

  // Rolls back what a dead owner of the lock left unfinished, and frees what
  // it was moving bytes to. Whoever takes the lock does this first. Corrupt.
  [[nodiscard]] Status Recover();
  // After a crash of the machine: whose that block is can't be told.
  void ForgetMove();

  // Takes over what the region has grown to, as part of `unit`.
  [[nodiscard]] Status Extend(Unit& unit);

  [[nodiscard]] Result<HeapStats> Stats() const;

  // Every block in address order. The visitor returns false to stop.
  struct Block {
    std::uint64_t offset;  // Of the usable bytes
    std::uint64_t size;    // Usable bytes
    Kind kind;
    std::uint32_t owner;
  };
  [[nodiscard]] Status ForEachBlock(
      const std::function<bool(const Block&)>& visit) const;

  // Makes lists and counts afresh from the blocks' own headers, for a heap
  // whose pages reached their medium in any order; drops the journal. Nobody
  // else may use the heap meanwhile; killed in it, it must be called again.
  // Corrupt: the chain of blocks itself is broken; nothing has changed then.
  [[nodiscard]] Status Rebuild();

  // Walks all blocks and all free lists and compares them with each other
  // and with the counts: a finding for each fault, none if whole. Without
  // the lock, what others change meanwhile looks like faults.
  std::vector<Finding> Examine() const;
  // The same as sentences.
  std::vector<std::string> Check() const;

 private:
  Status FindRoom(Unit& unit, Blocks& blocks, const Wanted& wanted,
                  Found& found);

  Region& region_;
  std::uint64_t control_offset_;
};

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_ALLOCATOR_H_
