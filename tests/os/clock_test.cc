#include "lib/os/clock.h"

#include <doctest/doctest.h>

namespace mapfile::os {
namespace {

TEST_CASE("coarse times are close to fine ones") {
  const CoarseTimes coarse = CoarseNow();
  const std::uint64_t mono = MonotonicNs();
  const std::uint64_t wall = WallNs();
  CHECK(coarse.mono_ns <= mono);
  CHECK(mono - coarse.mono_ns < 1'000'000'000);
  CHECK(wall > 1'600'000'000'000'000'000);
  CHECK(wall - coarse.wall_ns < 1'000'000'000);
}

TEST_CASE("the boot has a name that doesn't change") {
  CHECK(BootId() == BootId());
  CHECK(BootId() != std::array<unsigned char, 16>{});
}

}  // namespace
}  // namespace mapfile::os
