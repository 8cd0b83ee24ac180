// Looking at a heap as a whole: statistics and visits of every block.
#include <algorithm>
#include <bit>

#include "lib/base/try.h"
#include "lib/heap/allocator.h"
#include "lib/heap/blocks.h"

namespace mapfile::heap {

using format::BlockHeader;

namespace {

// Blocks of the largest sizes that are compared with each other.
constexpr int kCompared = 64;

// The largest of the free blocks, as far as can be told at once. Others may
// be changing the lists: what doesn't fit counts as none.
std::uint64_t LargestFree(const Blocks& blocks) {
  const format::HeapControl& control = blocks.control();
  std::uint32_t list = format::kFreeLists;
  for (std::uint32_t i = format::kBitmapWords; i-- > 0;) {
    const std::uint64_t word = LoadRelaxed(control.bitmap[i]);
    if (word == 0) continue;
    list = i * 64 + static_cast<std::uint32_t>(std::bit_width(word)) - 1;
    break;
  }
  if (list >= format::kFreeLists) return 0;
  std::uint64_t largest = 0;
  std::uint64_t at = LoadRelaxed(control.list_offset[list]);
  for (int i = 0; i < kCompared && at != 0; ++i) {
    BlockView block;
    if (blocks.ReadFree(at, block)) break;
    largest = std::max(largest, block.usable());
    at = blocks.NextLink(at);
  }
  return largest;
}

// Where the last block in use ends.
std::uint64_t Break(const Blocks& blocks) {
  BlockView mark;
  BlockView last;
  if (blocks.Read(blocks.end_mark(), mark)) return blocks.end();
  if (!mark.previous_is_free()) return mark.at;
  return blocks.ReadPrevious(mark, last) ? mark.at : last.at;
}

}  // namespace

Result<HeapStats> Allocator::Stats() const {
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  const format::HeapControl& control = blocks.control();
  HeapStats stats;
  stats.total_bytes = blocks.end() - blocks.first();
  stats.used_bytes = LoadRelaxed(control.used_bytes);
  stats.used_blocks = LoadRelaxed(control.used_blocks);
  stats.free_blocks = LoadRelaxed(control.free_blocks);
  // One header more: the end mark's.
  stats.overhead_bytes = (stats.used_blocks + stats.free_blocks + 1) *
                         std::uint64_t{sizeof(BlockHeader)};
  const std::uint64_t taken = stats.used_bytes + stats.overhead_bytes;
  stats.free_bytes =
      taken <= stats.total_bytes ? stats.total_bytes - taken : 0;
  stats.largest_free_bytes = LargestFree(blocks);
  stats.break_offset = Break(blocks);
  return stats;
}

Status Allocator::ForEachBlock(
    const std::function<bool(const Block&)>& visit) const {
  Blocks blocks(region_, control_offset_);
  if (const Fault fault = blocks.Refresh()) return fault.ToError();
  std::uint64_t at = blocks.first();
  while (at != blocks.end_mark()) {
    BlockView block;
    if (const Fault fault = blocks.Read(at, block)) return fault.ToError();
    const std::uint64_t owner =
        blocks.Word(at + offsetof(BlockHeader, owner_word));
    const Block shown{
        .offset = at + sizeof(BlockHeader),
        .size = block.usable(),
        .kind = block.is_free() ? Kind::kFree : static_cast<Kind>(block.kind()),
        .owner = block.is_free() ? 0 : format::OwnerWord::Owner(owner)};
    if (!visit(shown)) return {};
    at = block.next();
  }
  return {};
}

}  // namespace mapfile::heap
