#include "lib/os/random.h"

#include <doctest/doctest.h>
#include <sys/syscall.h>

#include <bit>
#include <cerrno>
#include <set>

#include "tests/support/deny.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

TEST_CASE("numbers use all 64 bits and don't come twice") {
  std::set<std::uint64_t> seen;
  std::uint64_t ones = 0;
  std::uint64_t zeroes = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t bits = RandomBits();
    seen.insert(bits);
    ones |= bits;
    zeroes |= ~bits;
  }
  CHECK(seen.size() == 1000);
  CHECK(ones == ~std::uint64_t{0});
  CHECK(zeroes == ~std::uint64_t{0});
}

TEST_CASE("a kernel without the call gives numbers that differ") {
  testing::Child child([] {
    if (!testing::Deny(SYS_getrandom, ENOSYS)) return 77;
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 100; ++i) seen.insert(RandomBits());
    return seen.size() == 100 ? 0 : 1;
  });
  const int status = child.Wait();
  if (status == 77) {
    MESSAGE("skipped: this system can't deny calls");
    return;
  }
  CHECK(status == 0);
}

}  // namespace
}  // namespace mapfile::os
