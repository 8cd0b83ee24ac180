#include "lib/heap/search.h"

#include <algorithm>
#include <bit>

namespace mapfile::heap {

using format::kFreeLists;
using format::kMinBlockSize;
using format::ListOf;

namespace {

// Blocks of a list looked at for a fit that isn't certain.
constexpr int kFewBlocks = 4;
constexpr int kManyBlocks = 256;

// Where in the block the new one would start; 0: it has no room.
std::uint64_t StartIn(const BlockView& block, const Wanted& wanted) {
  constexpr std::uint64_t kHeader = sizeof(format::BlockHeader);
  std::uint64_t usable =
      (block.at + kHeader + wanted.align - 1) & ~(wanted.align - 1);
  // What stays in front must be large enough for a block.
  while (usable - kHeader != block.at &&
         usable - kHeader - block.at < kMinBlockSize) {
    usable += wanted.align;
  }
  const std::uint64_t start = usable - kHeader;
  return start + wanted.size <= block.next() ? start : 0;
}

std::uint64_t Head(const Blocks& blocks, std::uint32_t list) {
  return LoadRelaxed(blocks.control().list_offset[list]);
}

// Up to `most` blocks of one list.
Fault Look(const Blocks& blocks, std::uint32_t list, const Wanted& wanted,
           int most, Found& found) {
  std::uint64_t at = Head(blocks, list);
  for (int i = 0; i < most && at != 0; ++i) {
    BlockView block;
    MAPFILE_RETURN_IF_FAULT(blocks.ReadFree(at, block));
    if (const std::uint64_t start = StartIn(block, wanted)) {
      found = {block, start};
      return {};
    }
    at = blocks.NextLink(at);
  }
  return {};
}

// The first list from `list` on that isn't empty; kFreeLists: none.
std::uint32_t NextList(const Blocks& blocks, std::uint32_t list) {
  for (std::uint32_t i = list / 64; i < format::kBitmapWords; ++i) {
    std::uint64_t word = LoadRelaxed(blocks.control().bitmap[i]);
    if (i == list / 64) word &= ~std::uint64_t{0} << (list % 64);
    if (word != 0) {
      // A hostile bit may name a list that doesn't exist.
      return std::min(
          i * 64 + static_cast<std::uint32_t>(std::countr_zero(word)),
          kFreeLists);
    }
  }
  return kFreeLists;
}

// The first list all of whose blocks have `size` bytes.
std::uint32_t SafeList(std::uint64_t size) {
  const std::uint32_t list = ListOf(size);
  if (list < format::kExactLists) return list;
  const std::uint64_t step = std::uint64_t{1} << (std::bit_width(size) - 4);
  return size % step == 0 ? list : list + 1;
}

}  // namespace

Fault Search(const Blocks& blocks, const Wanted& wanted, Found& found) {
  found = {};
  const std::uint32_t tight = ListOf(wanted.size);
  MAPFILE_RETURN_IF_FAULT(Look(blocks, tight, wanted, kFewBlocks, found));
  if (found.block.at != 0) return {};
  const std::uint32_t safe =
      NextList(blocks, SafeList(wanted.Worst()));
  if (safe < kFreeLists) {
    MAPFILE_RETURN_IF_FAULT(Look(blocks, safe, wanted, 1, found));
    if (found.block.at != 0) return {};
    return {"says that a list holds blocks which are too small"};
  }
  // Before the file grows: blocks that may be large enough, or lie well.
  for (std::uint32_t list = NextList(blocks, tight);
       list < kFreeLists && found.block.at == 0;
       list = NextList(blocks, list + 1)) {
    MAPFILE_RETURN_IF_FAULT(Look(blocks, list, wanted, kManyBlocks, found));
  }
  return {};
}

}  // namespace mapfile::heap
