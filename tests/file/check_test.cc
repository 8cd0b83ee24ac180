#include "mapfile/check.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "lib/os/tenancy.h"
#include "tests/file/file_test_support.h"
#include "tests/support/sanitizer.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

constexpr int kLooks = testing::kAddressSanitizer ? 20 : 100;

std::string Findings(const CheckReport& report) {
  std::string text;
  for (const Finding& found : report.findings) {
    text += std::string(PartName(found.part)) + " at " +
            std::to_string(found.offset) + ", '" + found.record +
            "': " + found.message + "\n";
  }
  return text;
}

// Looks at a file again and again while `work` runs in another process.
template <class F>
void CheckWhile(const std::string& path, F&& work) {
  const Child child([&] {
    auto file = MapFile::Open(path, {.mode = Mode::kUpdate});
    for (int i = 0; file; ++i) work(*file, i);
    return 1;
  });
  REQUIRE(testing::Eventually([&] { return Must(Check(path)).is_live; }));
  for (int i = 0; i < kLooks; ++i) {
    CAPTURE(i);
    const CheckReport report = Must(Check(path));
    CHECK(Findings(report) == "");
    CHECK(report.is_live);
  }
}

TEST_CASE("a file with everything in it is whole") {
  const TempDir dir;
  MapFile file = Create(dir / "a.map", {.title = "run"});
  Must(file.Put("state", RunState{7, 1.5}));
  Must(file.Put("folder/text", std::string("words")));
  Must(file.Put("numbers", std::vector<double>(1000, 2.5)));
  Histogram1D energy("energy", RegularAxis(100, 0, 10));
  Must(file.Add(energy, {.title = "spectrum", .unit = "keV"}));
  Must(file.Put("gone", 1));
  Must(file.Remove("gone"));
  Must(file.heap().Malloc(100));
  CheckReport report = Must(Check(dir / "a.map"));
  CHECK(Findings(report) == "");
  CHECK(report.is_live);
  CHECK(report.records == 4);
  CHECK(report.versions == 4);
  CHECK(report.unchecked == 4);
  CHECK(report.types == 5);
  Must(file.Close());
  report = Must(Check(dir / "a.map"));
  CHECK(Findings(report) == "");
  CHECK_FALSE(report.is_live);
  CHECK(report.unchecked == 0);
}

TEST_CASE("a writer in a tight loop is no damage") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  Create(path).Put("value", std::string("begin")).value();
  CheckWhile(path, [](MapFile& file, int i) {
    (void)file.Put("value", std::string(10 + i % 1000, 'x'));
  });
}

TEST_CASE("records that come and go are no damage") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  Create(path).Put("stays", std::string("here")).value();
  CheckWhile(path, [](MapFile& file, int i) {
    const std::string name = "r" + std::to_string(i % 20);
    if (!file.Remove(name)) {
      (void)file.Put(name, std::string(10 + i % 3000, 'x'));
    }
  });
}

TEST_CASE("a record that comes and goes all the time is none either") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  Create(path).Put("stays", std::string("here")).value();
  CheckWhile(path, [](MapFile& file, int) {
    (void)file.Put("blinks", 1.5);
    (void)file.Remove("blinks");
  });
}

TEST_CASE("what a killed writer leaves is no damage") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  Create(path).Put("stays", std::string("here")).value();
  for (int round = 0; round < 50; ++round) {
    CAPTURE(round);
    Child child([&] {
      auto file = MapFile::Open(path, {.mode = Mode::kUpdate});
      for (int i = 0; file; ++i) {
        (void)file->Put("r" + std::to_string(i % 7),
                        std::string(10 + i % 500, 'x'));
        (void)file->Remove("r" + std::to_string((i + 3) % 7));
      }
      return 1;
    });
    usleep(2000 + 531 * round);
    child.Kill();
    CHECK(Findings(Must(Check(path))) == "");
  }
}

TEST_CASE("a file that others refuse is told about") {
  const TempDir dir;
  const std::string path = dir / "a.map";
  std::ofstream(path) << "text";
  CheckReport report = Must(Check(path));
  CHECK(Findings(report) == "file at 0, '': not a map file (bad magic)\n");
  CHECK(CodeOf(Check(dir / "none")) == Code::kNotFound);
  CHECK(CodeOf(Check(dir.path())) == Code::kInvalidArgument);
  CHECK(CodeOf(Check("")) == Code::kInvalidArgument);
  CHECK(CodeOf(Repair(path)) == Code::kCorrupt);
}

// The count of records, in page 0.
void SpoilCount(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(2048 + 8);
  file.put(99);
}

TEST_CASE("a repair wants to be alone") {
  const TempDir dir;
  const std::string path = dir / "a.map";
  {
    const MapFile file = Create(path);
    SpoilCount(path);
    const auto report = Repair(path, {.backup = false});
    CHECK(CodeOf(report) == Code::kBusy);
    CHECK(Has(MessageOf(report), "pid " + std::to_string(getpid())));
    CHECK(CodeOf(Repair(path, {.dry_run = true})) == Code::kBusy);
  }
  SpoilCount(path);
  auto alone =
      os::Exclusion::Take(os::File::Open(path, os::Access::kReadWrite).value());
  REQUIRE(alone);
  CHECK(CodeOf(MapFile::Open(path, {.mode = Mode::kUpdate})) == Code::kBusy);
  CHECK(CodeOf(Repair(path, {.backup = false})) == Code::kBusy);
}

TEST_CASE("readers may look on while a repair works") {
  const TempDir dir;
  const std::string path = dir / "a.map";
  Must(Create(path).Put("a", 7));
  SpoilCount(path);
  const MapFile reader = Must(MapFile::Open(path));
  const RepairReport report = Must(Repair(path));
  CHECK(report.after.whole());
  CHECK(report.written);
  CHECK(report.backup_path == path + ".bak");
  CHECK(Must(reader.Get<int>("a")) == 7);
  CHECK(Must(reader.Info()).records == 1);
}

// Puts a record whose name takes most room into a hole that leaves a rest
// behind it, too small for a block.
void PutIntoHole(MapFile& file, const std::string& name, std::uint64_t rest) {
  Heap heap = file.heap();
  Must(heap.Memalign(64, 8192 - 16));
  Must(heap.Malloc(80));
  const Offset<void> hole = Must(heap.Malloc(720 + rest));
  Must(heap.Malloc(4000));
  Must(heap.Free(hole));
  Must(file.Put(name, 42.0));
}

TEST_CASE("a repair leaves a record alone that has more room than it needs") {
  for (const std::uint64_t rest : {0, 16, 32, 48}) {
    CAPTURE(rest);
    const TempDir dir;
    const std::string name(200, 'n');
    {
      MapFile file = Create(dir / "a.map");
      PutIntoHole(file, name, rest);
      Must(file.Close());
    }
    // Damage elsewhere: the number of records.
    std::fstream stream(dir / "a.map",
                        std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(format::kRecordsOffset + 8).put(77);
    stream.close();
    const RepairReport report = Must(Repair(dir / "a.map", {}));
    CHECK(report.dropped.empty());
    CHECK(Must(Must(MapFile::Open(dir / "a.map")).Get<double>(name)) == 42.0);
  }
}

TEST_CASE("a copy of a file in use is told about as readers see it") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  Must(file.Put("n", 1.5));
  std::filesystem::copy_file(dir / "a.map", dir / "copy.map");
  CHECK(CodeOf(Must(MapFile::Open(dir / "copy.map")).Get<double>("n")) ==
        Code::kCorrupt);
  const CheckReport report = Must(Check(dir / "copy.map"));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].record == "n");
  CHECK(Has(report.findings[0].message, "no checksum"));
  CHECK(Must(Check(dir / "a.map")).whole());
}

}  // namespace
}  // namespace mapfile
