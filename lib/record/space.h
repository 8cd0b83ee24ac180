// Space: where the parts of a map file lie that records are made of.
#ifndef MAPFILE_LIB_RECORD_SPACE_H_
#define MAPFILE_LIB_RECORD_SPACE_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/region.h"
#include "lib/format/layout.h"
#include "lib/heap/allocator.h"
#include "lib/record/host.h"
#include "lib/record/types.h"
#include "mapfile/status.h"

namespace mapfile::record {

// A region with the addresses of its fixed parts, checked once. Cheap to
// copy; the addresses hold as long as the region.
struct Space {
  // Corrupt: a part lies outside of the region.
  [[nodiscard]] static Result<Space> Of(Region& region, Host* host);

  Region* region = nullptr;
  Host* host = nullptr;  // Null: read only
  format::FileHeader* header = nullptr;
  format::RecordControl* control = nullptr;
  std::uint32_t* notify = nullptr;
  format::WriterSlot* writers = nullptr;
  std::uint64_t heap_offset = 0;
  std::uint64_t hash_seed = 0;

  heap::Allocator allocator() const { return {*region, heap_offset}; }
};

// The control block of a record, its shape checked: header, slots and name
// lie inside the region whatever others write there meanwhile.
struct Block {
  std::uint64_t offset = 0;
  format::RecordHeader* header = nullptr;
  format::SlotHeader* slots = nullptr;
  std::byte* name = nullptr;  // name_capacity bytes
  std::uint32_t slot_count = 0;
  std::uint32_t name_capacity = 0;

  // None: no control block can lie at `offset`. Its shape never changes
  // while the file lives, so that this needs no retry.
  static std::optional<Block> At(const Region& region, std::uint64_t offset) {
    Block block;
    if (!block.Locate(region, offset)) return std::nullopt;
    return block;
  }

  // The same in place: to copy a block takes as long as to find it.
  bool Locate(const Region& region, std::uint64_t at) {
    if (at % 64 != 0 || !region.Contains(at, sizeof(format::RecordHeader))) {
      return false;
    }
    std::byte* const base = region.base() + at;
    offset = at;
    header = reinterpret_cast<format::RecordHeader*>(base);
    slots = reinterpret_cast<format::SlotHeader*>(base +
                                                  sizeof(format::RecordHeader));
    // Relaxed: the shape never changes once an offset leads here.
    slot_count = LoadRelaxed(header->slots);
    name_capacity = LoadRelaxed(header->name_capacity);
    name = reinterpret_cast<std::byte*>(slots + slot_count);
    return slot_count >= format::kMinSlots && slot_count <= format::kMaxSlots &&
           IsNameCapacity(name_capacity) &&
           region.Contains(at, Size(slot_count, name_capacity));
  }

  static std::uint64_t Size(std::uint32_t slot_count,
                            std::uint32_t name_capacity) {
    return sizeof(format::RecordHeader) +
           slot_count * sizeof(format::SlotHeader) + name_capacity;
  }

  std::uint32_t incarnation() const {
    // Acquire: what the record says is loaded after it.
    return LoadAcquire(header->incarnation);
  }

 private:
  static bool IsNameCapacity(std::uint32_t capacity) {
    constexpr auto& known = format::kNameCapacities;
    static_assert(std::size(known) == 3);
    return capacity == known[0] || capacity == known[1] || capacity == known[2];
  }
};

inline bool IsLive(std::uint32_t incarnation) { return incarnation % 2 == 1; }

// Whether it has no version and leads to no other block, as one that may be
// used for another record.
bool IsEmpty(const Block& block);

// The error NotFound for a record that is gone, and those of what follows,
// whose good cases every call goes through and are inline.
[[nodiscard, gnu::cold]] tl::unexpected<Error> Removed();
[[nodiscard, gnu::cold]] Status NotThere(const Space& space, RecordId id);
[[nodiscard, gnu::cold]] tl::unexpected<Error> Outside(std::uint64_t offset,
                                                       std::uint64_t size);
[[nodiscard, gnu::cold]] tl::unexpected<Error> Unaligned();

// The block of `id`. NotFound: the record was removed, and the offset
// perhaps used again. Corrupt.
[[nodiscard]] inline Status Resolve(const Space& space, RecordId id,
                                    Block& block) {
  if (block.Locate(*space.region, id.offset) &&
      block.incarnation() == id.incarnation && IsLive(id.incarnation))
      [[likely]] {
    return {};
  }
  return NotThere(space, id);
}
[[nodiscard]] inline Result<Block> Resolve(const Space& space, RecordId id) {
  Block block;
  if (Status resolved = Resolve(space, id, block); !resolved) {
    return Fail(std::move(resolved).error());
  }
  return block;
}

// The bytes [offset, offset + size) in the region, or Corrupt.
[[nodiscard]] inline Result<std::span<std::byte>> Bytes(const Space& space,
                                                        std::uint64_t offset,
                                                        std::uint64_t size) {
  if (!space.region->Contains(offset, size)) return Outside(offset, size);
  return std::span<std::byte>(space.region->base() + offset, size);
}

// The same for a value, which starts at a multiple of 64.
[[nodiscard]] inline Result<std::span<std::byte>> AlignedBytes(
    const Space& space, std::uint64_t offset, std::uint64_t size) {
  if (offset % 64 != 0) return Unaligned();
  return Bytes(space, offset, size);
}

// A hint that the line at `offset`, which may be any number, is wanted soon.
// Where records are looked at one after the other, waiting for the memory of
// each takes most of the time; kAhead of them are fetched at once.
inline constexpr std::size_t kAhead = 16;
inline void Prefetch(const Space& space, std::uint64_t offset) {
  if (offset < space.region->size()) {
    __builtin_prefetch(space.region->base() + offset);
  }
}

// A record's number in rings and block owners.
inline std::uint32_t RecordIndex(std::uint64_t offset) {
  return static_cast<std::uint32_t>(offset / 64);
}

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_SPACE_H_
