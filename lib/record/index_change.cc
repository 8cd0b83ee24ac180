// The part of Index that changes it, under the file's lock.
#include <algorithm>
#include <bit>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/index.h"
#include "lib/record/pending.h"

namespace mapfile::record {
namespace {

using format::IndexEntry;
using format::IndexHeader;

tl::unexpected<Error> FullIndex() {
  return Fail(Code::kCorrupt, "the index of names has no empty entry");
}

// Steps of searches that all entries together may take while a table is
// filled: at most half full it takes one or two for each. A hostile index,
// whose entries have all one hash, would take the square of their number.
constexpr std::uint64_t kStepsPerEntry = 64;

tl::unexpected<Error> NoHashTable() {
  return Fail(Code::kCorrupt, "too many names of the index have one hash");
}

}  // namespace

Status Index::Format() {
  MAPFILE_ASSIGN_OR_RETURN(const View fresh, Build(kInitialLog2));
  return Replace(fresh, 0);
}

// A table that nobody sees: the pending block.
Result<Index::View> Index::Build(std::uint32_t log2_capacity) {
  const std::uint64_t capacity = std::uint64_t{1} << log2_capacity;
  const std::optional<View> former = Load();
  const std::uint64_t number = former ? former->number + 1 : 1;
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      AllocatePending(space_, sizeof(IndexHeader) + capacity * 8,
                      heap::Kind::kIndex));
  auto* header = space_.region->At<IndexHeader>(offset);
  auto* entries = reinterpret_cast<std::uint64_t*>(header + 1);
  // Relaxed stores, since a late reader may still look at these bytes as
  // what they were before; publishing the table releases them.
  StoreRelaxed(header->log2_capacity, log2_capacity);
  StoreRelaxed(header->reserved, 0u);
  StoreRelaxed(header->number, number);
  for (std::uint64_t i = 0; i < capacity; ++i) {
    StoreRelaxed(entries[i], IndexEntry::kEmpty);
  }
  return View{offset, number, entries, capacity - 1};
}

Status Index::Replace(const View& fresh, std::uint64_t live) {
  MAPFILE_STEP("index: built");
  heap::Unit unit(*space_.region, space_.heap_offset);
  const std::uint64_t old = LoadRelaxed(space_.control->index_offset);
  MAPFILE_RETURN_IF_ERROR(
      unit.Set(&space_.control->index_offset, fresh.offset));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space_.header->pending_offset, old));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space_.control->live, live));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space_.control->used, live));
  unit.Commit();
  MAPFILE_STEP("index: replaced");
  return FreeField(space_, &space_.header->pending_offset);
}

Status Index::Copy(const View& from, const View& to,
                   std::uint64_t& live) const {
  std::uint64_t steps = kStepsPerEntry * (to.mask + 1);
  for (std::uint64_t i = 0; i <= from.mask; ++i) {
    PrefetchAhead(from, i);
    const std::uint64_t entry = LoadRelaxed(from.entries[i]);
    if (entry == IndexEntry::kEmpty || entry == IndexEntry::kTombstone) {
      continue;
    }
    const auto block =
        Block::At(*space_.region, entry & IndexEntry::kOffsetMask);
    if (!block) {
      return Fail(Code::kCorrupt, "the index of names leads outside the file");
    }
    MAPFILE_RETURN_IF_ERROR(
        Place(to, LoadRelaxed(block->header->name_hash), entry, steps));
    ++live;
  }
  return {};
}

Status Index::Place(const View& view, std::uint64_t hash, std::uint64_t entry,
                    std::uint64_t& steps) {
  for (std::uint64_t i = 0; i <= view.mask; ++i) {
    std::uint64_t& place = view.entries[(hash + i) & view.mask];
    if (LoadRelaxed(place) == IndexEntry::kEmpty) {
      StoreRelaxed(place, entry);
      return {};
    }
    if (steps-- == 0) return NoHashTable();
  }
  return FullIndex();
}

Status Index::Reserve() {
  MAPFILE_ASSIGN_OR_RETURN(const View view, RequireBlock());
  const std::uint64_t capacity = view.mask + 1;
  const std::uint64_t limit = capacity / 4 * 3;
  if (LoadRelaxed(space_.control->used) < limit) return {};
  const bool crowded = LoadRelaxed(space_.control->live) >= capacity / 2;
  const std::uint32_t log2 = std::countr_zero(capacity) + (crowded ? 1 : 0);
  MAPFILE_ASSIGN_OR_RETURN(const View fresh, Build(log2));
  std::uint64_t live = 0;
  const Status copied = Copy(view, fresh, live);
  if (!copied) {
    // The pending block goes; the error that led here is the one to tell.
    (void)FreeField(space_, &space_.header->pending_offset);
    return copied;
  }
  return Replace(fresh, live);
}

Status Index::Rebuild(const std::vector<RecordId>& records) {
  const std::uint64_t least = std::bit_ceil(2 * records.size() + 1);
  const std::uint32_t log2 =
      std::max<std::uint32_t>(kInitialLog2, std::countr_zero(least));
  MAPFILE_ASSIGN_OR_RETURN(const View fresh, Build(log2));
  std::uint64_t steps = kStepsPerEntry * (fresh.mask + 1);
  for (const RecordId& id : records) {
    MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
    const std::uint64_t hash = LoadRelaxed(block.header->name_hash);
    MAPFILE_RETURN_IF_ERROR(
        Place(fresh, hash, IndexEntry::Make(hash, id.offset), steps));
  }
  return Replace(fresh, records.size());
}

Result<std::uint64_t*> Index::FreeEntry(std::uint64_t hash) const {
  MAPFILE_ASSIGN_OR_RETURN(const View view, RequireBlock());
  for (std::uint64_t i = 0; i <= view.mask; ++i) {
    std::uint64_t* const place = &view.entries[(hash + i) & view.mask];
    const std::uint64_t entry = LoadRelaxed(*place);
    if (entry == IndexEntry::kEmpty || entry == IndexEntry::kTombstone) {
      return place;
    }
  }
  return FullIndex();
}

Result<std::uint64_t*> Index::EntryOf(std::uint64_t hash,
                                      std::uint64_t offset) const {
  MAPFILE_ASSIGN_OR_RETURN(const View view, RequireBlock());
  for (std::uint64_t i = 0; i <= view.mask; ++i) {
    std::uint64_t* const place = &view.entries[(hash + i) & view.mask];
    const std::uint64_t entry = LoadRelaxed(*place);
    if (entry == IndexEntry::kEmpty) break;
    if (entry == IndexEntry::Make(hash, offset)) return place;
  }
  return nullptr;
}

void Index::Insert(std::uint64_t* place, std::uint64_t hash,
                   std::uint64_t offset) {
  const bool was_empty = LoadRelaxed(*place) == IndexEntry::kEmpty;
  // Release: whoever finds the entry finds the record complete.
  StoreRelease(*place, IndexEntry::Make(hash, offset));
  MAPFILE_STEP("index: inserted");
  Count(+1, was_empty ? +1 : 0);
}

Status Index::Erase(std::uint64_t* place) {
  MAPFILE_ASSIGN_OR_RETURN(const View view, Require());
  const std::uint64_t next =
      (static_cast<std::uint64_t>(place - view.entries) + 1) & view.mask;
  // No search goes on here if it would end at the next entry anyway.
  const bool last = LoadRelaxed(view.entries[next]) == IndexEntry::kEmpty;
  StoreRelease(*place, last ? IndexEntry::kEmpty : IndexEntry::kTombstone);
  MAPFILE_STEP("index: erased");
  Count(-1, last ? -1 : 0);
  return {};
}

void Index::Count(std::int64_t live, std::int64_t used) {
  // Relaxed: only the owner of the file's lock relies on them. A kill
  // between these stores and the entry's is what Recount() is for.
  format::RecordControl& control = *space_.control;
  StoreRelaxed(control.live, LoadRelaxed(control.live) + live);
  StoreRelaxed(control.used, LoadRelaxed(control.used) + used);
}

Status Index::Recount() {
  MAPFILE_ASSIGN_OR_RETURN(const View view, Require());
  std::uint64_t live = 0;
  std::uint64_t used = 0;
  for (std::uint64_t i = 0; i <= view.mask; ++i) {
    const std::uint64_t entry = LoadRelaxed(view.entries[i]);
    if (entry != IndexEntry::kEmpty) ++used;
    if (entry != IndexEntry::kEmpty && entry != IndexEntry::kTombstone) ++live;
  }
  StoreRelaxed(space_.control->live, live);
  StoreRelaxed(space_.control->used, used);
  return {};
}

}  // namespace mapfile::record
