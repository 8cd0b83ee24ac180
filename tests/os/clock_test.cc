#include "lib/os/clock.h"

#include <doctest/doctest.h>

namespace mapfile::os {
namespace {

TEST_CASE("coarse times are close to fine ones") {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  const std::uint64_t mono = MonotonicNs();
  const std::uint64_t wall = WallNs();
  const CoarseTimes coarse = CoarseNow();
  // However long this process waits between the lines.
  CHECK(coarse.mono_ns + kSecond > mono);
  CHECK(coarse.wall_ns + kSecond > wall);
  CHECK(coarse.mono_ns <= MonotonicNs());
  CHECK(coarse.wall_ns < WallNs() + kSecond);
  CHECK(wall > 1'600'000'000 * kSecond);
}

TEST_CASE("the boot has a name that doesn't change") {
  CHECK(BootId() == BootId());
  CHECK(BootId() != std::array<unsigned char, 16>{});
}

}  // namespace
}  // namespace mapfile::os
