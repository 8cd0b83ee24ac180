#include "lib/os/futex.h"

#include <doctest/doctest.h>
#include <sys/mman.h>

#include "lib/base/atomic.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

TEST_CASE("a word that has changed doesn't put to sleep") {
  const std::uint32_t word = 1;
  CHECK(FutexWait(&word, 2, kSecond) == FutexResult::kChanged);
  CHECK(FutexWait(&word, 1, 1'000'000) == FutexResult::kTimeout);
}

TEST_CASE("another process wakes, also through a mapping that only reads") {
  const testing::TempDir dir(true);
  auto file = std::fopen((dir / "a").c_str(), "w+");
  REQUIRE(ftruncate(fileno(file), 4096) == 0);
  auto* writable = static_cast<std::uint32_t*>(mmap(
      nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0));
  auto* readable = static_cast<const std::uint32_t*>(
      mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fileno(file), 0));
  testing::Child waker([&] {
    usleep(50000);
    StoreRelease(*writable, 1u);
    FutexWake(writable, 1);
    return 0;
  });
  // By the wake-up, however late: not by the time-out.
  FutexResult last = FutexResult::kChanged;
  while (LoadAcquire(*readable) == 0) {
    last = FutexWait(readable, 0, 50 * kSecond);
  }
  CHECK(last != FutexResult::kTimeout);
  CHECK(waker.Wait() == 0);
  std::fclose(file);
}

}  // namespace
}  // namespace mapfile::os
