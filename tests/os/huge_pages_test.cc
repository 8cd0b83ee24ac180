#include "lib/os/huge_pages.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace mapfile::os {
namespace {

constexpr std::size_t kHuge = std::size_t{2} << 20;

// Fresh memory that begins in the middle of a huge page.
struct Fresh {
  Fresh()
      : base(
            static_cast<std::byte*>(mmap(nullptr, kSize, PROT_READ | PROT_WRITE,
                                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    REQUIRE(base != MAP_FAILED);
  }
  Fresh(const Fresh&) = delete;
  ~Fresh() { munmap(base, kSize); }

  static constexpr std::size_t kSize = 6 * kHuge;
  std::byte* const base;
};

// Whether the mapping that holds this address was advised: "hg".
bool IsAdvised(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) {
      inside = begin <= wanted && wanted < end;
    } else if (inside && line.starts_with("VmFlags:")) {
      return line.find(" hg") != std::string::npos;
    }
  }
  return false;
}

TEST_CASE("the huge pages inside are asked for, and no byte beside them") {
  const Fresh fresh;
  std::byte* const block = fresh.base + 4096;
  const std::size_t size = 3 * kHuge;
  PreferHugePages(block, size);
  if (!IsAdvised(block + size / 2)) {
    MESSAGE("skipped: this kernel has no huge pages");
    return;
  }
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  const std::size_t first = (kHuge - address % kHuge) % kHuge;
  CHECK(IsAdvised(block + first));
  CHECK(!IsAdvised(fresh.base));
  CHECK(!IsAdvised(block + size));
  block[0] = block[size / 2] = block[size - 1] = std::byte{1};
}

TEST_CASE("a block without a huge page in it is left alone") {
  const Fresh fresh;
  PreferHugePages(fresh.base + 4096, 4096);
  PreferHugePages(fresh.base + 4096, 0);
  PreferHugePages(nullptr, 0);
  CHECK(!IsAdvised(fresh.base + 4096));
}

}  // namespace
}  // namespace mapfile::os
