// What the owner of the file's lock does first, and how records end.
//
// A record that is being added or removed is on the dying list all the time.
// It exists if and only if an entry of the index leads to it, which is one
// word: so a kill leaves it added or not, removed or not, and the list tells
// the next owner which blocks to look at.
#include <string>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/pending.h"
#include "lib/record/table.h"
#include "lib/record/type_store.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::RecordHeader;

std::uint64_t& ReusableHead(const Space& space, const Block& block) {
  std::size_t name_class = 0;
  while (format::kNameCapacities[name_class] != block.name_capacity) {
    ++name_class;
  }
  return space.control->reusable_offset[block.slot_count][name_class];
}

// A new record of the same name must start above what this one reached.
void RaiseFloor(const Space& space, const Block& block) {
  const std::uint64_t reached =
      PublishedWord::Generation(LoadRelaxed(block.header->published));
  std::uint64_t& floor = space.header->generation_floor;
  if (LoadRelaxed(floor) < reached) StoreRelease(floor, reached);
}

Status FreeValues(const Space& space, const Block& block) {
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    format::SlotHeader& slot = block.slots[i];
    // Fence: the stamp is gone before the heap writes its links into the
    // buffer.
    StoreThenFence(slot.stamp, std::uint64_t{0});
    MAPFILE_STEP("dying: unstamped");
    MAPFILE_RETURN_IF_ERROR(FreeField(space, &slot.offset));
  }
  RecordHeader& header = *block.header;
  MAPFILE_RETURN_IF_ERROR(FreeField(space, &header.attributes_offset));
  return FreeField(space, &header.title_offset);
}

// From the dying to the reusable list, in one unit.
Status Retire(const Space& space, const Block& block) {
  std::uint64_t& head = ReusableHead(space, block);
  heap::Unit unit(*space.region, space.heap_offset);
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space.header->dying_offset,
                                   LoadRelaxed(block.header->dying_next)));
  MAPFILE_RETURN_IF_ERROR(
      unit.Set(&block.header->dying_next, LoadRelaxed(head)));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&head, block.offset));
  unit.Commit();
  MAPFILE_STEP("dying: retired");
  return {};
}

}  // namespace

Status Table::Recover() {
  if (adding_.load(std::memory_order_relaxed)) {
    return Fail(Code::kBusy, "called while this thread adds a record");
  }
  MAPFILE_RETURN_IF_ERROR(space_.allocator().Recover());
  format::FileHeader& header = *space_.header;
  if (LoadRelaxed(header.pending_offset) != 0) {
    MAPFILE_RETURN_IF_ERROR(LinkPendingType(space_));
    MAPFILE_RETURN_IF_ERROR(FreeField(space_, &header.pending_offset));
  }
  if (LoadRelaxed(header.dying_offset) == 0) return {};
  // Before the list gets empty: a kill in it must lead here again.
  MAPFILE_RETURN_IF_ERROR(index_.Recount());
  return FinishDying();
}

Status Table::FinishDying() {
  // Each round takes one block off the list; a hostile one may be a circle.
  const std::uint64_t most = space_.region->size() / sizeof(RecordHeader);
  for (std::uint64_t i = 0; i < most; ++i) {
    const std::uint64_t offset = LoadRelaxed(space_.header->dying_offset);
    if (offset == 0) return {};
    const auto block = Block::At(*space_.region, offset);
    if (!block) {
      return Fail(Code::kCorrupt,
                  "the list of removed records leads to offset " +
                      std::to_string(offset) + ", where none can be");
    }
    MAPFILE_RETURN_IF_ERROR(FinishOne(*block));
  }
  return Fail(Code::kCorrupt, "the list of removed records is a circle");
}

Status Table::FinishOne(const Block& block) {
  const std::uint32_t incarnation = LoadRelaxed(block.header->incarnation);
  if (IsLive(incarnation)) {
    MAPFILE_ASSIGN_OR_RETURN(
        const std::uint64_t* entry,
        index_.EntryOf(LoadRelaxed(block.header->name_hash), block.offset));
    if (entry != nullptr) return FinishAdd(block);
    // Fence: whoever sees what the block is used for next, also sees that
    // nothing copied from it counts.
    StoreThenFence(block.header->incarnation, incarnation + 1);
    MAPFILE_STEP("dying: dead");
  }
  RaiseFloor(space_, block);
  // seq_cst: before the look at the notify word. Sleepers see it changed.
  Atomic(block.header->published).exchange(0, std::memory_order_seq_cst);
  MAPFILE_STEP("dying: unpublished");
  WakeRecord(block, space_.host->Now().mono_ns);
  StoreRelaxed(block.header->durable_slot, std::uint16_t{0});
  MAPFILE_RETURN_IF_ERROR(FreeValues(space_, block));
  AnnounceStructure();
  return Retire(space_, block);
}

// An entry leads to the record: it is no longer under construction.
Status Table::FinishAdd(const Block& block) {
  AnnounceStructure();
  const std::uint64_t next = LoadRelaxed(block.header->dying_next);
  StoreRelease(space_.header->dying_offset, next);
  MAPFILE_STEP("add: finished");
  return {};
}

// Before the dying list shrinks, so that a kill between leads to one
// announcement too many rather than to none.
void Table::AnnounceStructure() {
  // seq_cst: before the look at the notify word.
  Atomic(space_.header->structure_generation)
      .fetch_add(1, std::memory_order_seq_cst);
  WakeFile(space_.host->Now().mono_ns, true);
  MAPFILE_STEP("structure: announced");
}

}  // namespace mapfile::record
