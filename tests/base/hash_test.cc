#include "lib/base/hash.h"

#include <doctest/doctest.h>

#include <set>
#include <span>
#include <string>
#include <vector>

namespace mapfile {
namespace {

std::uint32_t Checksum(std::string_view text) {
  return ChecksumShared(std::as_bytes(std::span(text)));
}

// The names in every file are found by these: they can never change.
TEST_CASE("the hash is XXH3 of 64 bits") {
  CHECK(HashText("", 0) == 0x2d06800538d394c2);
  CHECK(HashText("a", 0) == 0xe6c632b61e964e1f);
  CHECK(HashText("abc", 0) == 0x78af5f94892f3950);
}

TEST_CASE("another seed gives another hash") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const std::size_t size : {1, 8, 20, 200, 300, 2000}) {
      seen.insert(HashText(std::string(size, 'a'), seed));
    }
  }
  CHECK(seen.size() == 600);
}

TEST_CASE("a checksum is the low half of the hash with seed 0") {
  CHECK(Checksum("") == 0x38d394c2);
  CHECK(Checksum("abc") == 0x892f3950);
  std::string text(20000, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[i] = static_cast<char>(i * 31 + i / 256);
  }
  // Around the sizes at which it changes its way, and its pieces end.
  for (const std::size_t size :
       {1,   3,   4,    8,    9,    16,   17,   128,  129,   240,
        241, 256, 1024, 1025, 4095, 4096, 4097, 8192, 12289, 20000}) {
    CAPTURE(size);
    const std::string_view part = std::string_view(text).substr(0, size);
    CHECK(Checksum(part) == static_cast<std::uint32_t>(HashText(part, 0)));
    // Wherever it lies.
    const std::string moved = 'x' + std::string(part);
    CHECK(Checksum(std::string_view(moved).substr(1)) == Checksum(part));
  }
}

TEST_CASE("each flipped bit changes the checksum") {
  std::string text(300, 'a');
  std::set<std::uint32_t> seen{Checksum(text)};
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      text[i] ^= static_cast<char>(1 << bit);
      seen.insert(Checksum(text));
      text[i] ^= static_cast<char>(1 << bit);
    }
  }
  CHECK(seen.size() == 1 + 300 * 8);
}

}  // namespace
}  // namespace mapfile
