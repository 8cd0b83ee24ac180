#include "lib/heap/blocks.h"

#include <string>

namespace mapfile::heap {

using format::BlockHeader;
using format::HeapControl;
using format::kBlockAlign;
using format::kMinBlockSize;
using format::OwnerWord;
using format::SizeWord;

std::string Fault::ToString() const {
  if (offset == 0) return std::string("the heap's control block ") + what;
  return "the heap's block at offset " +
         std::to_string(offset + sizeof(BlockHeader)) + " " + what;
}

Fault Blocks::Refresh() {
  control_ = region_.At<HeapControl>(control_offset_);
  if (control_ == nullptr) return {"lies outside of the region"};
  first_ = LoadRelaxed(control_->first_offset);
  // Acquire: the region was longer before the heap was.
  end_ = LoadAcquire(control_->end_offset);
  // Contains() takes notice of growth by others.
  const bool is_inside = region_.Contains(0, end_);
  base_ = region_.base();
  if (first_ % kBlockAlign != 0 || end_ % kBlockAlign != 0 ||
      first_ < control_offset_ + sizeof(HeapControl) || !is_inside ||
      end_ < first_ || end_ - first_ < sizeof(BlockHeader)) {
    return {"names impossible bounds"};
  }
  return {};
}

Fault Blocks::Read(std::uint64_t at, BlockView& block) const {
  if (at % kBlockAlign != 0 || at < first_ || at > end_mark()) {
    return {"lies outside of the heap", at};
  }
  block = {at, Word(at)};
  if (SizeWord::Seal(at, block.word) != block.word) {
    return {"has a damaged header", at};
  }
  const bool possible =
      at == end_mark()
          ? block.size() == sizeof(BlockHeader) && !block.is_free()
          : block.size() >= kMinBlockSize && block.size() <= end_mark() - at;
  if (!possible) return {"has an impossible size", at};
  return {};
}

Fault Blocks::ReadFree(std::uint64_t at, BlockView& block) const {
  MAPFILE_RETURN_IF_FAULT(Read(at, block));
  if (!block.is_free()) return {"is in a free list and in use", at};
  return {};
}

Fault Blocks::ReadUsed(std::uint64_t at, BlockView& block) const {
  MAPFILE_RETURN_IF_FAULT(Read(at, block));
  if (block.is_free() || at == end_mark()) return {"is not in use", at};
  const std::uint64_t owner = Word(at + offsetof(BlockHeader, owner_word));
  if (OwnerWord::Make(at, block.word, OwnerWord::Owner(owner)) != owner) {
    return {"has a damaged header", at};
  }
  return {};
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
