#include "lib/record/table.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

std::vector<std::string> Names(const Table& table) {
  std::vector<std::string> names;
  const auto ids = table.List();
  for (const RecordId& id : *ids) {
    names.push_back(table.Info(id)->name);
  }
  return names;
}

TEST_CASE("an empty table is whole") {
  TestTable t;
  REQUIRE(t.formatted);
  CHECK(Faults(*t.table) == "");
  CHECK(t.table->List()->empty());
  CHECK(t.table->Find("x").error().code() == Code::kNotFound);
}

TEST_CASE("records are found by name and listed in order of insertion") {
  TestTable t;
  for (const char* name : {"b", "a", "detector/ecal", "c"}) {
    REQUIRE(AddText(*t.table, name, 'x', 10));
  }
  CHECK(Names(*t.table) ==
        std::vector<std::string>{"b", "a", "detector/ecal", "c"});
  const auto id = t.table->Find("a");
  REQUIRE(id);
  CHECK(t.table->Info(*id)->name == "a");
  CHECK(GetText(*t.table, *id) == "xxxxxxxxxx");
  CHECK(AddText(*t.table, "a", 'x', 1).error().code() == Code::kExists);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("without a host the table can only be read") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 3).value();
  const auto reader = t.Reader();
  CHECK(GetText(*reader, reader->Find("a").value()) == "xxx");
  CHECK(PutText(*reader, id, 'y', 1).error().code() == Code::kReadOnly);
  CHECK(AddText(*reader, "b", 'y', 1).error().code() == Code::kReadOnly);
  CHECK(reader->Remove(id).error().code() == Code::kReadOnly);
}

TEST_CASE("nobody is woken who didn't ask") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 3).value();
  for (int i = 0; i < 10; ++i) REQUIRE(PutText(*t.table, id, 'y', 3));
  CHECK(t.host.wakes == 0);
}

}  // namespace
}  // namespace mapfile::record
