// What of a file's structure is wrong and stays wrong.
#include "lib/file/structure.h"

#include <algorithm>

#include "tests/file/specimen_file.h"

namespace mapfile::file {
namespace {

using testing::Must;
using testing::SpecimenFile;
using Findings = std::vector<Finding>;
using Remarks = std::vector<std::string>;

Structure Look(const SpecimenFile& specimen) {
  Structure seen = Must(LookAtStructure(specimen.Open()));
  CHECK(specimen.IsUntouched());
  return seen;
}

// What the killed writer left is finished by the next one: no damage.
void CheckFinished(const SpecimenFile& specimen) {
  const Structure seen = Look(specimen);
  CHECK(seen.findings.empty());
  CHECK(seen.remarks ==
        Remarks{"a writer was killed at work; the next one finishes that"});
  CHECK(seen.census.records == 5);
}

// The index has forgotten everything.
void EmptyIndex(SpecimenFile& specimen) {
  auto& editor = specimen.editor;
  std::fill_n(editor.entries(), editor.entry_count(), 0);
}

TEST_CASE("a whole file is counted, and nothing is said of it") {
  const Structure seen = Look(SpecimenFile());
  CHECK(seen.findings.empty());
  CHECK(seen.remarks.empty());
  CHECK(seen.census.records == 5);
  CHECK(seen.census.types == 5);
  CHECK(seen.census.blocks > 20);
}

TEST_CASE("damage stays, and is told once") {
  SpecimenFile specimen;
  auto& live = specimen.editor.control().live;
  live = 1000;
  const Structure seen = Look(specimen);
  CHECK(seen.findings == Findings{{Part::kCount, specimen.OffsetOf(live), "",
                                   "the table counts 1000 records and has 5"}});
  CHECK(seen.remarks.empty());
}

TEST_CASE("each piece of damage has a finding of its own") {
  SpecimenFile specimen;
  specimen.editor.control().types = 9;
  specimen.editor.header().title_offset = 1ull << 40;
  specimen.editor.heap().free_blocks = 99;
  const Structure seen = Look(specimen);
  // The block of the title is the fourth: nothing leads to it.
  CHECK(seen.findings.size() == 4);
}

TEST_CASE("parts that come to lie outside while it is looked at are told") {
  const SpecimenFile specimen;
  const Subject subject = specimen.Open(os::Access::kReadWrite);
  const std::uint64_t outside = 1 << 30;
  Must(subject.file->Write(offsetof(format::FileHeader, records_offset),
                           &outside, sizeof outside));
  CHECK(Must(LookAtStructure(subject)).findings ==
        Findings{{Part::kHeader, 0, "",
                  "its header puts the record table at offset 1073741824, not "
                  "inside the file"}});
}

TEST_CASE("a record that was being made is no damage") {
  SpecimenFile specimen;
  // In the index already, not yet counted, and not yet off the list.
  specimen.editor.header().dying_offset = specimen.editor.RecordOffset("note");
  specimen.editor.control().live = 4;
  CheckFinished(specimen);
}

TEST_CASE("a list under way contradicts nothing") {
  SpecimenFile specimen;
  specimen.editor.header().dying_offset = specimen.editor.RecordOffset("note");
  const Structure seen = Look(specimen);
  CHECK(seen.findings.empty());
  CHECK(seen.remarks.empty());
}

TEST_CASE("a change half done is put back first") {
  SpecimenFile specimen;
  auto& editor = specimen.editor;
  editor.heap().journal[0] = {specimen.OffsetOf(editor.control().live), 5};
  editor.heap().journal_count = 1;
  editor.control().live = 77;
  // By a writer that is gone: nobody holds its slot.
  editor.header().lock = format::LockWord::Make(0, 1);
  CheckFinished(specimen);
}

TEST_CASE("damage beside what a killed writer left is damage") {
  SpecimenFile specimen;
  auto& editor = specimen.editor;
  editor.header().dying_offset = editor.RecordOffset("note");
  editor.control().types = 9;
  CHECK(Look(specimen).findings ==
        Findings{{Part::kCount, specimen.OffsetOf(editor.control().types), "",
                  "the table counts 9 types and has 5"}});
}

TEST_CASE("what can't be finished is damage") {
  SpecimenFile specimen;
  specimen.editor.heap().journal[0] = {1ull << 40, 0};
  specimen.editor.heap().journal_count = 1;
  const Structure seen = Look(specimen);
  CHECK(seen.remarks.empty());
  REQUIRE(!seen.findings.empty());
  CHECK(seen.findings.back().part == Part::kFile);
  CHECK(seen.findings.back().message.starts_with(
      "what a killed writer left can't be finished: "));
}

TEST_CASE("after a crash of the machine the next writer makes lists afresh") {
  SpecimenFile specimen(false);
  EmptyIndex(specimen);
  specimen.editor.header().state = format::kStateOpen;
  const Structure seen = Look(specimen);
  CHECK(seen.findings.empty());
  REQUIRE(seen.remarks.size() == 1);
  CHECK(seen.remarks[0].starts_with("the machine went down while it was"));
  CHECK(seen.census.records == 5);
}

TEST_CASE("without a crash that is damage: closed in order, or of this boot") {
  SpecimenFile closed(false);
  EmptyIndex(closed);
  CHECK(!Look(closed).findings.empty());
  SpecimenFile open(true);
  EmptyIndex(open);
  open.editor.header().state = format::kStateOpen;
  CHECK(!Look(open).findings.empty());
}

}  // namespace
}  // namespace mapfile::file
