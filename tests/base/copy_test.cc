#include "lib/base/copy.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>
#include <vector>

namespace mapfile {
namespace {

TEST_CASE("all bytes are copied, and none beside them") {
  std::vector<char> from(300);
  for (std::size_t i = 0; i < from.size(); ++i) {
    from[i] = static_cast<char>(i + 1);
  }
  for (std::size_t size = 0; size < 130; ++size) {
    for (const std::size_t shift : {0, 1, 3, 8, 63}) {
      CAPTURE(size);
      CAPTURE(shift);
      std::vector<char> to(300, 'x');
      CopyShared(to.data() + shift, from.data() + 7 + shift / 2, size);
      CHECK(std::memcmp(to.data() + shift, from.data() + 7 + shift / 2, size) ==
            0);
      CHECK(std::count(to.begin(), to.begin() + shift, 'x') ==
            static_cast<std::ptrdiff_t>(shift));
      CHECK(to[shift + size] == 'x');
    }
  }
}

TEST_CASE("no bytes need no place") { CopyShared(nullptr, nullptr, 0); }

TEST_CASE("bytes are compared, and a word loaded, at any address") {
  std::vector<unsigned char> shared(40);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    shared[i] = static_cast<unsigned char>(200 + i);
  }
  for (std::size_t at = 0; at < 9; ++at) {
    CAPTURE(at);
    std::vector<unsigned char> mine(shared.begin() + at, shared.end());
    CHECK(EqualShared(shared.data() + at, mine.data(), mine.size()));
    mine.back() ^= 1;
    CHECK(!EqualShared(shared.data() + at, mine.data(), mine.size()));
    CHECK(EqualShared(shared.data() + at, mine.data(), mine.size() - 1));
    std::uint64_t word = 0;
    std::memcpy(&word, shared.data() + at, sizeof(word));
    CHECK(LoadShared(shared.data() + at) == word);
  }
  CHECK(EqualShared(nullptr, nullptr, 0));
}

// Under the thread sanitizer this fails with a mere memcpy.
TEST_CASE("bytes may change meanwhile") {
  std::array<unsigned char, 512> shared{};
  std::thread writer([&] {
    std::array<unsigned char, 512> mine;
    for (int i = 1; i <= 2000; ++i) {
      mine.fill(static_cast<unsigned char>(i));
      CopyShared(shared.data(), mine.data(), shared.size());
    }
  });
  std::array<unsigned char, 512> seen{};
  for (int i = 0; i < 2000; ++i) {
    CopyShared(seen.data(), shared.data(), shared.size());
  }
  writer.join();
  CopyShared(seen.data(), shared.data(), shared.size());
  for (const unsigned char byte : seen) {
    REQUIRE(byte == static_cast<unsigned char>(2000));
  }
}

}  // namespace
}  // namespace mapfile
