// Checksums, and versions that writers spare: what Sync stands on.
#include <string>

#include "lib/base/hash.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

// Under the record's lock: gives a version its checksum, unless it has one.
Status StoreChecksum(const Space& space, format::SlotHeader& slot,
                     const Version& version) {
  if ((version.flags & format::kChecked) != 0) return {};
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space, version.offset, version.size));
  StoreRelaxed(slot.checksum, ChecksumShared(bytes));
  MAPFILE_STEP("sync: checksum stored");
  // Release: the checksum before the flag that vouches for it.
  StoreRelease(slot.flags,
               static_cast<std::uint16_t>(version.flags | format::kChecked));
  MAPFILE_STEP("sync: checked");
  return {};
}

}  // namespace

Result<Generation> Table::ChecksumCurrent(RecordId id) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  const Block& block = lock.block();
  MAPFILE_ASSIGN_OR_RETURN(const Version version, OwnVersion(block));
  const std::uint32_t slot =
      format::PublishedWord::Slot(LoadRelaxed(block.header->published));
  MAPFILE_RETURN_IF_ERROR(StoreChecksum(space_, block.slots[slot], version));
  return version.generation;
}

Status Table::ChecksumKept(RecordId id) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  const Block& block = lock.block();
  MAPFILE_ASSIGN_OR_RETURN(const Version current, OwnVersion(block));
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    format::SlotHeader& slot = block.slots[i];
    const Generation stamp = LoadRelaxed(slot.stamp);
    if (stamp == 0 || stamp > current.generation) continue;
    const Version version = LoadVersion(slot, stamp);
    if (!CheckReadable(version)) continue;
    MAPFILE_RETURN_IF_ERROR(StoreChecksum(space_, slot, version));
  }
  return {};
}

Status Table::SetDurable(RecordId id, Generation generation) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  const Block& block = lock.block();
  if (block.slot_count < 3) {
    return Fail(Code::kNotDurable,
                "it keeps 2 versions, and keeping one on the medium takes 3");
  }
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    if (LoadRelaxed(block.slots[i].stamp) != generation) continue;
    StoreRelease(block.header->durable_slot, static_cast<std::uint16_t>(i + 1));
    MAPFILE_STEP("sync: spared");
    return {};
  }
  return Fail(Code::kNotFound, "generation " + std::to_string(generation) +
                                   " is not kept any more");
}

}  // namespace mapfile::record
