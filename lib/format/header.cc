#include "lib/format/header.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "lib/base/try.h"
#include "lib/format/heap_layout.h"

namespace mapfile::format {
namespace {

constexpr std::uint64_t kLargestFile = 1ull << 48;
constexpr std::uint64_t kKnownReadOnlyFlags = kDurable;

tl::unexpected<Error> Damaged(const std::string& what) {
  return Fail(Code::kCorrupt, "damaged header: " + what);
}

// A part of the file, as the header says where it lies.
struct Part {
  const char* name;
  std::uint64_t offset;
  std::uint64_t size;
  std::uint64_t align;
};

Status CheckMagic(std::span<const std::byte> bytes, std::uint64_t file_size) {
  if (file_size == 0) {
    return Fail(Code::kCorrupt, "not a map file (it is empty)");
  }
  const std::size_t size = std::min(bytes.size(), sizeof kMagic);
  if (std::memcmp(bytes.data(), kMagic, size) != 0) {
    return Fail(Code::kCorrupt, "not a map file (bad magic)");
  }
  if (bytes.size() >= sizeof(FileHeader)) return {};
  return Fail(Code::kCorrupt, "truncated: it has " +
                                  std::to_string(file_size) +
                                  " bytes, less than its header");
}

Status CheckVersion(const FileHeader& header) {
  if (header.byte_order == __builtin_bswap32(kByteOrderMark)) {
    return Fail(Code::kVersion,
                "written with the other byte order; only little-endian files "
                "can be read");
  }
  if (header.byte_order != kByteOrderMark) return Damaged("no byte order");
  if (header.format_version == kFormatVersion) return {};
  return Fail(Code::kVersion,
              "has format version " + std::to_string(header.format_version) +
                  ", and this program reads version " +
                  std::to_string(kFormatVersion) + "; use a newer one");
}

Status CheckFlags(const FileHeader& header, Use use) {
  if (header.incompatible_flags != 0) {
    return Fail(Code::kVersion,
                "uses features that this program doesn't know (flags " +
                    std::to_string(header.incompatible_flags) +
                    "); use a newer one");
  }
  const std::uint64_t unknown =
      header.read_only_compatible_flags & ~kKnownReadOnlyFlags;
  if (use == Use::kRead || unknown == 0) return {};
  return Fail(Code::kReadOnly,
              "its writers keep rules that this program doesn't know (flags " +
                  std::to_string(unknown) + "); open it for reading only");
}

Status CheckSizes(const FileHeader& header) {
  if (header.header_size != sizeof(FileHeader) ||
      header.record_size != sizeof(RecordHeader) ||
      header.slot_size != sizeof(SlotHeader) ||
      header.writer_size != sizeof(WriterSlot)) {
    return Damaged("sizes of its structures");
  }
  if (header.writer_slots != kWriterSlots ||
      header.notify_words != kNotifyWords) {
    return Damaged("numbers of writers or notify words");
  }
  if (header.hash_id != kHashXxh3) return Damaged("unknown hash");
  return {};
}

Status CheckExtent(const FileHeader& header, std::uint64_t file_size) {
  if (header.size % kPageSize != 0 || header.max_size % kPageSize != 0 ||
      header.size > header.max_size || header.max_size > kLargestFile) {
    return Damaged("its size");
  }
  if (header.size <= file_size) return {};
  return Fail(Code::kCorrupt, "truncated: it should have " +
                                  std::to_string(header.size) +
                                  " bytes and has " +
                                  std::to_string(file_size));
}

Status CheckParts(const FileHeader& header) {
  std::array<Part, 6> parts = {{
      {"header", 0, sizeof(FileHeader), kPageSize},
      {"record table", header.records_offset, sizeof(RecordControl), 64},
      {"heap", header.heap_offset, kHeapControlSize, kPageSize},
      {"writers", header.writers_offset,
       kWriterSlots * sizeof(WriterSlot), 64},
      {"notify page", header.notify_offset, kPageSize, kPageSize},
      {"data", header.data_offset, kPageSize, kPageSize},
  }};
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.offset < b.offset; });
  std::uint64_t end = 0;
  for (const Part& part : parts) {
    if (part.offset % part.align != 0 || part.offset < end ||
        part.offset > header.size || part.size > header.size - part.offset) {
      return Damaged(std::string("where its ") + part.name + " lies");
    }
    end = part.offset + part.size;
  }
  return {};
}

}  // namespace

FileHeader MakeHeader(const NewFile& file) {
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.byte_order = kByteOrderMark;
  header.format_version = kFormatVersion;
  if (file.durable) header.read_only_compatible_flags |= kDurable;
  header.header_size = sizeof(FileHeader);
  header.record_size = sizeof(RecordHeader);
  header.slot_size = sizeof(SlotHeader);
  header.writer_size = sizeof(WriterSlot);
  header.writer_slots = kWriterSlots;
  header.notify_words = kNotifyWords;
  header.hash_id = kHashXxh3;
  header.hash_seed = file.hash_seed;
  header.heap_offset = kHeapOffset;
  header.records_offset = kRecordsOffset;
  header.writers_offset = kWritersOffset;
  header.notify_offset = kNotifyOffset;
  header.data_offset = kDataOffset;
  header.max_size = file.max_size;
  header.created_ns = file.created_ns;
  file.creator.copy(header.creator, sizeof header.creator - 1);
  header.device = file.device;
  header.inode = file.inode;
  std::copy(file.boot_id.begin(), file.boot_id.end(), header.boot_id);
  header.state = kStateOpen;
  header.size = file.size;
  return header;
}

Status CheckHeader(std::span<const std::byte> bytes, std::uint64_t file_size,
                   Use use) {
  MAPFILE_RETURN_IF_ERROR(CheckMagic(bytes, file_size));
  FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  MAPFILE_RETURN_IF_ERROR(CheckVersion(header));
  MAPFILE_RETURN_IF_ERROR(CheckFlags(header, use));
  MAPFILE_RETURN_IF_ERROR(CheckSizes(header));
  MAPFILE_RETURN_IF_ERROR(CheckExtent(header, file_size));
  return CheckParts(header);
}

}  // namespace mapfile::format
