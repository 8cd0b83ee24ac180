#include <doctest/doctest.h>

#include <algorithm>

#include "lib/heap/journal.h"
#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

format::RecordControl& Control(TestTable& t) {
  return *t.region.At<format::RecordControl>(format::kRecordsOffset);
}
std::uint32_t Log2(TestTable& t) {
  return t.region.At<format::IndexHeader>(Control(t).index_offset)
      ->log2_capacity;
}

TEST_CASE("a new table comes at three quarters, twice as large") {
  TestTable t;
  for (int i = 0; i < 48; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1));
    CHECK(Log2(t) == 6);
  }
  const std::uint64_t former = Control(t).index_offset;
  REQUIRE(AddText(*t.table, "more", 'x', 1));
  CHECK(Log2(t) == 7);
  CHECK(Control(t).index_offset != former);
  CHECK(Control(t).live == 49);
  CHECK(Control(t).used == 49);
  for (int i = 0; i < 48; ++i) {
    CHECK(t.table->Find("r" + std::to_string(i)));
  }
  // The old one was given back.
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("coming and going doesn't make the table larger") {
  TestTable t;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1));
  }
  for (int i = 20; i < 2000; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1));
    REQUIRE(
        t.table->Remove(t.table->Find("r" + std::to_string(i - 20)).value()));
  }
  CHECK(Log2(t) == 6);
  CHECK(t.table->live() == 20);
  CHECK(Control(t).used <= 49);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("where no larger table fits the records stay as they are") {
  TestTable t(128 << 10);
  int added = 0;
  Result<RecordId> last = RecordId{};
  while ((last = AddText(*t.table, "r" + std::to_string(added), 'x', 1))) {
    ++added;
  }
  CHECK(last.error().code() == Code::kNoSpace);
  for (int i = 0; i < added; ++i) {
    CHECK(t.table->Find("r" + std::to_string(i)));
  }
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("counts that were left behind are counted afresh") {
  TestTable t;
  for (const char* name : {"a", "b", "c"}) {
    REQUIRE(AddText(*t.table, name, 'x', 1));
  }
  Control(t).live = 77;
  Control(t).used = 1;
  const Space space = *Space::Of(t.region, &t.host);
  REQUIRE(Index(space).Recount());
  CHECK(Control(t).live == 3);
  CHECK(Control(t).used == 3);
}

TEST_CASE("a table is made afresh with exactly the records given") {
  TestTable t;
  std::vector<RecordId> ids;
  for (int i = 0; i < 40; ++i) {
    ids.push_back(AddText(*t.table, "r" + std::to_string(i), 'x', 1).value());
  }
  const Space space = *Space::Of(t.region, &t.host);
  ids.resize(33);
  REQUIRE(Index(space).Rebuild(ids));
  CHECK(t.table->List()->size() == 33);
  CHECK(t.table->Find("r32"));
  CHECK(t.table->Find("r33").error().code() == Code::kNotFound);
  CHECK(Control(t).used == 33);
  ids.push_back({64, 1});
  CHECK(Index(space).Rebuild(ids).error().code() == Code::kCorrupt);
  CHECK(t.table->List()->size() == 33);
}

TEST_CASE("an entry to nowhere stops a new table, and nothing is lost") {
  TestTable t;
  for (int i = 0; i < 47; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1));
  }
  auto* entries = t.region.At<std::uint64_t>(Control(t).index_offset +
                                             sizeof(format::IndexHeader));
  std::uint64_t* const free = std::find(entries, entries + 64, 0u);
  *free = (std::uint64_t{1} << 40) | (std::uint64_t{7} << 48);
  Control(t).used = 48;
  for (int i = 0; i < 3; ++i) {
    const auto added = AddText(*t.table, "more", 'x', 1);
    CHECK(added.error().code() == Code::kCorrupt);
    CHECK(added.error().message().find("index") != std::string::npos);
  }
  CHECK(t.table->List()->size() == 47);
  *free = 0;
  CHECK(AddText(*t.table, "more", 'x', 1));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("an index larger than its block is read, and never written to") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 3).value();
  const auto* control =
      t.region.At<format::RecordControl>(format::kRecordsOffset);
  auto* index = t.region.At<format::IndexHeader>(control->index_offset);
  const std::uint32_t log2 = index->log2_capacity;
  index->log2_capacity = log2 + 4;
  const std::vector<std::byte> before(t.memory.bytes().begin(),
                                      t.memory.bytes().end());
  CHECK(t.table->List());
  const auto added = AddText(*t.table, "b", 'y', 3);
  REQUIRE(!added);
  CHECK(added.error().code() == Code::kCorrupt);
  CHECK(added.error().message() ==
        "the index of names is larger than its block");
  CHECK(t.table->Remove(id).error().code() == Code::kCorrupt);
  // But for the file's lock and the statistics nothing has changed.
  const std::uint64_t data = format::kDataOffset;
  CHECK(std::equal(before.begin() + data, before.end(),
                   t.memory.bytes().begin() + data));
  index->log2_capacity = log2;
  CHECK(t.table->Remove(id));
}

// An index all of whose entries but one lead to one record.
void FillIndex(TestTable& t, RecordId id, std::uint32_t log2) {
  const std::uint64_t count = std::uint64_t{1} << log2;
  heap::Allocator allocator(t.region, format::kHeapOffset);
  heap::Unit unit(t.region, format::kHeapOffset);
  const std::uint64_t offset =
      allocator
          .Allocate(unit, sizeof(format::IndexHeader) + count * 8,
                    heap::Kind::kIndex)
          .value();
  unit.Commit();
  const std::uint64_t hash =
      t.region.At<format::RecordHeader>(id.offset)->name_hash;
  auto* index = t.region.At<format::IndexHeader>(offset);
  index->log2_capacity = log2;
  index->number = 99;
  auto* entries = reinterpret_cast<std::uint64_t*>(index + 1);
  std::fill_n(entries, count, format::IndexEntry::Make(hash, id.offset));
  entries[(hash + count - 1) & (count - 1)] = 0;
  auto* control = t.region.At<format::RecordControl>(format::kRecordsOffset);
  control->index_offset = offset;
  control->used = count;
}

TEST_CASE("a hostile index of one hash is given up soon") {
  TestTable t(64 << 20);
  const RecordId id = AddText(*t.table, "a", 'a', 8).value();
  // The square of their number would be hours of work.
  FillIndex(t, id, 21);
  const auto added = AddText(*t.table, "b", 'b', 8);
  REQUIRE(!added);
  CHECK(added.error().code() == Code::kCorrupt);
  CHECK(added.error().message().find("one hash") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::record
