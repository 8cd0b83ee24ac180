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

TEST_CASE("names have 1 to 255 bytes") {
  TestTable t;
  CHECK(AddText(*t.table, "", 'x', 1).error().code() ==
        Code::kInvalidArgument);
  CHECK(AddText(*t.table, std::string(256, 'n'), 'x', 1).error().code() ==
        Code::kInvalidArgument);
  for (const std::size_t size : {1, 31, 32, 33, 96, 97, 255}) {
    const std::string name(size, 'n');
    REQUIRE(AddText(*t.table, name, 'x', 1));
    CHECK(t.table->Info(t.table->Find(name).value())->name == name);
  }
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a removed record is gone, its name may come back") {
  TestTable t;
  const RecordId first = AddText(*t.table, "a", 'x', 100).value();
  REQUIRE(PutText(*t.table, first, 'y', 100));
  const Generation last = t.table->CurrentGeneration(first).value();
  REQUIRE(t.table->Remove(first));
  CHECK(t.table->Find("a").error().code() == Code::kNotFound);
  CHECK(GetText(*t.table, first).starts_with("error"));
  CHECK(PutText(*t.table, first, 'z', 1).error().code() == Code::kNotFound);
  CHECK(t.table->Remove(first).error().code() == Code::kNotFound);

  const RecordId second = AddText(*t.table, "a", 'z', 100).value();
  CHECK(second.offset == first.offset);
  CHECK(second.incarnation > first.incarnation);
  // Generations never go back, whoever they belong to.
  CHECK(t.table->CurrentGeneration(second).value() > last);
  CHECK(t.table->CurrentGeneration(first).error().code() == Code::kNotFound);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("removing leaves no bytes behind but control blocks") {
  TestTable t;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1000));
  }
  REQUIRE(t.table->RemoveAll());
  const std::uint64_t used = t.used_bytes();
  CHECK(t.table->List()->empty());
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 20; ++i) {
      REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1000));
    }
    REQUIRE(t.table->RemoveAll());
  }
  CHECK(t.used_bytes() == used);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a full table keeps what it has") {
  TestTable t(256 << 10);
  const RecordId id = AddText(*t.table, "a", 'a', 1000).value();
  CHECK(PutText(*t.table, id, 'b', 10 << 20).error().code() ==
        Code::kNoSpace);
  CHECK(GetText(*t.table, id) == std::string(1000, 'a'));
  int added = 0;
  Result<RecordId> next = id;
  while ((next = AddText(*t.table, "r" + std::to_string(added), 'x', 5000))) {
    ++added;
  }
  CHECK(next.error().code() == Code::kNoSpace);
  CHECK(added > 10);
  CHECK(Faults(*t.table) == "");
  REQUIRE(t.table->Remove(t.table->Find("r3").value()));
  CHECK(AddText(*t.table, "again", 'x', 4000));
  CHECK(GetText(*t.table, id) == std::string(1000, 'a'));
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

TEST_CASE("many names take few probes") {
  TestTable t(64 << 20);
  constexpr int kCount = 20000;
  for (int i = 0; i < kCount; ++i) {
    REQUIRE(AddText(*t.table, "name" + std::to_string(i), 'x', 8));
  }
  std::uint64_t probes = 0;
  for (int i = 0; i < kCount; ++i) {
    const std::string name = "name" + std::to_string(i);
    REQUIRE(t.table->Find(name));
    probes += t.table->Probes(name);
  }
  CHECK(static_cast<double>(probes) / kCount <= 2.0);
  CHECK(t.table->List()->size() == kCount);
}

TEST_CASE("nobody is woken who didn't ask") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 3).value();
  for (int i = 0; i < 10; ++i) REQUIRE(PutText(*t.table, id, 'y', 3));
  CHECK(t.host.wakes == 0);
}

}  // namespace
}  // namespace mapfile::record
