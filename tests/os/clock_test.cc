#include "lib/os/clock.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

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

TEST_CASE("both coarse times go on, and in every thread") {
  const CoarseTimes before = CoarseNow();
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  const CoarseTimes after = CoarseNow();
  CHECK(after.mono_ns >= before.mono_ns + 20'000'000);
  CHECK(after.wall_ns != before.wall_ns);
  CoarseTimes others;
  std::thread([&] { others = CoarseNow(); }).join();
  CHECK(others.mono_ns >= after.mono_ns);
  CHECK(others.wall_ns != 0);
}

TEST_CASE("the boot has a name that doesn't change") {
  CHECK(BootId() == BootId());
  CHECK(BootId() != std::array<unsigned char, 16>{});
}

}  // namespace
}  // namespace mapfile::os
