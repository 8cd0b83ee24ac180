// Files and values as text.
#include <cstring>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::Must;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map", {.title = "run 42"});
};

TEST_CASE_FIXTURE(Fixture, "a value survives JSON, whatever its class") {
  Must(file.Put("state", RunState{42, 7.5}));
  Must(file.Put("sensor", Sensor{"thermo", {1, 2, 3}}));
  Must(file.Put("histogram", Histogram1D("h", RegularAxis(4, 0, 1))));
  for (const char* name : {"state", "sensor", "histogram"}) {
    CAPTURE(name);
    const RawValue value = Must(file.GetRaw(name));
    const std::string json = Must(ToJson(file, value, 0));
    const auto bytes = Must(FromJson(file, *value.type, json));
    Must(file.PutRaw(std::string(name) + "2", *value.type, bytes));
    const RawValue again = Must(file.GetRaw(std::string(name) + "2"));
    CHECK(Must(ToJson(file, again, 0)) == json);
  }
  CHECK(Must(file.Get<RunState>("state2")) == RunState{42, 7.5});
}

TEST_CASE_FIXTURE(Fixture, "JSON that doesn't fit is InvalidArgument") {
  Must(file.Put("state", RunState{}));
  const auto type = Must(file.GetRaw("state")).type;
  for (const char* json : {"", "{", "[1,2]", R"({"run": "x"})",
                           R"({"run": 1e99})", R"({"run": 1} x)"}) {
    CAPTURE(json);
    CHECK(CodeOf(FromJson(file, *type, json)) == Code::kInvalidArgument);
  }
}

TEST_CASE_FIXTURE(Fixture, "a file is described with all who write to it") {
  Must(file.Put("n", 1));
  std::string text = Must(Print(file));
  CHECK(Has(text, "run 42"));
  CHECK(Has(text, "pid " + std::to_string(getpid())));
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  Must(file.Close());
  CHECK(Has(Must(Print(reader)), "the last one closed the file"));
}

TEST_CASE_FIXTURE(Fixture, "what a file says can't command a terminal") {
  Must(file.SetTitle("\x1b[2Jtitle"));
  Must(file.Put("\x1b]0;name\x07", 1));
  auto* const slot = static_cast<format::WriterSlot*>(
      Must(file.AddressOf(format::kWritersOffset)));
  std::memcpy(slot->command, "\x1b[31mevil", 10);
  for (const std::string& text : {Must(Print(file)), Must(Ls(file))}) {
    CHECK(!Has(text, "\x1b"));
    CHECK(!Has(text, "\x07"));
  }
}

TEST_CASE_FIXTURE(Fixture, "text of a record that isn't there is an error") {
  CHECK(CodeOf(Print(file, "none")) == Code::kNotFound);
  Must(file.Put("n", 1.5));
  CHECK(Has(Must(Print(file, "n")), "1.5"));
  Must(file.Close());
  CHECK(CodeOf(Ls(file)) == Code::kClosed);
  CHECK(CodeOf(Print(file)) == Code::kClosed);
}

TEST_CASE_FIXTURE(Fixture, "a shape is that of the record, whatever folder") {
  Histogram1D energy("energy", RegularAxis(10, 0, 10));
  energy.Fill(5);
  Must(file.Put("ecal/energy", energy));
  const RecordInfo info = Must(file.List())[0];
  const std::string shape = Must(Sparkline(file, info));
  CHECK(shape != "");
  Must(file.ChangeDirectory("ecal"));
  CHECK(Must(Sparkline(file, info)) == shape);
}

}  // namespace
}  // namespace mapfile
