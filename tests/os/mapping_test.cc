#include "lib/os/mapping.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>

#include "lib/base/copy.h"
#include "tests/support/process.h"
#include "tests/support/sanitizer.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

constexpr std::uint64_t kPage = 4096;

File NewFile(const TempDir& dir, std::uint64_t size) {
  auto file = File::CreateUnnamed(dir / "a", 0600);
  REQUIRE(file);
  REQUIRE(file->Allocate(0, size));
  return *std::move(file);
}

Mapping::Options Writable(std::uint64_t size, std::uint64_t max_size) {
  return {.access = Access::kReadWrite, .size = size, .max_size = max_size};
}

TEST_CASE("growing never moves what is mapped") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const File file = NewFile(dir, kPage);
    const auto mapping = *Mapping::Map(file, Writable(kPage, 1 << 20));
    std::byte* const base = mapping->base();
    CHECK(mapping->size() == kPage);
    REQUIRE(mapping->Grow(1 << 20));
    CHECK(mapping->base() == base);
    base[(1 << 20) - 1] = std::byte{1};
    const Status over = mapping->Grow((1 << 20) + 1);
    CHECK(over.error().code() == Code::kNoSpace);
    CHECK(over.error().message().find("limit") != std::string::npos);
  }
}

TEST_CASE("another process's growth is taken notice of") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const auto reader = *Mapping::Map(
      file, {.access = Access::kRead, .size = kPage, .max_size = 1 << 20});
  Child child([&] {
    const auto writer = *Mapping::Map(file, Writable(kPage, 1 << 20));
    if (!writer->Grow(3 * kPage)) return 1;
    writer->base()[2 * kPage] = std::byte{7};
    return 0;
  });
  REQUIRE(child.Wait() == 0);
  CHECK(!reader->Contains(2 * kPage, 1));
  REQUIRE(reader->Extend(3 * kPage));
  CHECK(reader->base()[2 * kPage] == std::byte{7});
  CHECK(reader->Extend(4 * kPage).error().code() == Code::kCorrupt);
}

TEST_CASE("a preferred address is used if it is free, else not") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  auto options = Writable(kPage, 1 << 20);
  // An address that the system has just shown to be free.
  void* const free_place =
      mmap(nullptr, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(free_place, 1 << 20);
  options.address = reinterpret_cast<std::uintptr_t>(free_place);
  const auto first = *Mapping::Map(file, options);
  CHECK(first->base() == free_place);
  const auto second = *Mapping::Map(file, options);
  CHECK(second->base() != free_place);
  first->base()[5] = std::byte{5};
  CHECK(second->base()[5] == std::byte{5});
}

TEST_CASE("where address space is limited it grows beside itself" *
          doctest::skip(testing::kSanitizer)) {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  Child child([&] {
    const rlimit limit{256 << 20, 256 << 20};
    setrlimit(RLIMIT_AS, &limit);
    auto mapped = Mapping::Map(file, Writable(kPage, std::uint64_t{1} << 40));
    if (!mapped) return 1;
    Mapping& mapping = **mapped;
    std::byte* const old = mapping.base();
    old[1] = std::byte{1};
    if (!mapping.Grow(64 * kPage)) return 2;
    mapping.base()[63 * kPage] = std::byte{2};
    // The old place still leads to the same bytes.
    if (mapping.base()[1] != std::byte{1}) return 3;
    old[2] = std::byte{3};
    if (mapping.base()[2] != std::byte{3}) return 4;
    if (mapping.OffsetOf(old + 2) != 2u) return 5;
    const Status grown = mapping.Grow(std::uint64_t{1} << 30);
    return !grown && grown.error().code() == Code::kNoSpace ? 0 : 6;
  });
  CHECK(child.Wait() == 0);
}

TEST_CASE("a truncated file poisons the mapping and kills nobody") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const File file = NewFile(dir, 16 * kPage);
    const auto mapping = *Mapping::Map(file, Writable(16 * kPage, 1 << 20));
    mapping->base()[15 * kPage] = std::byte{1};
    CHECK(!mapping->poisoned());
    REQUIRE(ftruncate(file.fd(), kPage) == 0);
    char copy[64];
    CopyShared(copy, mapping->base() + 15 * kPage, sizeof copy);
    CHECK(mapping->poisoned());
    CHECK(copy[0] == 0);
  }
}

TEST_CASE("a child of fork doesn't have the mapping") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const auto mapping = *Mapping::Map(file, Writable(kPage, 1 << 20));
  Child child([&] {
    unsigned char resident = 0;
    return mincore(mapping->base(), kPage, &resident) == 0 ? 1 : 0;
  });
  CHECK(child.Wait() == 0);
}

}  // namespace
}  // namespace mapfile::os
