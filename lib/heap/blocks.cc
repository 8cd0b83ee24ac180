#include "lib/heap/blocks.h"

#include <string>

namespace mapfile::heap {

using format::BlockHeader;
using format::kMinBlockSize;

std::string Fault::ToString() const {
  if (offset == 0) return std::string("the heap's control block ") + what;
  return "the heap's block at offset " +
         std::to_string(offset + sizeof(BlockHeader)) + " " + what;
}

Fault Blocks::ReadPrevious(const BlockView& block, BlockView& previous) const {
  // The size in its last word; a block that starts the heap has none.
  const std::uint64_t room = block.at - first_;
  const std::uint64_t size = room < kMinBlockSize ? 0 : Word(block.at - 8);
  if (size < kMinBlockSize || size > room) {
    return {"follows a free block of impossible size", block.at};
  }
  MAPFILE_RETURN_IF_FAULT(ReadFree(block.at - size, previous));
  if (previous.size() != size) {
    return {"follows a free block of another size", block.at};
  }
  return {};
}

}  // namespace mapfile::heap
