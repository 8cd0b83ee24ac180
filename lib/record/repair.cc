// After a crash of the machine: pages reached the medium in any order, so
// what can be derived is made afresh, and versions count by their checksums.
#include <algorithm>
#include <string>
#include <unordered_set>

#include "lib/base/hash.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/format/heap_layout.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::SlotHeader;

// The buffer that the slot leads to, if it is this record's.
bool OwnsBuffer(const Space& space, const Block& block,
                const SlotHeader& slot) {
  const std::uint64_t offset = LoadRelaxed(slot.offset);
  if (offset == 0 || offset % 64 != 0) return false;
  const auto size = space.allocator().BlockSize(offset, heap::Kind::kValue);
  if (!size) return false;
  const auto* header = space.region->At<format::BlockHeader>(
      offset - sizeof(format::BlockHeader));
  return format::OwnerWord::Owner(LoadRelaxed(header->owner_word)) ==
         RecordIndex(block.offset);
}

bool IsIntact(const Space& space, const SlotHeader& slot) {
  const Version version = LoadVersion(slot, LoadRelaxed(slot.stamp));
  if (version.generation == 0 || (version.flags & format::kChecked) == 0 ||
      (version.flags & format::kDamaged) != 0) {
    return false;
  }
  const auto bytes = Bytes(space, version.offset, version.size);
  return bytes && ChecksumShared(*bytes) == version.checksum;
}

// Whether the version claims more than its buffer has.
bool Overflows(const Space& space, const SlotHeader& slot) {
  const auto size =
      space.allocator().BlockSize(LoadRelaxed(slot.offset), heap::Kind::kValue);
  return !size || *size < LoadRelaxed(slot.size);
}

// Slots that lead to no buffer of the record's, or to another slot's, lead
// nowhere from now on. A buffer of its own it keeps in any case.
void DropForeignBuffers(const Space& space, const Block& block) {
  std::unordered_set<std::uint64_t> seen;
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    SlotHeader& slot = block.slots[i];
    if (LoadRelaxed(slot.offset) == 0) continue;
    if (OwnsBuffer(space, block, slot) &&
        seen.insert(LoadRelaxed(slot.offset)).second) {
      if (!Overflows(space, slot)) continue;
    } else {
      StoreRelaxed(slot.offset, std::uint64_t{0});
    }
    StoreRelaxed(slot.stamp, std::uint64_t{0});
    StoreRelaxed(slot.size, std::uint64_t{0});
  }
}

struct Best {
  std::uint32_t slot = 0;
  Generation stamp = 0;    // 0: no version is intact
  Generation reached = 0;  // The highest generation that was ever named
};

Best FindBest(const Space& space, const Block& block) {
  Best best;
  best.reached =
      PublishedWord::Generation(LoadRelaxed(block.header->published));
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    const Generation stamp = LoadRelaxed(block.slots[i].stamp);
    if (stamp > kMaxGeneration) continue;
    best.reached = std::max(best.reached, stamp);
    if (stamp > best.stamp && IsIntact(space, block.slots[i])) {
      best.stamp = stamp;
      best.slot = i;
    }
  }
  return best;
}

void PublishSlot(const Block& block, std::uint32_t slot,
                 Generation generation) {
  StoreRelease(block.slots[slot].stamp, generation);
  StoreRelease(block.header->published, PublishedWord::Make(generation, slot));
  MAPFILE_STEP("repair: published");
}

}  // namespace

Status Table::RepairOne(RecordId id, Repairs& repairs) {
  MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
  ++repairs.records;
  // No owner lives: all of them belonged to the boot before.
  StoreRelaxed(block.header->lock, std::uint64_t{0});
  DropForeignBuffers(space_, block);
  const Best best = FindBest(space_, block);
  const std::uint64_t published = LoadRelaxed(block.header->published);
  if (best.stamp != 0 &&
      published == PublishedWord::Make(best.stamp, best.slot)) {
    return {};
  }
  // A new generation: what somebody saw before the crash must not come back
  // under a number that meant another version.
  const Generation generation = best.reached + 1;
  MAPFILE_RETURN_IF_ERROR(CheckGeneration(generation));
  if (best.stamp != 0) {
    ++repairs.restored;
    PublishSlot(block, best.slot, generation);
    return {};
  }
  ++repairs.damaged;
  SlotHeader& slot = block.slots[0];
  StoreRelaxed(slot.flags, std::uint16_t{format::kDamaged});
  if (LoadRelaxed(slot.offset) == 0) StoreRelaxed(slot.size, std::uint64_t{0});
  PublishSlot(block, 0, generation);
  return {};
}

// The records that the heap's blocks know of, whatever the index says.
Result<std::vector<RecordId>> Table::LiveBlocks() const {
  std::vector<RecordId> live;
  MAPFILE_RETURN_IF_ERROR(
      space_.allocator().ForEachBlock([&](const heap::Allocator::Block& found) {
        if (found.kind != heap::Kind::kRecord) return true;
        const auto block = Block::At(*space_.region, found.offset);
        if (block && IsLive(block->incarnation())) {
          live.push_back({found.offset, block->incarnation()});
        }
        return true;
      }));
  return live;
}

Result<Table::Repairs> Table::RepairAfterCrash() {
  if (space_.host == nullptr) {
    return Fail(Code::kReadOnly, "the file is open for reading only");
  }
  Repairs repairs;
  // Half of a unit may be there: the blocks' own headers tell.
  if (!space_.allocator().Check().empty()) {
    MAPFILE_RETURN_IF_ERROR(space_.allocator().Rebuild());
  }
  space_.allocator().ForgetMove();
  MAPFILE_RETURN_IF_ERROR(Recover());
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<RecordId> live, LiveBlocks());
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<RecordId> listed, List());
  for (const RecordId& id : live) {
    MAPFILE_RETURN_IF_ERROR(RepairOne(id, repairs));
  }
  if (listed.size() != live.size()) {
    repairs.relisted =
        live.size() > listed.size() ? live.size() - listed.size() : 0;
    MAPFILE_RETURN_IF_ERROR(index_.Rebuild(live));
  }
  return repairs;
}

}  // namespace mapfile::record
