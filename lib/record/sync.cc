// Checksums, and versions that writers spare: what Sync stands on.
#include <string>

#include "lib/base/hash.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {

Result<Generation> Table::ChecksumCurrent(RecordId id) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  const Block& block = lock.block();
  MAPFILE_ASSIGN_OR_RETURN(
      const Current current,
      CurrentOf(block, LoadRelaxed(block.header->published)));
  format::SlotHeader& slot = block.slots[current.slot];
  const Version version = LoadVersion(slot, current.generation);
  MAPFILE_RETURN_IF_ERROR(CheckReadable(version));
  if ((version.flags & format::kChecked) != 0) return current.generation;
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space_, version.offset, version.size));
  StoreRelaxed(slot.checksum, ChecksumShared(bytes));
  MAPFILE_STEP("sync: checksum stored");
  // Release: the checksum before the flag that vouches for it.
  StoreRelease(slot.flags,
               static_cast<std::uint16_t>(version.flags | format::kChecked));
  MAPFILE_STEP("sync: checked");
  return current.generation;
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
    StoreRelease(block.header->durable_slot,
                 static_cast<std::uint16_t>(i + 1));
    MAPFILE_STEP("sync: spared");
    return {};
  }
  return Fail(Code::kNotFound, "generation " + std::to_string(generation) +
                                   " is not kept any more");
}

}  // namespace mapfile::record
