// Blocks of the heap that nothing leads to yet, or any more.
//
// FileHeader::pending_offset names the one block that its owner is about to
// link or has just unlinked, so that a kill between doesn't leak it. All of
// this under the file's lock.
#ifndef MAPFILE_LIB_RECORD_PENDING_H_
#define MAPFILE_LIB_RECORD_PENDING_H_

#include <cstdint>

#include "lib/heap/allocator.h"
#include "lib/record/space.h"
#include "mapfile/status.h"

namespace mapfile::record {

// A block that recovery frees until pending_offset is 0 again. NoSpace,
// Corrupt.
[[nodiscard]] Result<std::uint64_t> AllocatePending(
    const Space& space, std::uint64_t size, heap::Kind kind,
    std::uint64_t align = heap::kMinAlign);

// In one unit: `*field` leads to the pending block (or to none, 0), and the
// block that it led to is pending instead.
[[nodiscard]] Status SwapPending(const Space& space, std::uint64_t* field);

// Frees the block that `*field` leads to and sets it to 0, in one unit;
// nothing for 0.
[[nodiscard]] Status FreeField(const Space& space, std::uint64_t* field);

// Allocates a block into `*field`, which was 0, in one unit.
[[nodiscard]] Status AllocateField(const Space& space, std::uint64_t* field,
                                   std::uint64_t size, heap::Kind kind,
                                   std::uint32_t owner,
                                   std::uint64_t align = heap::kMinAlign);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_PENDING_H_
