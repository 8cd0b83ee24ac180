#include "lib/format/header_fix.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "lib/format/header.h"
#include "lib/format/heap_layout.h"

namespace mapfile::format {
namespace {

constexpr std::uint64_t kSize = kDataOffset + 4 * kPageSize;

struct alignas(kPageSize) Page {
  std::byte bytes[kPageSize];
};

// A file whose heap ends with its last byte, as the end mark there proves.
class Bytes {
 public:
  Bytes() : pages_(kSize / kPageSize) {
    NewFile file;
    file.size = kSize;
    file.max_size = 1 << 20;
    At<FileHeader>(0) = MakeHeader(file);
    auto& control = At<HeapControl>(kHeapOffset);
    std::memcpy(control.magic, kHeapMagic, sizeof kHeapMagic);
    control.end_offset = kSize;
    constexpr std::uint64_t kMark = kSize - sizeof(BlockHeader);
    At<BlockHeader>(kMark).size_word = SizeWord::Make(kMark, 0, 0, kEndKind);
  }

  FileHeader& header() { return At<FileHeader>(0); }
  template <class T>
  T& At(std::uint64_t offset) {
    return *reinterpret_cast<T*>(base() + offset);
  }
  Result<JudgedHeader> Judge(std::uint64_t size = kSize) {
    return JudgeHeader(Region(base(), size));
  }

 private:
  std::byte* base() { return reinterpret_cast<std::byte*>(pages_.data()); }

  std::vector<Page> pages_;
};

struct Case {
  std::function<void(FileHeader& header)> damage;
  std::size_t offset;
  const char* message;
  const char* fix;
};

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {[](FileHeader& h) { h.magic[3] ^= 1; }, 0, "its magic is damaged",
       "the magic is that of a map file"},
      {[](FileHeader& h) { h.byte_order = 1; },
       offsetof(FileHeader, byte_order), "byte_order is 1, and not ",
       "byte_order is "},
      {[](FileHeader& h) { h.writer_slots = 7; },
       offsetof(FileHeader, writer_slots), "writer_slots is 7, and not 64",
       "writer_slots is 64"},
      {[](FileHeader& h) { h.notify_offset += 8; },
       offsetof(FileHeader, notify_offset), "notify_offset is ",
       "notify_offset is "},
      {[](FileHeader& h) { h.size = 1ull << 60; }, offsetof(FileHeader, size),
       "size is 1152921504606846976, and not ", "size is "},
      {[](FileHeader& h) { h.max_size = 12; }, offsetof(FileHeader, max_size),
       "max_size is 12, which can't be", "max_size is 1073741824"},
      {[](FileHeader& h) { h.state = 9; }, offsetof(FileHeader, state),
       "state is 9, and not ", "state is "},
  };
  return cases;
}

TEST_CASE("a good header has no faults") {
  Bytes bytes;
  const auto judged = bytes.Judge();
  REQUIRE(judged);
  CHECK(judged->faults.empty());
  CHECK(std::memcmp(&judged->header, &bytes.header(), sizeof(FileHeader)) == 0);
}

TEST_CASE("each field that the rest of the file proves is named and mended") {
  Bytes good;
  for (const Case& damaged : Cases()) {
    CAPTURE(damaged.message);
    Bytes bytes;
    damaged.damage(bytes.header());
    const auto judged = bytes.Judge();
    REQUIRE(judged);
    REQUIRE(judged->faults.size() == 1);
    const HeaderFault& fault = judged->faults[0];
    CHECK(fault.offset == damaged.offset);
    CHECK(fault.message.starts_with(damaged.message));
    CHECK(fault.fix.starts_with(damaged.fix));
    // What is known again is as before; the limit is a guess.
    if (damaged.offset == offsetof(FileHeader, max_size)) continue;
    CHECK(std::memcmp(&judged->header, &good.header(), sizeof(FileHeader)) ==
          0);
  }
}

TEST_CASE("a file that was cut off has a fault without a fix") {
  Bytes bytes;
  const auto judged = bytes.Judge(kSize - kPageSize);
  REQUIRE(judged);
  REQUIRE(judged->faults.size() == 1);
  CHECK(judged->faults[0].message.starts_with("truncated: "));
  CHECK(judged->faults[0].fix.empty());
  CHECK(judged->header.size == kSize);
}

TEST_CASE("what is no map file, or of another format, isn't judged") {
  Bytes newer;
  newer.header().format_version = kFormatVersion + 1;
  CHECK(newer.Judge().error().code() == Code::kVersion);
  Bytes other;
  other.header().magic[0] ^= 1;
  other.At<HeapControl>(kHeapOffset).magic[0] ^= 1;
  CHECK(other.Judge().error().code() == Code::kCorrupt);
  CHECK(other.Judge(10).error().code() == Code::kCorrupt);
  CHECK(other.Judge(0).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::format
