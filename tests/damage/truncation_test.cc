// Files that end too soon, also while they are in use.
#include <doctest/doctest.h>

#include <cstdio>
#include <set>
#include <string>

#include "mapfile/check.h"
#include "mapfile/mapfile.h"
#include "tests/damage/specimen.h"
#include "tests/damage/uses.h"
#include "tests/support/process.h"

namespace mapfile::testing {
namespace {

std::set<std::uint64_t> Lengths() {
  std::set<std::uint64_t> lengths;
  for (std::uint64_t i = 0; i < format::kDataOffset; i += 1) {
    // The pages of writers and notify words are much alike.
    if (i < format::kWritersOffset || i % 64 < 2) lengths.insert(i);
  }
  for (std::uint64_t i = 0; i < kSpecimenSize; i += 4096) {
    lengths.insert({i - 1, i, i + 1});
  }
  lengths.erase(std::uint64_t{0} - 1);
  return lengths;
}

TEST_CASE("each length is refused, and check says how much there is") {
  const TempDir dir(true);
  const Victim victim(dir / "victim.map");
  const std::string good = MakeSpecimen(true);
  for (const std::uint64_t length : Lengths()) {
    CAPTURE(length);
    victim.Write(std::string_view(good).substr(0, length));
    const auto file = MapFile::Open(victim.path());
    REQUIRE_FALSE(file);
    CHECK(file.error().code() == Code::kCorrupt);
    CHECK_FALSE(MapFile::Open(victim.path(), {.mode = Mode::kUpdate}));
    const auto report = Check(victim.path());
    REQUIRE(report);
    REQUIRE_FALSE(report->whole());
    const std::string& message = report->findings[0].message;
    CAPTURE(message);
    if (length >= 8) {
      CHECK(message.find("truncated: it") != std::string::npos);
      CHECK(message.find(std::to_string(length)) !=
            std::string::npos);
    }
  }
}

TEST_CASE("a repair gives a truncated file its length back") {
  const TempDir dir(true);
  const Victim victim(dir / "victim.map");
  const std::string good = MakeSpecimen(true);
  for (std::uint64_t length = format::kDataOffset; length < kSpecimenSize;
       length += 1000) {
    CAPTURE(length);
    victim.Write(std::string_view(good).substr(0, length));
    const auto report = Repair(victim.path(), {.drop = true, .backup = false});
    if (!report) MESSAGE(report.error().message());
    REQUIRE(report);
    CHECK(report->after.whole());
    CHECK(MapFile::Open(victim.path()));
    WriteSome(victim.path());
    CHECK(Check(victim.path())->whole());
  }
}

// Uses an open file after `damage` was done to it.
template <class F>
void UseWhile(F&& damage) {
  const TempDir dir(true);
  const Victim victim(dir / "victim.map");
  victim.Write(MakeSpecimen(true));
  auto reader = MapFile::Open(victim.path());
  auto writer = MapFile::Open(victim.path(), {.mode = Mode::kUpdate});
  REQUIRE(reader);
  REQUIRE(writer);
  damage(victim);
  for (MapFile* file : {&*reader, &*writer}) {
    for (const std::string& name : kSpecimenRecords) {
      (void)file->GetRaw(name);
    }
    (void)file->List();
    (void)file->Info();
    (void)file->WaitFor("note", 99, std::chrono::milliseconds(1));
  }
  (void)writer->Put("note", std::string("after the fact"));
  (void)writer->Put("big", std::vector<double>(3000, 1.0));
  (void)writer->Remove("state");
  (void)writer->Sync();
  (void)writer->Close();
}

TEST_CASE("a file may shrink while it is mapped") {
  for (std::uint64_t length = 0; length < kSpecimenSize; length += 2048) {
    CAPTURE(length);
    UseWhile([&](const Victim& victim) { victim.Truncate(length); });
  }
}

TEST_CASE("what was lost is an error, not an empty value") {
  const TempDir dir(true);
  const Victim victim(dir / "victim.map");
  victim.Write(MakeSpecimen(true));
  const auto reader = MapFile::Open(victim.path());
  REQUIRE(reader);
  victim.Truncate(4096);
  const auto value = reader->GetRaw("note");
  REQUIRE_FALSE(value);
  CHECK(value.error().code() == Code::kIo);
  CHECK(value.error().message().find("truncated") != std::string::npos);
}

TEST_CASE("a file may be overwritten while it is mapped") {
  for (const char fill : {'\0', '\x01', '\x7f', '\xff'}) {
    for (const std::uint64_t from : {0, 256, 2048, 4096, 12288, 32768}) {
      CAPTURE(from);
      UseWhile([&](const Victim& victim) {
        victim.Write(from, std::string(kSpecimenSize - from, fill));
      });
    }
  }
}

TEST_CASE("a file may be replaced while it is mapped") {
  UseWhile([](const Victim& victim) {
    const Victim other(victim.path() + ".new");
    other.Write("not a map file");
    REQUIRE(std::rename(other.path().c_str(), victim.path().c_str()) == 0);
  });
}

}  // namespace
}  // namespace mapfile::testing
