#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/table.h"

namespace mapfile::record {

Status Table::Remove(RecordId id) {
  RecordLock record(*this);
  MAPFILE_RETURN_IF_ERROR(record.Acquire(id));
  FileLock file(*this);
  MAPFILE_RETURN_IF_ERROR(file.Acquire());
  const Block& block = record.block();
  MAPFILE_ASSIGN_OR_RETURN(
      std::uint64_t* const entry,
      index_.EntryOf(LoadRelaxed(block.header->name_hash), id.offset));
  if (entry == nullptr) {
    return Fail(Code::kCorrupt, "the index doesn't lead to the record");
  }
  // On the list first: while an entry leads to it, that means nothing.
  StoreRelaxed(block.header->dying_next, std::uint64_t{0});
  StoreRelease(space_.header->dying_offset, id.offset);
  MAPFILE_STEP("remove: listed");
  MAPFILE_RETURN_IF_ERROR(index_.Erase(entry));
  return FinishDying();
}

Status Table::RemoveAll() {
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<RecordId> ids, List());
  for (const RecordId& id : ids) {
    Status removed = Remove(id);
    if (removed || removed.error().code() == Code::kNotFound) continue;
    return removed;
  }
  return {};
}

}  // namespace mapfile::record
