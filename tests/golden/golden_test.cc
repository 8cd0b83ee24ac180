// Files of released versions open, for ever, with what they held.
#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>

#include "mapfile/text.h"
#include "tests/golden/contents.h"
#include "tests/support/process.h"

namespace mapfile {
namespace {

namespace fs = std::filesystem;

template <class T>
T Must(Result<T> result) {
  REQUIRE_MESSAGE(result.has_value(),
                  (result ? std::string() : result.error().message()));
  return *std::move(result);
}

MapFile OpenGolden(const std::string& name) {
  return Must(MapFile::Open("testdata/v1/" + name));
}

// Every field of both, in words.
void CheckSame(const MapFile& file, std::string_view name,
               const std::string& json) {
  CAPTURE(name);
  CHECK(Must(ToJson(file, Must(file.GetRaw(name)))) == json);
}

TEST_CASE("an empty file") {
  const MapFile file = OpenGolden("empty.map");
  CHECK(file.title() == "golden");
  CHECK(Must(file.Records()).empty());
  CHECK(Must(file.Info()).format_version == 1);
  CHECK(Must(file.Info()).closed_in_order);
  CHECK(file.max_size_bytes() == 1_MiB);
}

TEST_CASE("values of every kind") {
  const MapFile file = OpenGolden("values.map");
  zoo::Everything everything = golden::MakeEverything();
  CHECK(Must(file.Get<zoo::Everything>("everything")) == everything);
  const auto histogram = Must(file.Get<Histogram1D>("energy"));
  const Histogram1D expected = golden::MakeHistogram();
  CHECK(histogram.contents() == expected.contents());
  CHECK(histogram.entries() == 100);
  CHECK(histogram.nans() == 1);
  CHECK(histogram.Mean() == expected.Mean());
  CHECK(histogram.BinError(3) == expected.BinError(3));
  CHECK(histogram.axis().title() == "E [keV]");
  zoo::Node cycle;
  REQUIRE(file.Get("cycle", &cycle));
  CHECK(cycle.next->n == 2);
  CHECK(cycle.next->back == &cycle);
  CHECK(Must(file.Get<zoo::Point>("point")) == zoo::Point{3, 4});
  CHECK(file.Get<double>("removed").error().code() == Code::kNotFound);
}

TEST_CASE("classes that this program doesn't have") {
  const MapFile file = OpenGolden("values.map");
  // zoo::Square isn't registered here.
  CheckSame(file, "a/path/drawing",
            R"({"shapes": [{"$class": "Square", "$id": 1, "label": "big", )"
            R"("side": 3}], "first": null, "second": null, )"
            R"("chosen": {"$ref": 1}, "self": null})");
}

TEST_CASE("history and properties") {
  const MapFile file = OpenGolden("values.map");
  const Record count = Must(file.Find("count"));
  const RecordInfo info = Must(count.Info());
  CHECK(info.updates == 5);
  CHECK(info.producer.state == ProducerState::kClosed);
  const Generation newest = info.version.generation;
  for (std::uint64_t back = 0; back < 3; ++back) {
    const RawValue old = Must(count.GetRaw(newest - back));
    std::uint64_t value = 0;
    REQUIRE(old.bytes.size() == sizeof value);
    std::memcpy(&value, old.bytes.data(), sizeof value);
    CHECK(value == golden::kCount + 4 - back);
  }
  CHECK(count.GetRaw(newest - 3).error().code() == Code::kNotFound);
  const RecordInfo energy = Must(Must(file.Find("energy")).Info());
  CHECK(energy.title == "a title");
  CHECK(energy.unit == "keV");
  CHECK(energy.description == "a description");
  CHECK(energy.period_ms == 250);
  CHECK(Must(Must(file.Find("point")).Info()).slots == 2);
}

TEST_CASE("after a crash of the machine: what was synced") {
  const MapFile file = OpenGolden("killed.map");
  CHECK(Must(file.Get<std::string>("synced")) == "kept");
  CHECK(file.Get<std::string>("late").error().code() == Code::kCorrupt);

  const testing::TempDir dir;
  const std::string copy = dir / "copy.map";
  fs::copy_file("testdata/v1/killed.map", copy);
  MapFile repaired = Must(MapFile::Open(copy, {.mode = Mode::kUpdate}));
  CHECK(Must(repaired.Get<std::string>("synced")) == "kept");
  CHECK(Must(repaired.Get<std::string>("changed")) == "old");
  CHECK(repaired.Get<std::string>("late").error().code() == Code::kCorrupt);
  CHECK(repaired.Put("late", std::string("again")));
  CHECK(Must(repaired.Get<std::string>("late")) == "again");
  CHECK(Must(repaired.heap().Check()).empty());
}

TEST_CASE("old files can be written") {
  for (const char* name : {"empty.map", "values.map"}) {
    CAPTURE(name);
    const testing::TempDir dir;
    const std::string copy = dir / name;
    fs::copy_file(std::string("testdata/v1/") + name, copy);
    fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add);
    MapFile file = Must(MapFile::Open(copy, {.mode = Mode::kUpdate}));
    CHECK(file.Put("count", std::uint64_t{1}));
    CHECK(file.Put("new", golden::MakeEverything()));
    CHECK(file.RemoveAll());
    CHECK(Must(file.heap().Check()).empty());
    CHECK(file.Close());
  }
}

}  // namespace
}  // namespace mapfile
