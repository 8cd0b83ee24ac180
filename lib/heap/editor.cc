#include "lib/heap/editor.h"

#include <cstddef>

namespace mapfile::heap {

using format::BlockHeader;
using format::HeapControl;
using format::kMinBlockSize;
using format::ListOf;
using format::OwnerWord;
using format::SizeWord;

namespace {

constexpr std::uint64_t ListField(std::uint32_t list) {
  return offsetof(HeapControl, list_offset) + list * sizeof(std::uint64_t);
}

}  // namespace

// Adds to a word of the control block.
void Editor::Add(std::uint64_t field, std::int64_t delta) {
  const std::uint64_t offset = blocks_.control_offset() + field;
  unit_.Write(offset, blocks_.Word(offset) + static_cast<std::uint64_t>(delta));
}

void Editor::CountFree(std::int64_t blocks) {
  Add(offsetof(HeapControl, free_blocks), blocks);
}

void Editor::CountUsed(std::int64_t blocks, std::int64_t bytes) {
  Add(offsetof(HeapControl, used_blocks), blocks);
  Add(offsetof(HeapControl, used_bytes), bytes);
}

void Editor::SetBit(std::uint32_t list, bool set) {
  const std::uint64_t offset =
      blocks_.control_offset() + offsetof(HeapControl, bitmap) + list / 64 * 8;
  const std::uint64_t bit = std::uint64_t{1} << (list % 64);
  const std::uint64_t word = blocks_.Word(offset);
  unit_.Write(offset, set ? word | bit : word & ~bit);
}

Fault Editor::Unlink(const BlockView& block) {
  const std::uint32_t list = ListOf(block.size());
  const std::uint64_t head = blocks_.control_offset() + ListField(list);
  const std::uint64_t next = blocks_.NextLink(block.at);
  const std::uint64_t previous = blocks_.PreviousLink(block.at);
  BlockView neighbour;
  if (next != 0) {
    MAPFILE_RETURN_IF_FAULT(blocks_.ReadFree(next, neighbour));
    if (blocks_.PreviousLink(next) != block.at) {
      return {"isn't linked back to in its list", block.at};
    }
    unit_.Write(next + Blocks::kPreviousLink, previous);
  }
  if (previous != 0) {
    MAPFILE_RETURN_IF_FAULT(blocks_.ReadFree(previous, neighbour));
    if (blocks_.NextLink(previous) != block.at) {
      return {"isn't linked to in its list", block.at};
    }
    unit_.Write(previous + Blocks::kNextLink, next);
  } else {
    if (blocks_.Word(head) != block.at) {
      return {"isn't the first of its list", block.at};
    }
    unit_.Write(head, next);
    if (next == 0) SetBit(list, false);
  }
  CountFree(-1);
  return {};
}

Fault Editor::PutFree(std::uint64_t at, std::uint64_t size) {
  const std::uint32_t list = ListOf(size);
  const std::uint64_t head = blocks_.control_offset() + ListField(list);
  const std::uint64_t next = blocks_.Word(head);
  if (next != 0) {
    BlockView former;
    MAPFILE_RETURN_IF_FAULT(blocks_.ReadFree(next, former));
    unit_.Write(next + Blocks::kPreviousLink, at);
  }
  unit_.Write(at, SizeWord::Make(at, size, SizeWord::kFree, 0));
  unit_.Write(at + Blocks::kNextLink, next);
  unit_.Write(at + Blocks::kPreviousLink, 0);
  unit_.Write(at + size - sizeof(std::uint64_t), size);
  unit_.Write(head, at);
  if (next == 0) SetBit(list, true);
  CountFree(1);
  return {};
}

void Editor::PutUsed(std::uint64_t at, std::uint64_t size,
                     bool previous_is_free, std::uint8_t kind,
                     std::uint32_t owner) {
  const std::uint64_t flags = previous_is_free ? SizeWord::kPreviousFree : 0;
  const std::uint64_t word = SizeWord::Make(at, size, flags, kind);
  unit_.Write(at, word);
  unit_.Write(at + offsetof(BlockHeader, owner_word),
              OwnerWord::Make(at, word, owner));
}

void Editor::PutEndMark(std::uint64_t at, bool previous_is_free) {
  PutUsed(at, sizeof(BlockHeader), previous_is_free, format::kEndKind, 0);
}

Fault Editor::SetPreviousFree(std::uint64_t at, bool free) {
  BlockView block;
  MAPFILE_RETURN_IF_FAULT(blocks_.Read(at, block));
  const std::uint64_t flags = free ? SizeWord::kPreviousFree : 0;
  unit_.Write(
      at, SizeWord::Seal(at, (block.word & ~SizeWord::kPreviousFree) | flags));
  return {};
}

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Fault Editor::Take(const BlockView& block, std::uint64_t start,
                                    std::uint64_t size, std::uint8_t kind,
                                    std::uint32_t owner) {
  MAPFILE_RETURN_IF_FAULT(Unlink(block));
  const std::uint64_t front = start - block.at;
  std::uint64_t back = block.next() - (start + size);
  if (back < kMinBlockSize) {
    size += back;
    back = 0;
  }
  if (front != 0) MAPFILE_RETURN_IF_FAULT(PutFree(block.at, front));
  PutUsed(start, size, front != 0, kind, owner);
  CountUsed(1, static_cast<std::int64_t>(size - sizeof(BlockHeader)));
  if (back != 0) return PutFree(start + size, back);
  return SetPreviousFree(start + size, false);
}

[[gnu::flatten]] Fault Editor::Release(const BlockView& block) {
  std::uint64_t at = block.at;
  std::uint64_t end = block.next();
  BlockView neighbour;
  if (block.previous_is_free()) {
    MAPFILE_RETURN_IF_FAULT(blocks_.ReadPrevious(block, neighbour));
    MAPFILE_RETURN_IF_FAULT(Unlink(neighbour));
    at = neighbour.at;
  }
  MAPFILE_RETURN_IF_FAULT(blocks_.Read(end, neighbour));
  if (neighbour.is_free()) {
    MAPFILE_RETURN_IF_FAULT(Unlink(neighbour));
    end = neighbour.next();
  }
  CountUsed(-1, -static_cast<std::int64_t>(block.usable()));
  MAPFILE_RETURN_IF_FAULT(PutFree(at, end - at));
  return SetPreviousFree(end, true);
}

}  // namespace mapfile::heap
