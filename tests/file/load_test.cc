// Reading records, by name, in order, and from their history.
#include "lib/format/layout.h"
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

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map");
  MapFile reader = Must(MapFile::Open(dir / "a.map"));
};

TEST_CASE_FIXTURE(Fixture, "a version can be read while it is kept") {
  AddOptions four;
  four.slots = 4;
  const Generation first = Must(file.Put("n", 10, {.add = four}));
  for (int i = 1; i < 4; ++i) Must(file.Put("n", 10 + i));
  for (std::uint64_t i = 0; i < 4; ++i) {
    const RawValue raw = Must(reader.GetRaw("n", first + i));
    CHECK(raw.version.generation == first + i);
    REQUIRE(raw.bytes.size() == 4);
    CHECK(std::to_integer<unsigned>(raw.bytes[0]) == 10 + i);
  }
  Must(file.Put("n", 14));
  CHECK(CodeOf(reader.GetRaw("n", first)) == Code::kNotFound);
  CHECK(CodeOf(reader.GetRaw("n", first + 9)) == Code::kNotFound);
  CHECK(Must(reader.GetRaw("n")).version.generation == first + 4);
}

TEST_CASE_FIXTURE(Fixture, "what was seen is told with the value") {
  const Generation put = Must(file.Put("n", 1.5));
  VersionInfo seen;
  CHECK(Must(reader.Get<double>("n", &seen)) == 1.5);
  CHECK(seen.generation == put);
  CHECK(seen.size_bytes == 8);
  CHECK(seen.wall_ns > 1'500'000'000'000'000'000);
  CHECK(seen.age_ns < 600'000'000'000);
}

TEST_CASE_FIXTURE(Fixture, "records are walked in order, though some vanish") {
  CHECK(CodeOf(reader.First()) == Code::kNotFound);
  CHECK(CodeOf(reader.Last()) == Code::kNotFound);
  for (const char* name : {"c", "a", "b"}) Must(file.Put(name, 1));
  const Record first = Must(reader.First());
  const Record second = Must(first.Next());
  CHECK(second.name() == "a");
  Must(file.Remove("b"));
  CHECK(CodeOf(second.Next()) == Code::kNotFound);
  CHECK(Must(reader.Last()).name() == "a");
  Must(file.Remove("a"));
  CHECK(CodeOf(second.Next()) == Code::kNotFound);
  Must(file.Put("a", 2));
  CHECK(Must(reader.Records()).size() == 2);
  CHECK(Must(first.Next()).name() == "a");
}

TEST_CASE_FIXTURE(Fixture, "a list taken under a storm has what stayed") {
  Must(file.Put("stays/1", 1));
  Must(file.Put("stays/2", 1));
  Child storm([&] {
    MapFile own = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
    for (int i = 0;; ++i) {
      const std::string name = "storm" + std::to_string(i % 70);
      if (i % 140 < 70 ? !own.Put(name, i) : !own.Remove(name)) return 1;
    }
  });
  for (int i = 0; i < 300; ++i) {
    REQUIRE(Must(reader.List("stays")).size() == 2);
    REQUIRE(Must(reader.Records()).size() >= 2);
    REQUIRE(Must(reader.First()).name() == "stays/1");
    REQUIRE(reader.Get<int>("stays/2"));
  }
  CHECK(storm.Kill() == -SIGKILL);
}

TEST_CASE_FIXTURE(Fixture, "a type that isn't there is Corrupt, and named") {
  Must(file.Put("n", 1));
  const auto find = [&](std::uint64_t offset) {
    return static_cast<format::RecordControl*>(Must(file.AddressOf(offset)));
  };
  find(format::kRecordsOffset)->type_first_offset = 0;
  const auto got = reader.Get<int>("n");
  CHECK(CodeOf(got) == Code::kCorrupt);
  CHECK(Has(MessageOf(got), "type"));
  CHECK(CodeOf(reader.GetRaw("n")) == Code::kCorrupt);
  // It is listed all the same.
  CHECK(Must(reader.List()).size() == 1);
}

}  // namespace
}  // namespace mapfile
