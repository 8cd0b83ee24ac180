// All that is looked at in a file, in one report.
#include "lib/file/look.h"

#include <filesystem>

#include "tests/file/specimen_file.h"

namespace mapfile::file {
namespace {

using testing::Create;
using testing::Must;
using testing::SpecimenFile;

CheckReport Look(const SpecimenFile& specimen) {
  CheckReport report;
  Must(LookAtSubject(specimen.Open(), {}, report));
  CHECK(specimen.IsUntouched());
  return report;
}

TEST_CASE("a whole file is counted") {
  const CheckReport report = Look(SpecimenFile());
  CHECK(report.whole());
  CHECK(report.remarks.empty());
  CHECK_FALSE(report.is_live);
  CHECK(report.size_bytes == testing::kSpecimenSize);
  CHECK(report.blocks > 20);
  CHECK(report.records == 5);
  CHECK(report.types == 5);
  CHECK(report.versions == 9);
  CHECK(report.unchecked == 0);
}

TEST_CASE("header, structure and values are all looked at, in this order") {
  SpecimenFile specimen;
  auto& editor = specimen.editor;
  editor.header().max_size = 12;
  editor.control().live = 1000;
  const auto& slot = editor.Current("note");
  specimen.bytes[slot.offset + 16] ^= 4;
  const CheckReport report = Look(specimen);
  REQUIRE(report.findings.size() == 3);
  CHECK(report.findings[0] ==
        Finding{Part::kHeader, offsetof(format::FileHeader, max_size), "",
                "damaged header: max_size is 12, which can't be"});
  CHECK(report.findings[1] ==
        Finding{Part::kCount, specimen.OffsetOf(editor.control().live), "",
                "the table counts 1000 records and has 5"});
  CHECK(report.findings[2].part == Part::kValue);
  CHECK(report.findings[2].offset == slot.offset);
  CHECK(report.findings[2].record == "note");
}

TEST_CASE("what is found twice is told once") {
  SpecimenFile specimen;
  auto& editor = specimen.editor;
  // Two old versions of one generation, so that the first is looked at twice.
  const auto& first = editor.Slot("state", 0);
  editor.Slot("state", 1).stamp = first.stamp;
  specimen.bytes[first.offset] ^= 1;
  const CheckReport report = Look(specimen);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].part == Part::kValue);
  CHECK(report.findings[0].record == "state");
}

TEST_CASE("a fault of the header is called that once") {
  SpecimenFile specimen;
  testing::EntangleParts(specimen);
  const CheckReport report = Look(specimen);
  REQUIRE(!report.whole());
  CHECK(report.findings[0] ==
        Finding{Part::kHeader, 0, "", "damaged header: where its heap lies"});
}

TEST_CASE("what a killed writer left is a remark") {
  SpecimenFile specimen;
  specimen.editor.header().dying_offset = specimen.editor.RecordOffset("note");
  specimen.editor.control().live = 4;
  const CheckReport report = Look(specimen);
  CHECK(report.whole());
  CHECK(report.remarks.size() == 1);
}

TEST_CASE("a living writer is told of") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open();
  const MapFile writer =
      Must(MapFile::Open(specimen.path, {.mode = Mode::kUpdate}));
  CheckReport report;
  Must(LookAtSubject(subject, {}, report));
  CHECK(report.is_live);
  CHECK(report.whole());
}

TEST_CASE("progress begins with the structure, then come values") {
  const SpecimenFile specimen;
  std::string said;
  CheckOptions options;
  options.progress = [&](const Progress& now) {
    said += std::string(now.phase) + " " + std::to_string(now.done) + "/" +
            std::to_string(now.total) + ", ";
  };
  CheckReport report;
  Must(LookAtSubject(specimen.Open(), options, report));
  CHECK(said == "structure 0/1, values 0/5, ");
}

TEST_CASE("no more is told than anybody reads") {
  SpecimenFile specimen;
  {
    std::filesystem::remove(specimen.path);
    MapFile file = Create(specimen.path);
    for (std::size_t i = 0; i < CheckReport::kMostFindings + 50; ++i) {
      Must(file.Put("r" + std::to_string(i), 1));
    }
  }
  std::ifstream in(specimen.path, std::ios::binary);
  specimen.bytes.assign(std::istreambuf_iterator<char>(in), {});
  // None of their values has a type any more.
  auto& editor = specimen.editor;
  editor.At<format::TypeHeader>(editor.control().type_first_offset).hash ^= 1;
  const CheckReport report = Look(specimen);
  CHECK(report.findings.size() == CheckReport::kMostFindings);
  CHECK(report.findings[0].part == Part::kType);
  CHECK(report.records == CheckReport::kMostFindings + 50);
  CHECK(report.versions == 0);
}

}  // namespace
}  // namespace mapfile::file
