// Publication: see man/mapfile.5. The order of the stores in here is the
// protocol; each has its reason beside it.
#include <algorithm>
#include <string>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/locks.h"
#include "lib/record/pending.h"
#include "lib/record/table.h"
#include "lib/record/version.h"
#include "lib/record/wait.h"

namespace mapfile::record {
namespace {

Status CheckCondition(const PublishOptions& options, Generation current) {
  if (!options.if_generation || *options.if_generation == current) return {};
  return Fail(Code::kConflict, "its generation is " + std::to_string(current) +
                                   ", not " +
                                   std::to_string(*options.if_generation));
}

// The slot that was current longest ago, sparing the durable one.
Result<std::uint32_t> NextSlot(const Block& block, std::uint32_t current) {
  const std::uint32_t durable = LoadRelaxed(block.header->durable_slot);
  std::uint32_t next = current;
  do {
    next = next + 1 < block.slot_count ? next + 1 : 0;
  } while (next + 1 == durable);
  if (next != current) return next;
  return Fail(Code::kCorrupt, "the record has no slot to write to");
}

Status AllocateValue(const Space& space, format::SlotHeader& slot,
                     std::uint64_t size, std::uint32_t owner) {
  heap::Unit unit(*space.region, space.heap_offset);
  heap::Allocator allocator = space.allocator();
  const std::uint64_t old = LoadRelaxed(slot.offset);
  if (old != 0) MAPFILE_RETURN_IF_ERROR(allocator.Free(unit, old));
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t fresh,
      allocator.Allocate(unit, size, heap::Kind::kValue, owner, 64));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&slot.offset, fresh));
  unit.Commit();
  MAPFILE_STEP("publish: grown");
  return {};
}

}  // namespace

// A quarter more than asked for, if there is room, for a value that grows.
Status Table::GrowSlot(std::uint32_t owner, format::SlotHeader& slot,
                       std::uint64_t size) {
  FileLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  size = std::max<std::uint64_t>(size, 1);
  if (LoadRelaxed(slot.offset) != 0) {
    Status roomy = AllocateValue(space_, slot, size + size / 4, owner);
    if (roomy || roomy.error().code() != Code::kNoSpace) return roomy;
  }
  return AllocateValue(space_, slot, size, owner);
}

// The bytes of an unstamped slot, large enough.
Result<std::span<std::byte>> Table::OpenSlot(const Block& block,
                                             format::SlotHeader& slot,
                                             std::uint64_t size) {
  // Fence: whoever sees one of the new bytes, or the buffer freed, also sees
  // that the stamp is gone.
  StoreThenFence(slot.stamp, std::uint64_t{0});
  MAPFILE_STEP("publish: unstamped");
  const std::uint64_t offset = LoadRelaxed(slot.offset);
  std::uint64_t capacity = 0;
  if (offset != 0) [[likely]] {
    capacity = space_.allocator().KnownBlockSize(offset, heap::Kind::kValue);
    if (capacity == 0) [[unlikely]] {
      MAPFILE_ASSIGN_OR_RETURN(
          capacity, space_.allocator().BlockSize(offset, heap::Kind::kValue));
    }
  }
  if (offset == 0 || capacity < size) {
    MAPFILE_RETURN_IF_ERROR(GrowSlot(RecordIndex(block.offset), slot, size));
  }
  return AlignedBytes(space_, LoadRelaxed(slot.offset), size);
}

void Table::CountUpdate(std::uint64_t offset, std::uint64_t size) {
  const std::uint32_t index = space_.host->writer_slot();
  if (index >= format::kWriterSlots) {
    // Nobody's update: an image of the file, where nobody waits.
    return;
  }
  format::WriterSlot& writer = space_.writers[index];
  // A read-modify-write, since threads share it. The fence: writers look at
  // the notify words after this and after the published word, who sleeps at
  // one of the two after the notify words.
  const std::uint64_t update = AddThenFence(writer.updates, std::uint64_t{1});
  MAPFILE_STEP("updates: counted");
  // Relaxed: hints. Threads that race here may lose a size from the sums.
  StoreRelaxed(writer.ring[update % format::kWriterRing], RecordIndex(offset));
  const double bytes = static_cast<double>(size);
  StoreRelaxed(writer.sizes, LoadRelaxed(writer.sizes) + 1);
  StoreRelaxed(writer.sum_size, LoadRelaxed(writer.sum_size) + bytes);
  StoreRelaxed(writer.sum_size_squared,
               LoadRelaxed(writer.sum_size_squared) + bytes * bytes);
}

void Table::WakeRecord(const Block& block, std::uint64_t mono_ns) {
  if (IsWakeWanted(space_.notify[NotifyIndex(RecordIndex(block.offset))],
                   mono_ns)) {
    space_.host->Wake(
        reinterpret_cast<const std::uint32_t*>(&block.header->published));
  }
}

void Table::WakeFile(std::uint64_t mono_ns, bool structure) {
  const bool wanted = IsWakeWanted(space_.notify[0], mono_ns);
  if (!wanted && !structure) return;
  // seq_cst: a sleeper that missed this sees the word changed.
  Atomic(space_.header->activity).fetch_add(1, std::memory_order_seq_cst);
  MAPFILE_STEP("activity: counted");
  if (wanted) space_.host->Wake(FileWaitWord());
}

Result<Generation> Table::PublishLocked(RecordLock& lock, std::uint64_t size,
                                        std::uint32_t type_id, Fill fill,
                                        const PublishOptions& options) {
  const Block& block = lock.block();
  MAPFILE_ASSIGN_OR_RETURN(
      const Current current,
      CurrentOf(block, LoadRelaxed(block.header->published)));
  MAPFILE_RETURN_IF_ERROR(CheckCondition(options, current.generation));
  const Generation generation = current.generation + 1;
  MAPFILE_RETURN_IF_ERROR(CheckGeneration(generation));
  MAPFILE_RETURN_IF_ERROR(CheckSize(size));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t next,
                           NextSlot(block, current.slot));
  format::SlotHeader& slot = block.slots[next];
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes, OpenSlot(block, slot, size));
  MAPFILE_RETURN_IF_ERROR(FillShared(fill, bytes));
  MAPFILE_STEP("publish: filled");
  const Times times = space_.host->Now();
  WriteVersion(space_, slot, size, type_id, times);
  // Release: the bytes and the header before the stamp.
  StoreRelease(slot.stamp, generation);
  MAPFILE_STEP("publish: stamped");
  // Release: after the stamp.
  StoreRelease(block.header->published,
               format::PublishedWord::Make(generation, next));
  MAPFILE_STEP("publish: published");
  CountUpdate(block.offset, size);
  lock.Release();
  WakeRecord(block, times.mono_ns);
  WakeFile(times.mono_ns, false);
  return generation;
}

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Result<Generation> Table::Publish(
    RecordId id, std::uint64_t size, std::uint32_t type_id, Fill fill,
    const PublishOptions& options) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  return PublishLocked(lock, size, type_id, fill, options);
}

[[gnu::flatten]] Result<Generation> Table::Modify(
    RecordId id, Edit edit, const PublishOptions& options) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  MAPFILE_ASSIGN_OR_RETURN(const Version version, OwnVersion(lock.block()));
  MAPFILE_ASSIGN_OR_RETURN(const auto from,
                           Bytes(space_, version.offset, version.size));
  const auto fill = [&](std::span<std::byte> bytes) -> Status {
    MAPFILE_RETURN_IF_ERROR(CopyValue(from, bytes));
    return edit(version.type_id, bytes);
  };
  return PublishLocked(lock, version.size, version.type_id, fill, options);
}

}  // namespace mapfile::record
