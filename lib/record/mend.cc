#include "lib/record/mend.h"

#include <algorithm>

#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/check_parts.h"
#include "lib/record/mender.h"
#include "lib/record/properties.h"

namespace mapfile::record {
namespace {

using format::IndexEntry;
using format::IndexHeader;
using format::TypeHeader;

void Hint(const Space& space, heap::Hints& hints, std::uint64_t offset,
          const heap::Hint& hint) {
  if (offset % 16 != 0 || offset < 16 ||
      !space.region->Contains(offset, hint.size)) {
    return;
  }
  hints.emplace(offset, hint);
}

void HintRecord(const Space& space, heap::Hints& hints, std::uint64_t offset) {
  const auto block = Block::At(*space.region, offset);
  if (!block || hints.contains(offset)) return;
  Hint(space, hints, offset,
       {Block::Size(block->slot_count, block->name_capacity),
        heap::Kind::kRecord, 0});
  for (std::uint32_t i = 0; i < block->slot_count; ++i) {
    const format::SlotHeader& slot = block->slots[i];
    if (slot.offset == 0 || slot.offset % 64 != 0) continue;
    Hint(space, hints, slot.offset,
         {std::max<std::uint64_t>(slot.stamp == 0 ? 1 : slot.size, 1),
          heap::Kind::kValue, RecordIndex(offset)});
  }
  Hint(space, hints, block->header->attributes_offset,
       {sizeof(format::RecordAttributes), heap::Kind::kAttributes, 0});
  Hint(space, hints, block->header->title_offset, {4, heap::Kind::kText, 0});
}

void HintIndex(const Space& space, heap::Hints& hints) {
  const std::uint64_t offset = space.control->index_offset;
  const auto* header = space.region->At<IndexHeader>(offset);
  if (header == nullptr || offset == 0 || header->log2_capacity < 6 ||
      header->log2_capacity > 40) {
    return;
  }
  const std::uint64_t count = std::uint64_t{1} << header->log2_capacity;
  if (!space.region->Contains(offset + sizeof(IndexHeader), count * 8)) return;
  Hint(space, hints, offset,
       {sizeof(IndexHeader) + count * 8, heap::Kind::kIndex, 0});
  for (const std::uint64_t entry : EntriesOf(space)) {
    HintRecord(space, hints, entry & IndexEntry::kOffsetMask);
  }
}

void HintTypes(const Space& space, heap::Hints& hints) {
  std::uint64_t offset = space.control->type_first_offset;
  while (offset != 0 && !hints.contains(offset)) {
    const auto* type = space.region->At<TypeHeader>(offset);
    if (type == nullptr || type->size > format::kMaxTypeSize) return;
    Hint(space, hints, offset,
         {sizeof(TypeHeader) + type->size, heap::Kind::kType, 0});
    // One that gave no hint can't end a circle.
    if (!hints.contains(offset)) return;
    offset = type->next_offset;
  }
}

}  // namespace

heap::Hints CollectHints(const Space& space) {
  heap::Hints hints;
  HintIndex(space, hints);
  for (const auto& by_class : space.control->reusable_offset) {
    for (std::uint64_t offset : by_class) {
      while (offset != 0 && !hints.contains(offset)) {
        const auto block = Block::At(*space.region, offset);
        if (!block) break;
        HintRecord(space, hints, offset);
        offset = block->header->dying_next;
      }
    }
  }
  HintTypes(space, hints);
  Hint(space, hints, space.header->title_offset, {4, heap::Kind::kText, 0});
  return hints;
}

Status MendTable(Region& region, Host& host, ValueJudge& judge,
                 const MendOptions& options, Mended& mended) {
  MAPFILE_ASSIGN_OR_RETURN(const Space space, Space::Of(region, &host));
  return Mender(space, judge, options, mended).Run();
}

bool Mender::Drop(Dropped dropped) {
  mended_.dropped.push_back(std::move(dropped));
  return options_.drop;
}

bool Mender::Claim(std::uint64_t offset, heap::Kind kind) {
  if (!space_.allocator().BlockSize(offset, kind) ||
      !claimed_.insert(offset).second) {
    return false;
  }
  mine_.push_back(offset);
  return true;
}

void Mender::ReleaseClaim(std::uint64_t offset) {
  if (std::erase(mine_, offset) != 0) claimed_.erase(offset);
}

std::vector<std::uint64_t> Mender::BlocksOf(heap::Kind kind) const {
  std::vector<std::uint64_t> found;
  (void)space_.allocator().ForEachBlock(
      [&](const heap::Allocator::Block& block) {
        if (block.kind == kind) found.push_back(block.offset);
        return true;
      });
  return found;
}

// Without --drop, what can't be saved keeps its blocks.
Status Mender::FreeUnclaimed() {
  const bool keeps_all = !options_.drop && !mended_.dropped.empty();
  for (const heap::Kind kind : {heap::Kind::kValue, heap::Kind::kText,
                                heap::Kind::kAttributes, heap::Kind::kIndex}) {
    for (const std::uint64_t offset : BlocksOf(kind)) {
      if (claimed_.contains(offset)) continue;
      if (kind != heap::Kind::kIndex && keeps_all) continue;
      heap::Unit unit(*space_.region, space_.heap_offset);
      MAPFILE_RETURN_IF_ERROR(space_.allocator().Free(unit, offset));
      unit.Commit();
      if (kind == heap::Kind::kIndex) continue;
      Did("freed the block at offset " + std::to_string(offset) +
          ", which nothing led to");
    }
  }
  return {};
}

// Words whose owners are gone, and those that only have to be high enough.
void Mender::MendWords() {
  format::FileHeader& header = *space_.header;
  header.lock = 0;
  if (header.dying_offset != 0 || header.pending_offset != 0) {
    Did("dropped the list of removed records, which could not be finished");
  }
  header.dying_offset = 0;
  header.pending_offset = 0;
  const std::uint64_t title = header.title_offset;
  if (title != 0 &&
      (!Claim(title, heap::Kind::kText) || !LoadTitle(space_, title)) &&
      Drop({.offset = title, .reason = "the file's title is damaged"})) {
    header.title_offset = 0;
    ReleaseClaim(title);
  }
}

std::uint64_t& Mender::ReusableHead(const Block& block) const {
  std::size_t name_class = 0;
  while (format::kNameCapacities[name_class] != block.name_capacity) {
    ++name_class;
  }
  return space_.control->reusable_offset[block.slot_count][name_class];
}

// Whether the lists hold the unused control blocks, each in its own.
bool Mender::AreListsWhole() const {
  std::set<std::uint64_t> unused;
  for (const Block& block : unused_) unused.insert(block.offset);
  for (auto& by_class : space_.control->reusable_offset) {
    for (std::uint64_t& head : by_class) {
      std::uint64_t offset = head;
      while (offset != 0) {
        if (unused.erase(offset) == 0) return false;
        const auto block = Block::At(*space_.region, offset);
        if (!block || &ReusableHead(*block) != &head) return false;
        offset = block->header->dying_next;
      }
    }
  }
  return unused.empty();
}

void Mender::RelistUnused() {
  for (const Block& block : live_) block.header->dying_next = 0;
  if (AreListsWhole()) return;
  for (auto& by_class : space_.control->reusable_offset) {
    for (std::uint64_t& head : by_class) head = 0;
  }
  for (const Block& block : unused_) {
    block.header->dying_next = ReusableHead(block);
    ReusableHead(block) = block.offset;
  }
  Did("made the lists of unused records afresh");
}

Status Mender::MendIndex() {
  Claims claims(space_);
  (void)claims.Collect();
  const std::vector<std::uint64_t> found = CheckIndex(space_, claims);
  std::set<std::uint64_t> wanted;
  for (const Block& block : live_) wanted.insert(block.offset);
  const bool is_whole =
      std::set<std::uint64_t>(found.begin(), found.end()) == wanted &&
      claims.found_nothing();
  const std::uint64_t old = space_.control->index_offset;
  if (is_whole) {
    claimed_.insert(old);
    return FreeUnclaimed();
  }
  // What lies there is freed with all else that nothing leads to.
  space_.control->index_offset = 0;
  MAPFILE_RETURN_IF_ERROR(FreeUnclaimed());
  std::vector<RecordId> ids;
  for (const Block& block : live_) {
    ids.push_back({block.offset, block.incarnation()});
  }
  MAPFILE_RETURN_IF_ERROR(index_.Rebuild(ids));
  ++space_.header->structure_generation;
  Did("made the index of names afresh");
  return {};
}

Status Mender::Run() {
  MendWords();
  MAPFILE_RETURN_IF_ERROR(MendTypes());
  MAPFILE_RETURN_IF_ERROR(MendRecords());
  RelistUnused();
  return MendIndex();
}

}  // namespace mapfile::record
