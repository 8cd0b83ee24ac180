#include <doctest/doctest.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

format::FileHeader& Header(TestTable& t) {
  return *t.region.At<format::FileHeader>(0);
}
format::RecordHeader& RecordAt(TestTable& t, RecordId id) {
  return *t.region.At<format::RecordHeader>(id.offset);
}
void TakeFromIndex(TestTable& t, const char* name, RecordId id) {
  const Space space = *Space::Of(t.region, &t.host);
  const Index index(space);
  *index.EntryOf(index.Hash(name), id.offset).value() =
      format::IndexEntry::kTombstone;
}

TEST_CASE("where nothing was left undone nothing changes") {
  TestTable t;
  REQUIRE(AddText(*t.table, "a", 'x', 100));
  const std::vector<std::byte> before(t.memory.bytes().begin(),
                                      t.memory.bytes().end());
  for (int i = 0; i < 3; ++i) REQUIRE(t.table->Recover());
  CHECK(std::memcmp(before.data(), t.memory.bytes().data(), before.size()) ==
        0);
}

TEST_CASE("a listed record lives if and only if an entry leads to it") {
  TestTable t;
  const RecordId lives = AddText(*t.table, "lives", 'l', 100).value();
  const RecordId dies = AddText(*t.table, "dies", 'd', 100).value();
  const Generation last = PutText(*t.table, dies, 'e', 100).value();
  const Generation structure = Header(t).structure_generation;
  RecordAt(t, dies).dying_next = lives.offset;
  Header(t).dying_offset = dies.offset;
  TakeFromIndex(t, "dies", dies);
  REQUIRE(t.table->Recover());
  CHECK(Header(t).dying_offset == 0);
  CHECK(Header(t).structure_generation > structure);
  CHECK(Header(t).generation_floor >= last);
  CHECK(GetText(*t.table, lives) == std::string(100, 'l'));
  CHECK(t.table->Info(dies).error().code() == Code::kNotFound);
  CHECK(t.table->live() == 1);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a dying list that is a circle is Corrupt, not walked for ever") {
  TestTable t;
  const RecordId a = AddText(*t.table, "a", 'a', 10).value();
  const RecordId b = AddText(*t.table, "b", 'b', 10).value();
  RecordAt(t, a).dying_next = b.offset;
  RecordAt(t, b).dying_next = a.offset;
  Header(t).dying_offset = a.offset;
  const Status recovered = t.table->Recover();
  CHECK(recovered.error().code() == Code::kCorrupt);
  CHECK(recovered.error().message().find("circle") != std::string::npos);
  CHECK(GetText(*t.table, a) == std::string(10, 'a'));
}

TEST_CASE("a circle of the dead ends, and hands out no block twice") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  TakeFromIndex(t, "a", id);
  RecordAt(t, id).dying_next = id.offset;
  Header(t).dying_offset = id.offset;
  (void)t.table->Recover();
  const auto first = AddText(*t.table, "b", 'b', 10);
  const auto second = AddText(*t.table, "c", 'c', 10);
  if (first && second) CHECK(first->offset != second->offset);
  if (first) CHECK(GetText(*t.table, *first) == std::string(10, 'b'));
}

TEST_CASE("a dying list that leads nowhere is Corrupt with a sentence") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  // Until each slot has its buffer.
  for (int i = 0; i < 3; ++i) REQUIRE(PutText(*t.table, id, 'b', 10));
  for (const std::uint64_t hostile :
       {std::uint64_t{8}, std::uint64_t{64}, t.region.size() - 64,
        t.region.size(), UINT64_MAX - 63, UINT64_MAX}) {
    CAPTURE(hostile);
    Header(t).dying_offset = hostile;
    const Status recovered = t.table->Recover();
    CHECK(recovered.error().code() == Code::kCorrupt);
    CHECK(recovered.error().message().find("where none can be") !=
          std::string::npos);
    CHECK(PutText(*t.table, id, 'b', 10));  // That touches no list
  }
}

TEST_CASE("slots of the dying that lead nowhere are Corrupt") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Block block = Block::At(t.region, id.offset).value();
  TakeFromIndex(t, "a", id);
  Header(t).dying_offset = id.offset;
  const std::uint64_t good = block.slots[0].offset;
  for (const std::uint64_t hostile :
       {std::uint64_t{1}, good + 16, t.region.size(), UINT64_MAX}) {
    block.slots[0].offset = hostile;
    CHECK(t.table->Recover().error().code() == Code::kCorrupt);
  }
  block.slots[0].offset = good;
  REQUIRE(t.table->Recover());
  CHECK(Faults(*t.table) == "");
}

}  // namespace
}  // namespace mapfile::record
