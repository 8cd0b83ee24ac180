// Mappings of one file that grows, at several addresses.
#include "lib/file/file_region.h"

#include <fcntl.h>

#include "lib/base/atomic.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

std::vector<double> Numbers(std::size_t count, double value) {
  return std::vector<double>(count, value);
}

TEST_CASE("a writer goes on after another one has made the file longer") {
  const TempDir dir(true);
  MapFile a = Create(dir / "a.map");
  MapFile b = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
  REQUIRE(a.base_address() != b.base_address());
  Must(b.Put("small", 1.0));
  std::size_t count = 100'000;
  for (int round = 0; round < 4; ++round, count *= 2) {
    Must(a.Put("big", Numbers(count, round)));
    // What b does meets a heap that ends behind what it has mapped so far.
    switch (round) {
      case 0: Must(b.Put("small", 2.0)); break;
      case 1: Must(b.Put("added", 3.0)); break;
      case 2: Must(b.Remove("small")); break;
      default: CHECK(Must(b.heap().Stats()).used_bytes > count * 8);
    }
    CHECK(Must(b.Get<std::vector<double>>("big")) == Numbers(count, round));
  }
  CHECK(b.size_bytes() == a.size_bytes());
}

TEST_CASE("a reader follows the growth of another process") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  {
    MapFile file = Create(path);
    Must(file.Put("n", std::vector<double>{0}));
  }
  const MapFile reader = Must(MapFile::Open(path));
  const std::uint64_t before = reader.size_bytes();
  Child writer([&] {
    auto file = MapFile::Open(path, {.mode = Mode::kUpdate});
    if (!file) return 1;
    for (int i = 1; i <= 60; ++i) {
      if (!file->Put("n", Numbers(static_cast<std::size_t>(i) * 4000, i))) {
        return 2;
      }
      if (!file->Put("r" + std::to_string(i), Numbers(500, i))) return 3;
    }
    return 0;
  });
  double last = 0;
  while (last < 60) {
    const auto seen = Must(reader.Get<std::vector<double>>("n"));
    REQUIRE(seen.back() >= last);
    REQUIRE(seen == Numbers(seen.size(), seen.front()));
    last = seen.back();
    (void)Must(reader.List());
    (void)Must(reader.Info());
  }
  CHECK(writer.Wait() == 0);
  CHECK(Must(reader.Get<std::vector<double>>("r60")) == Numbers(500, 60));
  CHECK(reader.size_bytes() > before);
}

TEST_CASE("the limit ends growth and nothing is lost") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map", {.max_size_bytes = 256_KiB});
  Must(file.Put("a", Numbers(100, 1)));
  const auto refused = file.Put("a", Numbers(100'000, 2));
  CHECK(CodeOf(refused) == Code::kNoSpace);
  CHECK(Has(MessageOf(refused), "larger limit"));
  CHECK(Must(file.Get<std::vector<double>>("a")) == Numbers(100, 1));
  CHECK(file.size_bytes() <= 256_KiB);
  Must(file.Put("a", Numbers(1000, 3)));
  CHECK(Must(file.heap().Check()).empty());
}

// Opened below MapFile, to get at the words of the header.
struct Mapped {
  os::File file;
  std::unique_ptr<file::FileRegion> region;

  Mapped(const std::string& path, os::Access access)
      : file(Must(os::File::Open(path, access))) {
    region = Must(file::FileRegion::Map(
        file, {.access = access, .size = 48_KiB, .max_size = 1_MiB},
        format::kWritersOffset));
  }
};

TEST_CASE("a size that the file doesn't have isn't believed") {
  const TempDir dir(true);
  { const MapFile file = Create(dir / "a.map", {.max_size_bytes = 1_MiB}); }
  const Mapped mapped(dir / "a.map", os::Access::kReadWrite);
  const std::uint64_t size = mapped.region->size();
  StoreRelease(mapped.region->header().size, std::uint64_t{512 << 10});
  CHECK(!mapped.region->Contains(size, 1));
  StoreRelease(mapped.region->header().size, UINT64_MAX & ~std::uint64_t{4095});
  CHECK(!mapped.region->Contains(size, 1));
  CHECK(mapped.region->size() == size);
}

TEST_CASE("the places of writers are those of the file when it was mapped") {
  const TempDir dir(true);
  { const MapFile file = Create(dir / "a.map", {.max_size_bytes = 1_MiB}); }
  const Mapped mapped(dir / "a.map", os::Access::kReadWrite);
  const auto* const writers = mapped.region->writers().data();
  for (const std::uint64_t hostile : {std::uint64_t{1}, UINT64_MAX}) {
    StoreRelease(mapped.region->header().writers_offset, hostile);
    CHECK(mapped.region->writers().size() == format::kWriterSlots);
    CHECK(mapped.region->writers().data() == writers);
    CHECK(CodeOf(file::FileRegion::Map(
              mapped.file, {.size = 48_KiB, .max_size = 1_MiB}, hostile)) ==
          Code::kCorrupt);
  }
}

TEST_CASE("one page is written, of a mapping that is only read") {
  const TempDir dir(true);
  { const MapFile file = Create(dir / "a.map", {.max_size_bytes = 1_MiB}); }
  const Mapped writer(dir / "a.map", os::Access::kReadWrite);
  const Mapped reader(dir / "a.map", os::Access::kRead);
  const auto word = [](const Mapped& mapped, int number) {
    return reinterpret_cast<std::uint32_t*>(mapped.region->base() +
                                            format::kNotifyOffset + number * 4);
  };
  for (const int number : {0, 1, 1023}) {
    CAPTURE(number);
    std::uint32_t* const own =
        reader.region->WritableNotifyWord(word(reader, number));
    REQUIRE(own != nullptr);
    CHECK(own != word(reader, number));
    StoreRelaxed(*own, 77u);
    CHECK(LoadRelaxed(*word(writer, number)) == 77);
  }
  CHECK(writer.region->WritableNotifyWord(word(writer, 5)) == word(writer, 5));
}

}  // namespace
}  // namespace mapfile
