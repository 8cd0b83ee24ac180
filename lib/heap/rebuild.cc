// A heap's lists and counts, made afresh from its blocks.
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/allocator.h"
#include "lib/heap/blocks.h"
#include "lib/heap/editor.h"

namespace mapfile::heap {
namespace {

using format::BlockHeader;
using format::HeapControl;
using format::SizeWord;

// Every block has a header that holds, from the first to the end mark.
Fault CheckChain(const Blocks& blocks) {
  std::uint64_t at = blocks.first();
  while (at != blocks.end_mark()) {
    BlockView block;
    MAPFILE_RETURN_IF_FAULT(blocks.Read(at, block));
    if (!block.is_free()) {
      MAPFILE_RETURN_IF_FAULT(blocks.ReadUsed(at, block));
    }
    at = block.next();
  }
  BlockView mark;
  return blocks.Read(at, mark);
}

void Clear(HeapControl& control) {
  StoreRelaxed(control.used_bytes, std::uint64_t{0});
  StoreRelaxed(control.used_blocks, std::uint64_t{0});
  StoreRelaxed(control.free_blocks, std::uint64_t{0});
  for (std::uint64_t& word : control.bitmap) {
    StoreRelaxed(word, std::uint64_t{0});
  }
  for (std::uint64_t& head : control.list_offset) {
    StoreRelaxed(head, std::uint64_t{0});
  }
}

// The free blocks from `at` on, as one: where they end.
Fault EndOfFree(const Blocks& blocks, std::uint64_t at, std::uint64_t& end) {
  for (end = at; end != blocks.end_mark();) {
    BlockView block;
    MAPFILE_RETURN_IF_FAULT(blocks.Read(end, block));
    if (!block.is_free()) break;
    end = block.next();
  }
  return {};
}

}  // namespace

Status Allocator::Rebuild() {
  Blocks blocks(region_, control_offset_);
  Fault fault = blocks.Refresh();
  if (!fault) fault = CheckChain(blocks);
  if (fault) return fault.ToError();
  HeapControl& control = blocks.control();
  StoreRelaxed(control.journal_count, std::uint64_t{0});
  StoreRelaxed(control.moving_offset, std::uint64_t{0});
  Clear(control);
  std::uint64_t at = blocks.first();
  for (bool previous_is_free = false;;) {
    // A unit for each block: the journal bounds what one may change.
    Unit unit(region_, control_offset_);
    MAPFILE_RETURN_IF_ERROR(unit.Reserve(Editor::kMaxWords));
    Editor editor(blocks, unit);
    fault = editor.SetPreviousFree(at, previous_is_free);
    if (fault) return fault.ToError();
    if (at == blocks.end_mark()) {
      unit.Commit();
      return {};
    }
    BlockView block;
    fault = blocks.Read(at, block);
    if (fault) return fault.ToError();
    std::uint64_t end = block.next();
    if (block.is_free()) {
      fault = EndOfFree(blocks, at, end);
      if (!fault) fault = editor.PutFree(at, end - at);
      if (fault) return fault.ToError();
    } else {
      editor.CountUsed(1, static_cast<std::int64_t>(block.usable()));
    }
    unit.Commit();
    previous_is_free = block.is_free();
    at = end;
  }
}

}  // namespace mapfile::heap
