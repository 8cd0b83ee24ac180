#include "lib/record/space.h"

#include <bit>
#include <string>

#include "lib/base/try.h"

namespace mapfile::record {
namespace {

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

bool IsEmpty(const Block& block) {
  const format::RecordHeader& header = *block.header;
  std::uint64_t words = LoadRelaxed(header.published) |
                        LoadRelaxed(header.attributes_offset) |
                        LoadRelaxed(header.title_offset);
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    words |= LoadRelaxed(block.slots[i].stamp);
    words |= LoadRelaxed(block.slots[i].offset);
  }
  return words == 0;
}

tl::unexpected<Error> Removed() {
  return Fail(Code::kNotFound, "the record was removed");
}

Status NotThere(const Space& space, RecordId id) {
  if (Block::At(*space.region, id.offset)) return Removed();
  return Fail(Code::kCorrupt,
              "no record can lie at offset " + std::to_string(id.offset));
}

tl::unexpected<Error> Outside(std::uint64_t offset, std::uint64_t size) {
  return Fail(Code::kCorrupt, std::to_string(size) + " bytes at offset " +
                                  std::to_string(offset) +
                                  " lie outside of the file");
}

tl::unexpected<Error> Unaligned() {
  return Fail(Code::kCorrupt, "its value is not aligned");
}

}  // namespace mapfile::record
