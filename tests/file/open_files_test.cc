// Which open file an address belongs to.
#include <optional>
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Create;
using testing::Must;
using testing::TempDir;

TEST_CASE("an address is found in the file that is mapped there") {
  const TempDir dir(true);
  MapFile a = Create(dir / "a.map");
  MapFile b = Create(dir / "b.map");
  const MapFile again = Must(MapFile::Open(dir / "a.map"));
  for (const MapFile& file : {a, b, again}) {
    const char* const base = static_cast<char*>(file.base_address());
    for (const std::uint64_t at : {std::uint64_t{0}, file.size_bytes() - 1}) {
      const auto found = MapFile::WhichMapFile(base + at);
      REQUIRE(found);
      CHECK(found->base_address() == base);
      CHECK(found->path() == file.path());
    }
  }
  // Reserved, but no byte of the file yet.
  CHECK(!MapFile::WhichMapFile(static_cast<char*>(a.base_address()) +
                               a.size_bytes()));
  CHECK(!MapFile::WhichMapFile(nullptr));
}

TEST_CASE("a file that was closed is found no more") {
  const TempDir dir(true);
  const void* base = nullptr;
  {
    MapFile file = Create(dir / "a.map");
    const MapFile copy = file;
    base = file.base_address();
    Must(file.Close());
    CHECK(!MapFile::WhichMapFile(base));
  }
  CHECK(!MapFile::WhichMapFile(base));
}

TEST_CASE("what was found keeps the file open") {
  const TempDir dir(true);
  std::optional<MapFile> file = Create(dir / "a.map");
  auto found = MapFile::WhichMapFile(file->base_address());
  file.reset();
  REQUIRE(found);
  Must(found->Put("n", 1));
}

TEST_CASE("an address is preferred, and no more than that") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const auto taken = reinterpret_cast<std::uintptr_t>(file.base_address());
  // Taken, and impossible ones: mapped elsewhere.
  for (const std::uintptr_t address : {taken, taken + 1, std::uintptr_t{4096},
                                       UINTPTR_MAX & ~std::uintptr_t{4095}}) {
    MapFile::SetMapAddress(address);
    const auto other = MapFile::Open(dir / "a.map");
    MapFile::SetMapAddress(0);
    REQUIRE(other);
    CHECK(other->base_address() != file.base_address());
    CHECK(other->List());
  }
}

TEST_CASE("threads open, find and close at the same time") {
  const TempDir dir(true);
  const MapFile file = Create(dir / "a.map");
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const MapFile own = Must(MapFile::Open(dir / "a.map"));
        const auto found = MapFile::WhichMapFile(own.base_address());
        if (!found || found->base_address() != own.base_address()) {
          FAIL("not found");
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace mapfile
