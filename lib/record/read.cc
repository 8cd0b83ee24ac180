// Reading without a lock: copy, then see whether it was one version.
#include <string>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

Status NotKept(Generation generation) {
  return Fail(Code::kNotFound,
              "generation " + std::to_string(generation) + " is not kept");
}

Status CheckSum(const VersionView& view, Verify verify) {
  if (verify == Verify::kNone) return {};
  if ((view.flags & format::kChecked) == 0) {
    if (verify == Verify::kIfChecked) return {};
    return Fail(Code::kCorrupt,
                "its value has no checksum and the file was left in disorder");
  }
  if (ChecksumShared(view.bytes) == view.checksum) return {};
  return Fail(Code::kCorrupt, "its value doesn't have its checksum");
}

Status Show(const Space& space, VersionView& view, Verify verify, Visit visit) {
  MAPFILE_RETURN_IF_ERROR(CheckReadable(view));
  MAPFILE_ASSIGN_OR_RETURN(view.bytes,
                           AlignedBytes(space, view.offset, view.size));
  MAPFILE_RETURN_IF_ERROR(CheckSum(view, verify));
  return visit(view);
}

}  // namespace

// Flattened: all that each call goes through, in one piece.
[[gnu::flatten]] Status Table::Read(RecordId id, const ReadOptions& options,
                                    Visit visit) const {
  Block block;
  MAPFILE_RETURN_IF_ERROR(Resolve(space_, id, block));
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    auto found = FindVersion(block, options.generation);
    // Of a record that is gone nothing counts, not even an error. Fence:
    // after what was found.
    if (FenceThenLoad(block.header->incarnation) != id.incarnation) {
      return Removed();
    }
    if (!found) return Fail(std::move(found).error());
    if (found->slot == nullptr) return NotKept(options.generation);
    const format::SlotHeader& slot = *found->slot;
    // Acquire: the version's header and bytes come after its stamp.
    if (LoadAcquire(slot.stamp) == found->generation) {
      VersionView view{LoadVersion(slot, found->generation), {}};
      if (StillHolds(slot, found->generation)) {
        Status shown = Show(space_, view, options.verify, visit);
        if (StillHolds(slot, found->generation)) return shown;
      }
    } else {
      MAPFILE_RETURN_IF_ERROR(CheckMoved(block, *found));
    }
    PauseReader(attempt);
  }
  return Fail(Code::kBusy, "the record changed each time it was read");
}

std::vector<Generation> Table::Generations(RecordId id) const {
  const auto block = Resolve(space_, id);
  if (!block) return {};
  // Acquire: a stamp up to this one was published.
  const auto current = CurrentOf(*block, LoadAcquire(block->header->published));
  if (!current) return {};
  std::vector<Generation> kept = {current->generation};
  for (std::uint32_t i = 0; i < block->slot_count; ++i) {
    const Generation stamp = LoadRelaxed(block->slots[i].stamp);
    if (stamp != 0 && stamp < current->generation) kept.push_back(stamp);
  }
  return kept;
}

Result<Generation> Table::CurrentGeneration(RecordId id) const {
  Block block;
  MAPFILE_RETURN_IF_ERROR(Resolve(space_, id, block));
  // seq_cst: after a waiter's store to the notify word.
  const std::uint64_t published =
      Atomic(block.header->published).load(std::memory_order_seq_cst);
  if (block.incarnation() != id.incarnation) return Removed();
  MAPFILE_ASSIGN_OR_RETURN(const Current current, CurrentOf(block, published));
  return current.generation;
}

}  // namespace mapfile::record
