#include "lib/base/region.h"

#include <doctest/doctest.h>

#include <cstring>
#include <vector>

namespace mapfile {
namespace {

// A region that moves when it grows, and may be made longer by others.
class MovingRegion : public Region {
 public:
  MovingRegion() : Region(first_, 64) {}
  void MoveTo(std::byte* base, std::uint64_t size) {
    SetBase(base);
    SetSize(size);
  }
  void Refresh() const override {
    ++refreshes;
    if (others_size > size()) {
      const_cast<MovingRegion*>(this)->SetSize(others_size);
    }
  }
  alignas(64) std::byte first_[256] = {};
  std::uint64_t others_size = 0;
  mutable int refreshes = 0;
};

TEST_CASE("what lies inside, and what doesn't, however large the numbers") {
  alignas(64) std::byte bytes[64];
  const Region region(bytes);
  const std::uint64_t most = ~std::uint64_t{0};
  CHECK(region.Contains(0, 64));
  CHECK(region.Contains(64, 0));
  CHECK(region.Contains(63, 1));
  CHECK(!region.Contains(0, 65));
  CHECK(!region.Contains(64, 1));
  CHECK(!region.Contains(65, 0));
  CHECK(!region.Contains(1, most));
  CHECK(!region.Contains(most, 1));
  CHECK(!region.Contains(most, most));
  CHECK(!region.Contains(most - 7, 8));
}

TEST_CASE("an object is found where it lies inside and aligned") {
  alignas(64) std::byte bytes[64];
  const Region region(bytes);
  CHECK(region.At<std::uint64_t>(8) ==
        reinterpret_cast<std::uint64_t*>(bytes + 8));
  CHECK(region.At<std::uint64_t>(56) != nullptr);
  CHECK(region.At<std::uint64_t>(57) == nullptr);
  CHECK(region.At<std::uint64_t>(4) == nullptr);
  CHECK(region.At<std::uint32_t>(4) != nullptr);
  CHECK(region.At<std::uint64_t>(64) == nullptr);
  CHECK(region.At<std::uint64_t>(~std::uint64_t{7}) == nullptr);
}

TEST_CASE("growth by others is looked for only where bytes seem outside") {
  MovingRegion region;
  CHECK(region.Contains(0, 64));
  CHECK(region.refreshes == 0);
  region.others_size = 128;
  CHECK(region.Contains(0, 128));
  CHECK(region.refreshes == 1);
  CHECK(region.At<std::uint64_t>(120) != nullptr);
  CHECK(region.refreshes == 1);
  CHECK(!region.Contains(0, 129));
}

TEST_CASE("a pointer's offset, also from before the region moved") {
  MovingRegion region;
  std::byte elsewhere[256];
  std::byte* const old = region.base();
  CHECK(region.OffsetOf(old + 5) == 5u);
  CHECK(!region.OffsetOf(old + 64));
  CHECK(!region.OffsetOf(old - 1));
  region.MoveTo(elsewhere, 256);
  CHECK(region.base() == elsewhere);
  CHECK(region.OffsetOf(elsewhere + 200) == 200u);
  CHECK(region.OffsetOf(old + 5) == 5u);
  CHECK(!region.OffsetOf(old + 64));
  CHECK(!region.OffsetOf(nullptr));
  // To the same place is no move.
  region.MoveTo(elsewhere, 256);
  CHECK(region.OffsetOf(old + 5) == 5u);
}

TEST_CASE("a region that can't grow says what it has and what is needed") {
  std::byte bytes[64];
  Region region(bytes);
  CHECK(region.Grow(10));
  CHECK(region.Grow(64));
  const Status grown = region.Grow(65);
  REQUIRE(!grown);
  CHECK(grown.error().code() == Code::kNoSpace);
  CHECK(grown.error().message().find("64") != std::string::npos);
  CHECK(grown.error().message().find("65") != std::string::npos);
  CHECK(region.size() == 64);
}

}  // namespace
}  // namespace mapfile
