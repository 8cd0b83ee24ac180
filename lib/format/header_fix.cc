#include "lib/format/header_fix.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/format/header.h"
#include "lib/format/heap_layout.h"

namespace mapfile::format {
namespace {

constexpr std::uint64_t kLargestFile = 1ull << 48;
constexpr std::uint64_t kUsualLimit = 1ull << 30;

std::uint64_t RoundUp(std::uint64_t size) {
  return (size + kPageSize - 1) / kPageSize * kPageSize;
}

template <class T>
std::optional<T> Fetch(const Region& region, std::uint64_t offset) {
  const auto* from = region.At<T>(offset);
  if (from == nullptr) return std::nullopt;
  T value;
  CopyShared(&value, from, sizeof value);
  return value;
}

bool IsHeap(const Region& region, std::uint64_t offset) {
  const auto control = Fetch<HeapControl>(region, offset);
  return control && offset % kPageSize == 0 &&
         std::memcmp(control->magic, kHeapMagic, sizeof kHeapMagic) == 0;
}

class Judge {
 public:
  Judge(const Region& region, const FileHeader& header)
      : region_(region), judged_{header, {}} {}

  JudgedHeader Run() && {
    JudgeConstants();
    JudgePlaces();
    JudgeSize();
    JudgeLimit();
    JudgeState();
    return std::move(judged_);
  }

  void Wrong(const void* field, std::string message, std::string fix) {
    const auto offset = static_cast<std::uint64_t>(
        static_cast<const std::byte*>(field) -
        reinterpret_cast<const std::byte*>(&judged_.header));
    judged_.faults.push_back({offset, std::move(message), std::move(fix)});
  }

  // The field must be `right`.
  template <class T>
  void Must(const char* name, T& field, std::uint64_t right) {
    if (field == right) return;
    Wrong(&field,
          std::string(name) + " is " + std::to_string(field) + ", and not " +
              std::to_string(right),
          std::string(name) + " is " + std::to_string(right));
    field = static_cast<T>(right);
  }

  FileHeader& header() { return judged_.header; }

 private:
  void JudgeConstants();
  void JudgePlaces();
  void JudgeSize();
  void JudgeLimit();
  void JudgeState();
  std::uint64_t ProvenSize() const;

  const Region& region_;
  JudgedHeader judged_;
};

// Version 1 knows no other values.
void Judge::JudgeConstants() {
  FileHeader& h = header();
  if (std::memcmp(h.magic, kMagic, sizeof kMagic) != 0) {
    Wrong(&h.magic, "its magic is damaged", "the magic is that of a map file");
    std::memcpy(h.magic, kMagic, sizeof kMagic);
  }
  Must("byte_order", h.byte_order, kByteOrderMark);
  Must("header_size", h.header_size, sizeof(FileHeader));
  Must("record_size", h.record_size, sizeof(RecordHeader));
  Must("slot_size", h.slot_size, sizeof(SlotHeader));
  Must("writer_size", h.writer_size, sizeof(WriterSlot));
  Must("writer_slots", h.writer_slots, kWriterSlots);
  Must("notify_words", h.notify_words, kNotifyWords);
  Must("hash_id", h.hash_id, kHashXxh3);
}

// Its parts lie where every program of this version puts them, or else they
// were all put elsewhere: one that is out of line was damaged.
void Judge::JudgePlaces() {
  struct Place {
    const char* name;
    std::uint64_t& offset;
    std::uint64_t usual;
  };
  FileHeader& h = header();
  Place places[] = {{"heap_offset", h.heap_offset, kHeapOffset},
                    {"records_offset", h.records_offset, kRecordsOffset},
                    {"writers_offset", h.writers_offset, kWritersOffset},
                    {"notify_offset", h.notify_offset, kNotifyOffset},
                    {"data_offset", h.data_offset, kDataOffset}};
  const auto usual = std::count_if(
      std::begin(places), std::end(places),
      [](const Place& place) { return place.offset == place.usual; });
  const bool is_usual = usual >= 3 || !IsHeap(region_, h.heap_offset);
  if (!is_usual) return;
  for (const Place& place : places) Must(place.name, place.offset, place.usual);
}

// The size that the heap's end mark proves; 0: there is none in the file.
std::uint64_t Judge::ProvenSize() const {
  const auto control = Fetch<HeapControl>(region_, judged_.header.heap_offset);
  if (!control || control->end_offset < sizeof(BlockHeader)) return 0;
  const std::uint64_t at = control->end_offset - sizeof(BlockHeader);
  const auto mark = Fetch<BlockHeader>(region_, at);
  const bool holds = mark &&
                     SizeWord::Seal(at, mark->size_word) == mark->size_word &&
                     SizeWord::Kind(mark->size_word) == kEndKind;
  return holds ? RoundUp(control->end_offset) : 0;
}

void Judge::JudgeSize() {
  FileHeader& h = header();
  const std::uint64_t proven = ProvenSize();
  const bool possible = h.size % kPageSize == 0 && h.size >= proven &&
                        h.size >= kDataOffset + kPageSize &&
                        h.size <= kLargestFile;
  if (possible && h.size <= region_.size()) return;
  // A file that ends before it should, or a size that is wrong?
  if (proven != 0 && proven <= RoundUp(region_.size())) {
    Must("size", h.size, proven);
    return;
  }
  if (possible) {
    Wrong(&h.size,
          "truncated: it should have " + std::to_string(h.size) +
              " bytes and has " + std::to_string(region_.size()),
          "");
    return;
  }
  Wrong(&h.size, "size is " + std::to_string(h.size) + ", which can't be", "");
  h.size = std::max(RoundUp(region_.size()), kDataOffset + kPageSize);
}

void Judge::JudgeLimit() {
  FileHeader& h = header();
  if (h.max_size % kPageSize == 0 && h.max_size >= h.size &&
      h.max_size <= kLargestFile) {
    return;
  }
  const std::uint64_t limit = std::max(h.size, kUsualLimit);
  Wrong(&h.max_size,
        "max_size is " + std::to_string(h.max_size) + ", which can't be",
        "max_size is " + std::to_string(limit) + ", the usual one");
  h.max_size = limit;
}

void Judge::JudgeState() {
  FileHeader& h = header();
  if (h.state != kStateOpen && h.state != kStateClosed) {
    Must("state", h.state, kStateOpen);
  }
  if (!ReplacedWord::IsValid(h.replaced))
    Must("replaced", h.replaced, kNotReplaced);
}

// Whether the bytes are a map file's although its magic isn't.
bool LooksLikeOne(const Region& region, const FileHeader& header) {
  return IsHeap(region, kHeapOffset) &&
         header.header_size == sizeof(FileHeader) &&
         header.format_version == kFormatVersion;
}

}  // namespace

Result<JudgedHeader> JudgeHeader(const Region& region) {
  const std::uint64_t size = region.size();
  std::byte bytes[sizeof(FileHeader)] = {};
  const auto known = std::min<std::uint64_t>(size, sizeof bytes);
  CopyShared(bytes, region.base(), known);
  FileHeader header;
  std::memcpy(&header, bytes, sizeof header);
  const bool is_one = LooksLikeOne(region, header);
  Status good =
      CheckHeader(std::span<const std::byte>(bytes, known), size, Use::kRead);
  if (!good && good.error().code() == Code::kVersion) {
    return Fail(std::move(good).error());
  }
  const bool has_magic = std::memcmp(header.magic, kMagic, sizeof kMagic) == 0;
  if (!good && !is_one && (!has_magic || size < sizeof header)) {
    return Fail(std::move(good).error());
  }
  if (header.format_version != kFormatVersion ||
      header.incompatible_flags != 0) {
    return Fail(Code::kVersion, "has format version " +
                                    std::to_string(header.format_version) +
                                    ", which this program can't read");
  }
  return Judge(region, header).Run();
}

}  // namespace mapfile::format
