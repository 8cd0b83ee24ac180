// Values against their checksums and types.
#include "lib/file/value_check.h"

#include "tests/file/specimen_file.h"

namespace mapfile::file {
namespace {

using format::SlotHeader;
using record::Verify;
using testing::CodeOf;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::SpecimenFile;

// One version of a record in the specimen, by CheckVersion().
Status CheckOne(const SpecimenFile& specimen, const std::string& name,
                const record::ReadOptions& options,
                record::Version* version = nullptr) {
  const Subject subject = specimen.Open();
  const auto table = Must(record::Table::Attach(*subject.image, nullptr));
  record::FileTypeTable types(*table);
  record::Version seen;
  return CheckVersion(*table, types, Must(table->Find(name)), options,
                      version == nullptr ? &seen : version);
}

CheckReport CheckAll(const SpecimenFile& specimen) {
  CheckReport report;
  Must(CheckValues(specimen.Open(), {}, report));
  CHECK(specimen.IsUntouched());
  return report;
}

TEST_CASE("a version that can be had is told") {
  SpecimenFile specimen;
  for (const std::string& name : testing::kSpecimenRecords) {
    CAPTURE(name);
    record::Version version;
    Must(CheckOne(specimen, name, {.verify = Verify::kRequired}, &version));
    const SlotHeader& slot = specimen.editor.Current(name);
    CHECK(version.generation == slot.stamp);
    CHECK(version.offset == slot.offset);
    CHECK(version.size == slot.size);
  }
}

TEST_CASE("a version that can't be had is Corrupt, and says why") {
  const struct {
    void (*damage)(SpecimenFile& specimen, SlotHeader& slot);
    const char* reason;
  } kCases[] = {
      {[](SpecimenFile& s, SlotHeader& slot) { s.bytes[slot.offset] ^= 1; },
       "checksum"},
      {[](SpecimenFile& s, SlotHeader& slot) {
         s.editor.At<std::uint64_t>(slot.offset + 8) = 1ull << 60;
         s.editor.Checksum(slot);
       },
       "beyond its end"},
      {[](SpecimenFile&, SlotHeader& slot) { slot.type_id = 77; },
       "no type with id 77"},
      {[](SpecimenFile&, SlotHeader& slot) { slot.flags = format::kDamaged; },
       "lost in a crash"},
      {[](SpecimenFile&, SlotHeader& slot) { slot.size = 1ull << 40; },
       "outside of the file"},
      {[](SpecimenFile&, SlotHeader& slot) { slot.flags = 0; }, "checksum"},
  };
  for (const auto& example : kCases) {
    CAPTURE(std::string(example.reason));
    SpecimenFile specimen;
    example.damage(specimen, specimen.editor.Current("counts"));
    const Status checked =
        CheckOne(specimen, "counts", {.verify = Verify::kRequired});
    CHECK(CodeOf(checked) == Code::kCorrupt);
    CHECK(Has(MessageOf(checked), example.reason));
    Must(CheckOne(specimen, "state", {.verify = Verify::kRequired}));
  }
}

TEST_CASE("a checksum that isn't there yet may be enough") {
  SpecimenFile specimen;
  specimen.editor.Current("counts").flags = 0;
  Must(CheckOne(specimen, "counts", {.verify = Verify::kIfChecked}));
}

TEST_CASE("a version that isn't there is NotFound") {
  SpecimenFile specimen;
  CHECK(CodeOf(CheckOne(specimen, "state", {.generation = 1000})) ==
        Code::kNotFound);
  const Subject subject = specimen.Open();
  const auto table = Must(record::Table::Attach(*subject.image, nullptr));
  record::FileTypeTable types(*table);
  record::RecordId gone = Must(table->Find("state"));
  gone.incarnation += 2;
  record::Version version;
  CHECK(CodeOf(CheckVersion(*table, types, gone, {}, &version)) ==
        Code::kNotFound);
}

TEST_CASE("every version that is kept is counted") {
  SpecimenFile specimen;
  CheckReport report = CheckAll(specimen);
  CHECK(report.whole());
  CHECK(report.versions == 9);
  CHECK(report.unchecked == 0);
  specimen.editor.Current("state").flags = 0;
  report = CheckAll(specimen);
  CHECK(report.whole());
  CHECK(report.versions == 9);
  CHECK(report.unchecked == 1);
}

TEST_CASE("after another boot a version without a checksum can't be had") {
  SpecimenFile specimen(false);
  specimen.editor.Current("state").flags = 0;
  const CheckReport report = CheckAll(specimen);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].record == "state");
  CHECK(report.versions == 8);
}

TEST_CASE("an older version is looked at, too, and named") {
  SpecimenFile specimen;
  const SlotHeader& first = specimen.editor.Slot("state", 0);
  REQUIRE(first.stamp + 2 == specimen.editor.Current("state").stamp);
  specimen.bytes[first.offset] ^= 1;
  const CheckReport report = CheckAll(specimen);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].part == Part::kValue);
  CHECK(report.findings[0].record == "state");
  CHECK(report.findings[0].message.starts_with(
      "generation " + std::to_string(first.stamp) + ": "));
  CHECK(report.versions == 8);
}

TEST_CASE("a record that can't be looked at is found, if it wasn't before") {
  SpecimenFile specimen;
  auto& record = specimen.editor.Record("note");
  record.published |= 15;
  CheckReport report = CheckAll(specimen);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0] ==
        Finding{Part::kRecord, specimen.OffsetOf(record), "",
                "the record's published word names no version"});
  CHECK(report.versions == 7);
  CheckReport again;
  again.findings.push_back(
      {Part::kRecord, specimen.OffsetOf(record.published), "note", "known"});
  Must(CheckValues(specimen.Open(), {}, again));
  CHECK(again.findings.size() == 1);
}

TEST_CASE("without an index there are no values, and that is told elsewhere") {
  SpecimenFile specimen;
  specimen.editor.control().index_offset = 1ull << 40;
  const CheckReport report = CheckAll(specimen);
  CHECK(report.whole());
  CHECK(report.versions == 0);
}

TEST_CASE("a table that isn't inside the file is Corrupt") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open(os::Access::kReadWrite);
  const std::uint64_t outside = 1 << 30;
  Must(subject.file->Write(offsetof(format::FileHeader, records_offset),
                           &outside, sizeof outside));
  CheckReport report;
  CHECK(CodeOf(CheckValues(subject, {}, report)) == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::file
