#include "lib/record/pending.h"

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"

namespace mapfile::record {

Result<std::uint64_t> AllocatePending(const Space& space, std::uint64_t size,
                                      heap::Kind kind, std::uint64_t align) {
  MAPFILE_RETURN_IF_ERROR(AllocateField(space, &space.header->pending_offset,
                                        size, kind, 0, align));
  return LoadRelaxed(space.header->pending_offset);
}

Status SwapPending(const Space& space, std::uint64_t* field) {
  heap::Unit unit(*space.region, space.heap_offset);
  const std::uint64_t old = LoadRelaxed(*field);
  std::uint64_t* const pending = &space.header->pending_offset;
  MAPFILE_RETURN_IF_ERROR(unit.Set(field, LoadRelaxed(*pending)));
  MAPFILE_RETURN_IF_ERROR(unit.Set(pending, old));
  unit.Commit();
  MAPFILE_STEP("pending: swapped");
  return {};
}

Status FreeField(const Space& space, std::uint64_t* field) {
  const std::uint64_t offset = LoadRelaxed(*field);
  if (offset == 0) return {};
  heap::Unit unit(*space.region, space.heap_offset);
  MAPFILE_RETURN_IF_ERROR(space.allocator().Free(unit, offset));
  MAPFILE_RETURN_IF_ERROR(unit.Set(field, 0));
  unit.Commit();
  MAPFILE_STEP("pending: freed");
  return {};
}

Status AllocateField(const Space& space, std::uint64_t* field,
                     std::uint64_t size, heap::Kind kind, std::uint32_t owner,
                     std::uint64_t align) {
  heap::Unit unit(*space.region, space.heap_offset);
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      space.allocator().Allocate(unit, size, kind, owner, align));
  MAPFILE_RETURN_IF_ERROR(unit.Set(field, offset));
  unit.Commit();
  MAPFILE_STEP("pending: allocated");
  return {};
}

}  // namespace mapfile::record
