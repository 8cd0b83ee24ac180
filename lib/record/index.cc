#include "lib/record/index.h"

#include <algorithm>
#include <string>
#include <thread>

#include "lib/base/copy.h"
#include "lib/base/hash.h"
#include "lib/base/try.h"

namespace mapfile::record {
namespace {

using format::IndexEntry;
using format::IndexHeader;

constexpr std::uint32_t kMaxLog2 = 40;
constexpr int kAttempts = 10000;

bool IsRecord(std::uint64_t entry) {
  return entry != IndexEntry::kEmpty && entry != IndexEntry::kTombstone;
}

bool HasTag(std::uint64_t entry, std::uint64_t hash) {
  return ((entry ^ hash) & ~IndexEntry::kOffsetMask) == 0;
}

// Called between attempts: others are changing the table all the time.
void Pause(int attempt) {
  if (attempt > 16) std::this_thread::yield();
}

}  // namespace

std::uint64_t Index::Hash(std::string_view name) const {
  return HashText(name, space_.hash_seed);
}

std::optional<Index::View> Index::Load() const {
  // Acquire: the entries that the new table was built with.
  const std::uint64_t offset = LoadAcquire(space_.control->index_offset);
  const auto* header = space_.region->At<IndexHeader>(offset);
  if (header == nullptr || offset % 16 != 0) return std::nullopt;
  const std::uint32_t log2 = LoadRelaxed(header->log2_capacity);
  if (log2 < kInitialLog2 || log2 > kMaxLog2) return std::nullopt;
  const std::uint64_t capacity = std::uint64_t{1} << log2;
  if (!space_.region->Contains(offset + sizeof(IndexHeader), capacity * 8)) {
    return std::nullopt;
  }
  auto* bytes = space_.region->base() + offset + sizeof(IndexHeader);
  return View{offset, LoadRelaxed(header->number),
              reinterpret_cast<std::uint64_t*>(bytes), capacity - 1};
}

void Index::PrefetchAhead(const View& view, std::uint64_t i) const {
  if (i + kAhead > view.mask) return;
  const std::uint64_t entry = LoadRelaxed(view.entries[i + kAhead]);
  if (IsRecord(entry)) Prefetch(space_, entry & IndexEntry::kOffsetMask);
}

// Whether the table is still the one, and has been all the time.
bool Index::IsInForce(const View& view) const {
  // Fence: after the entries that were looked at.
  if (FenceThenLoad(space_.control->index_offset) != view.offset) return false;
  const auto* header = space_.region->At<IndexHeader>(view.offset);
  // Another one at the same place has another number.
  return LoadRelaxed(header->number) == view.number;
}

Result<Index::View> Index::Require() const {
  const std::optional<View> view = Load();
  if (view) return *view;
  return Fail(Code::kCorrupt, "the index of names is not inside the file");
}

Result<Index::View> Index::RequireBlock() const {
  MAPFILE_ASSIGN_OR_RETURN(const View view, Require());
  const auto size =
      space_.allocator().BlockSize(view.offset, heap::Kind::kIndex);
  if (size && *size / 8 >= sizeof(IndexHeader) / 8 + view.mask + 1) {
    return view;
  }
  return Fail(Code::kCorrupt, "the index of names is larger than its block");
}

std::optional<RecordId> Index::Match(std::uint64_t entry, std::uint64_t hash,
                                     std::string_view name) const {
  if (!IsRecord(entry) || !HasTag(entry, hash)) return std::nullopt;
  const std::uint64_t offset = entry & IndexEntry::kOffsetMask;
  // Where its name lies, if it has as many slots as most.
  Prefetch(space_, offset + Block::Size(format::kDefaultSlots, 0));
  const auto block = Block::At(*space_.region, offset);
  if (!block) return std::nullopt;
  const std::uint32_t incarnation = block->incarnation();
  if (!IsLive(incarnation) || LoadRelaxed(block->header->name_hash) != hash ||
      LoadRelaxed(block->header->name_size) != name.size() ||
      name.size() > block->name_capacity) {
    return std::nullopt;
  }
  const bool equal = EqualShared(block->name, name.data(), name.size());
  // Fence: the name was compared before the incarnation is looked at again;
  // unchanged, it was this record's name all the time.
  if (FenceThenLoad(block->header->incarnation) != incarnation || !equal) {
    return std::nullopt;
  }
  return RecordId{block->offset, incarnation};
}

std::optional<RecordId> Index::Probe(const View& view, std::uint64_t hash,
                                     std::string_view name) const {
  for (std::uint64_t i = 0; i <= view.mask; ++i) {
    // Acquire: the control block was complete when the entry was set.
    const std::uint64_t entry =
        LoadAcquire(view.entries[(hash + i) & view.mask]);
    if (entry == IndexEntry::kEmpty) return std::nullopt;
    if (const auto id = Match(entry, hash, name)) return id;
  }
  return std::nullopt;
}

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Result<RecordId> Index::Find(std::string_view name) const {
  const std::uint64_t hash = Hash(name);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // Acquire: before the entries; the second look comes after them.
    const std::uint64_t structure =
        LoadAcquire(space_.header->structure_generation);
    const std::optional<View> view = Load();
    if (view) {
      if (const auto id = Probe(*view, hash, name)) return *id;
    }
    const bool replaced = view && !IsInForce(*view);
    const bool moved =
        FenceThenLoad(space_.header->structure_generation) != structure ||
        replaced;
    if (!moved) {
      if (!view) return Fail(Require().error());
      return Fail(Code::kNotFound, "no such record");
    }
    Pause(attempt);
  }
  return Fail(Code::kBusy, "records are added and removed all the time");
}

// The live record that an entry leads to.
std::optional<Born> Index::Look(std::uint64_t entry) const {
  if (!IsRecord(entry)) return std::nullopt;
  const auto block = Block::At(*space_.region, entry & IndexEntry::kOffsetMask);
  if (!block) return std::nullopt;
  const std::uint32_t incarnation = block->incarnation();
  if (!IsLive(incarnation) ||
      !HasTag(entry, LoadRelaxed(block->header->name_hash))) {
    return std::nullopt;
  }
  const std::uint64_t birth = LoadRelaxed(block->header->birth);
  // Unchanged after the fence, the incarnation was this all the time.
  if (FenceThenLoad(block->header->incarnation) != incarnation) {
    return std::nullopt;
  }
  return Born{birth, {block->offset, incarnation}};
}

Result<std::vector<Born>> Index::List() const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    MAPFILE_ASSIGN_OR_RETURN(const View view, Require());
    std::vector<Born> found;
    for (std::uint64_t i = 0; i <= view.mask; ++i) {
      PrefetchAhead(view, i);
      // Acquire: the control block was complete when the entry was set.
      if (const auto born = Look(LoadAcquire(view.entries[i]))) {
        found.push_back(*born);
      }
    }
    // Entries never move within a table, so one that stayed in force has
    // shown every record that lived throughout.
    if (IsInForce(view)) return found;
    Pause(attempt);
  }
  return Fail(Code::kBusy, "records are added all the time");
}

std::uint64_t Index::Probes(std::string_view name) const {
  const std::uint64_t hash = Hash(name);
  const std::optional<View> view = Load();
  if (!view) return 0;
  for (std::uint64_t i = 0; i <= view->mask; ++i) {
    const std::uint64_t entry =
        LoadAcquire(view->entries[(hash + i) & view->mask]);
    if (entry == IndexEntry::kEmpty || Match(entry, hash, name)) return i + 1;
  }
  return view->mask + 1;
}

}  // namespace mapfile::record
