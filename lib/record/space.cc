#include "lib/record/space.h"

#include <bit>
#include <string>

#include "lib/base/try.h"

namespace mapfile::record {
namespace {

bool IsNameCapacity(std::uint32_t capacity) {
  for (const std::uint32_t known : format::kNameCapacities) {
    if (capacity == known) return true;
  }
  return false;
}

template <class T>
Result<T*> Part(const Region& region, std::uint64_t offset, std::uint64_t count,
                const char* what) {
  if (offset % alignof(T) != 0 || !region.Contains(offset, count * sizeof(T))) {
    return Fail(Code::kCorrupt, std::string("its header puts the ") + what +
                                    " at offset " + std::to_string(offset) +
                                    ", not inside the file");
  }
  return reinterpret_cast<T*>(region.base() + offset);
}

}  // namespace

Result<Space> Space::Of(Region& region, Host* host) {
  static_assert(std::endian::native == std::endian::little);
  Space space;
  space.region = &region;
  space.host = host;
  MAPFILE_ASSIGN_OR_RETURN(
      space.header, Part<format::FileHeader>(region, 0, 1, "file header"));
  MAPFILE_ASSIGN_OR_RETURN(
      space.control,
      Part<format::RecordControl>(region, space.header->records_offset, 1,
                                  "record table"));
  MAPFILE_ASSIGN_OR_RETURN(
      space.notify,
      Part<std::uint32_t>(region, space.header->notify_offset,
                          format::kNotifyWords, "notification page"));
  MAPFILE_ASSIGN_OR_RETURN(
      space.writers,
      Part<format::WriterSlot>(region, space.header->writers_offset,
                               format::kWriterSlots, "writer slots"));
  space.heap_offset = space.header->heap_offset;
  space.hash_seed = space.header->hash_seed;
  return space;
}

std::optional<Block> Block::At(const Region& region, std::uint64_t offset) {
  if (offset % 64 != 0 ||
      !region.Contains(offset, sizeof(format::RecordHeader))) {
    return std::nullopt;
  }
  std::byte* const base = region.base() + offset;
  Block block;
  block.offset = offset;
  block.header = reinterpret_cast<format::RecordHeader*>(base);
  // Relaxed: the shape never changes once an offset leads here.
  block.slot_count = LoadRelaxed(block.header->slots);
  block.name_capacity = LoadRelaxed(block.header->name_capacity);
  if (block.slot_count < format::kMinSlots ||
      block.slot_count > format::kMaxSlots ||
      !IsNameCapacity(block.name_capacity) ||
      !region.Contains(offset, Size(block.slot_count, block.name_capacity))) {
    return std::nullopt;
  }
  block.slots = reinterpret_cast<format::SlotHeader*>(
      base + sizeof(format::RecordHeader));
  block.name = reinterpret_cast<std::byte*>(block.slots + block.slot_count);
  return block;
}

tl::unexpected<Error> Removed() {
  return Fail(Code::kNotFound, "the record was removed");
}

Result<Block> Resolve(const Space& space, RecordId id) {
  const std::optional<Block> block = Block::At(*space.region, id.offset);
  if (!block) {
    return Fail(Code::kCorrupt,
                "no record can lie at offset " + std::to_string(id.offset));
  }
  if (block->incarnation() != id.incarnation || !IsLive(id.incarnation)) {
    return Removed();
  }
  return *block;
}

Result<std::span<std::byte>> Bytes(const Space& space, std::uint64_t offset,
                                   std::uint64_t size) {
  if (!space.region->Contains(offset, size)) {
    return Fail(Code::kCorrupt, std::to_string(size) + " bytes at offset " +
                                    std::to_string(offset) +
                                    " lie outside of the file");
  }
  return std::span<std::byte>(space.region->base() + offset, size);
}

Result<std::span<std::byte>> AlignedBytes(const Space& space,
                                          std::uint64_t offset,
                                          std::uint64_t size) {
  if (offset % 64 == 0) return Bytes(space, offset, size);
  return Fail(Code::kCorrupt, "its value is not aligned");
}

}  // namespace mapfile::record
