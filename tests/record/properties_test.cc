#include "lib/record/properties.h"

#include <doctest/doctest.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("titles and attributes come back as they were given") {
  TestTable t;
  Properties properties;
  properties.title = "the energy";
  properties.attributes = {
      .period_ms = 250, .unit = "keV", .description = "of all hits"};
  const RecordId id =
      t.table->Add("e", properties, 1, 4, FillWith('x')).value();
  Summary summary = t.table->Info(id).value();
  CHECK(summary.title == "the energy");
  CHECK(summary.attributes == properties.attributes);

  REQUIRE(t.table->SetRecordTitle(id, "another"));
  REQUIRE(t.table->SetAttributes(id, {}));
  summary = t.table->Info(id).value();
  CHECK(summary.title == "another");
  CHECK(summary.attributes == Attributes{});

  REQUIRE(t.table->SetTitle("the file"));
  CHECK(t.table->Title().value() == "the file");
  REQUIRE(t.table->SetTitle(""));
  CHECK(t.table->Title().value() == "");
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("texts that are too long are refused, nothing changes") {
  TestTable t;
  const std::string too_long(4097, 'x');
  Properties properties;
  properties.attributes.unit = too_long;
  CHECK(t.table->Add("e", properties, 1, 4, FillWith('x')).error().code() ==
        Code::kInvalidArgument);
  CHECK(t.table->SetTitle(too_long).error().code() == Code::kInvalidArgument);
  REQUIRE(t.table->SetTitle(std::string(4096, 'x')));
  CHECK(t.table->Title()->size() == 4096);
  CHECK(t.table->List()->empty());
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("what a removed record said isn't said of the next") {
  TestTable t;
  Properties properties;
  properties.title = "old";
  const RecordId old =
      t.table->Add("e", properties, 1, 4, FillWith('x')).value();
  REQUIRE(t.table->Remove(old));
  const RecordId id = AddText(*t.table, "e", 'x', 4).value();
  CHECK(t.table->Info(id)->title == "");
  CHECK(t.table->SetRecordTitle(old, "t").error().code() == Code::kNotFound);
}

}  // namespace
}  // namespace mapfile::record
