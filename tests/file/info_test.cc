// What is known of records and files without their values.
#include <cmath>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map", {.title = "run 42"});
};

TEST_CASE_FIXTURE(Fixture, "a file's numbers are those of what was done") {
  const FileInfo before = Must(file.Info());
  Must(file.Put("a", 1));
  Must(file.Put("a", 2));
  Must(file.Put("b", 3));
  Must(file.Remove("b"));
  const FileInfo info = Must(file.Info());
  CHECK(info.path == dir / "a.map");
  CHECK(info.title == "run 42");
  CHECK(info.option == "CREATE");
  CHECK(info.records == 1);
  CHECK(info.updates == before.updates + 3);
  CHECK(info.structure_generation == before.structure_generation + 3);
  CHECK(info.writable);
  CHECK(!info.closed_in_order);
  CHECK(info.break_offset <= info.size_bytes);
  CHECK(info.heap.used_bytes > before.heap.used_bytes);
  CHECK(info.producers.size() == 1);
  CHECK(info.created_ns > 1'500'000'000'000'000'000);
}

TEST_CASE_FIXTURE(Fixture, "records below a folder are listed, in order") {
  for (const char* name : {"e/b", "ea", "e/a/x", "e"}) {
    Must(file.Put(name, 1));
  }
  const auto below = Must(file.List("e"));
  REQUIRE(below.size() == 2);
  CHECK(below[0].name == "e/b");
  CHECK(below[1].name == "e/a/x");
  CHECK(Must(file.List("none")).empty());
  CHECK(CodeOf(file.List("a//b")) == Code::kInvalidArgument);
}

TEST_CASE_FIXTURE(Fixture, "what was said of a record is kept with it") {
  const double value = 1;
  Must(file.Add(value, "a",
                {.slots = 7,
                 .title = "Energy",
                 .period = std::chrono::milliseconds(1500),
                 .unit = "keV",
                 .description = "of a crystal"}));
  const RecordInfo info = Must(Must(file.Find("a")).Info());
  CHECK(info.class_name == "f64");
  CHECK(info.slots == 7);
  CHECK(info.title == "Energy");
  CHECK(info.period_ms == 1500);
  CHECK(info.unit == "keV");
  CHECK(info.description == "of a crystal");
  CHECK(info.updates == 1);
  CHECK(info.version.size_bytes == 8);
  CHECK(!info.damaged);
}

TEST_CASE_FIXTURE(Fixture, "the best size of a buffer survives nonsense") {
  Must(file.Put("a", 1.0));
  CHECK(file.BestBufferSize() == 8);
  auto* const slot = static_cast<format::WriterSlot*>(
      Must(file.AddressOf(format::kWritersOffset)));
  const double nan = std::nan("");
  for (const double hostile : {nan, HUGE_VAL, -HUGE_VAL, -1e300, 1e300}) {
    slot->sum_size = hostile;
    slot->sum_size_squared = hostile;
    CHECK(file.BestBufferSize() == 0);
  }
  slot->sum_size = 8;
  slot->sum_size_squared = 64;
  slot->sizes = 0;
  CHECK(file.BestBufferSize() == 0);
}

}  // namespace
}  // namespace mapfile
