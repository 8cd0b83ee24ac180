#include "lib/format/header.h"

#include <doctest/doctest.h>

#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace mapfile::format {
namespace {

constexpr std::uint64_t kSize = 64 << 10;

FileHeader Good() {
  NewFile file;
  file.size = kSize;
  file.max_size = 1 << 20;
  file.creator = "mapfile 1.2.3";
  return MakeHeader(file);
}

Status Check(const FileHeader& header, std::uint64_t file_size = kSize,
             Use use = Use::kWrite) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&header);
  return CheckHeader({bytes, sizeof header}, file_size, use);
}

// "corrupt: not a map file (bad magic)"
std::string Verdict(const std::function<void(FileHeader&)>& damage,
                    Use use = Use::kWrite) {
  FileHeader header = Good();
  damage(header);
  const Status status = Check(header, kSize, use);
  if (status) return "good";
  return std::string(CodeName(status.error().code())) + ": " +
         status.error().message();
}

TEST_CASE("a new header is good") {
  CHECK(Check(Good()));
  CHECK(std::string(Good().creator) == "mapfile 1.2.3");
}

TEST_CASE("files that are none say so") {
  const std::vector<std::byte> nothing;
  CHECK(CheckHeader(nothing, 0, Use::kRead).error().message() ==
        "not a map file (it is empty)");
  std::string text(2000, 'x');
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  CHECK(CheckHeader({bytes, 2000}, 2000, Use::kRead).error().message() ==
        "not a map file (bad magic)");
  const FileHeader header = Good();
  bytes = reinterpret_cast<const std::byte*>(&header);
  const Status cut = CheckHeader({bytes, 100}, 100, Use::kRead);
  CHECK(cut.error().code() == Code::kCorrupt);
  CHECK(cut.error().message().find("truncated") != std::string::npos);
  CHECK(Check(header, kSize - 1).error().message() ==
        "truncated: it should have 65536 bytes and has 65535");
}

TEST_CASE("newer and foreign formats are named") {
  CHECK(Verdict([](auto& h) { h.format_version = 2; })
            .starts_with("unsupported version: has format version 2"));
  CHECK(Verdict([](auto& h) { h.byte_order = 0x04030201; })
            .find("other byte order") != std::string::npos);
  CHECK(Verdict([](auto& h) { h.incompatible_flags = 1; })
            .starts_with("unsupported version"));
  CHECK(Verdict([](auto& h) { h.compatible_flags = ~0ull; }) == "good");
  CHECK(Verdict([](auto& h) { h.read_only_compatible_flags |= 8; })
            .starts_with("read-only"));
  CHECK(Verdict([](auto& h) { h.read_only_compatible_flags |= 8; },
                Use::kRead) == "good");
}

TEST_CASE("each damaged field is an error") {
  const std::function<void(FileHeader&)> damages[] = {
      [](auto& h) { h.byte_order = 0; },
      [](auto& h) { ++h.header_size; },
      [](auto& h) { ++h.record_size; },
      [](auto& h) { ++h.slot_size; },
      [](auto& h) { ++h.writer_size; },
      [](auto& h) { ++h.writer_slots; },
      [](auto& h) { ++h.notify_words; },
      [](auto& h) { ++h.hash_id; },
      [](auto& h) { h.heap_offset += 16; },
      [](auto& h) { h.heap_offset = h.writers_offset; },
      [](auto& h) { h.records_offset = 0; },
      [](auto& h) { h.writers_offset = kSize; },
      [](auto& h) { h.notify_offset = ~0ull; },
      [](auto& h) { h.data_offset = kSize + 4096; },
      [](auto& h) { h.size += 1; },
      [](auto& h) { h.size = 0; },
      [](auto& h) { h.max_size = 4096; },
      [](auto& h) { h.max_size = 1ull << 60; },
  };
  int number = 0;
  for (const auto& damage : damages) {
    ++number;
    CAPTURE(number);
    CHECK(Verdict(damage).starts_with("corrupt: "));
  }
}

TEST_CASE("no bytes are too odd to be judged") {
  std::mt19937 random(5);
  for (int i = 0; i < 100000; ++i) {
    FileHeader header = Good();
    auto* bytes = reinterpret_cast<unsigned char*>(&header);
    for (int flips = 0; flips < 3; ++flips) {
      bytes[random() % sizeof header] ^= 1 << (random() % 8);
    }
    (void)Check(header, random() % (2 * kSize));
  }
}

}  // namespace
}  // namespace mapfile::format
