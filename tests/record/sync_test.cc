#include <doctest/doctest.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("two slots can't spare one") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100, 2).value();
  const Generation now = t.table->ChecksumCurrent(id).value();
  CHECK(t.table->SetDurable(id, now).error().code() == Code::kNotDurable);
}

format::SlotHeader& CurrentSlot(TestTable& t, RecordId id) {
  const Block block = Block::At(t.region, id.offset).value();
  return block.slots[format::PublishedWord::Slot(block.header->published)];
}

TEST_CASE("a checksum belongs to one version") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  const Generation now = t.table->ChecksumCurrent(id).value();
  CHECK(now == t.table->CurrentGeneration(id).value());
  CHECK((CurrentSlot(t, id).flags & format::kChecked) != 0);
  const std::uint32_t checksum = CurrentSlot(t, id).checksum;
  CHECK(t.table->ChecksumCurrent(id).value() == now);
  REQUIRE(PutText(*t.table, id, 'b', 100));
  CHECK((CurrentSlot(t, id).flags & format::kChecked) == 0);
  REQUIRE(t.table->ChecksumCurrent(id));
  CHECK(CurrentSlot(t, id).checksum != checksum);
}

TEST_CASE("writers spare the durable slot for as long as it is the one") {
  for (const std::uint32_t slots : {3u, 4u, 16u}) {
    CAPTURE(slots);
    TestTable t;
    const RecordId id = AddText(*t.table, "a", 'a', 100, slots).value();
    const Generation first = t.table->ChecksumCurrent(id).value();
    REQUIRE(t.table->SetDurable(id, first));
    for (int i = 0; i < 40; ++i) {
      REQUIRE(PutText(*t.table, id, 'b', 100 + i));
      REQUIRE(GetText(*t.table, id, {.generation = first}) ==
              std::string(100, 'a'));
    }
    const Generation second = t.table->ChecksumCurrent(id).value();
    REQUIRE(t.table->SetDurable(id, second));
    CHECK(t.table->Info(id)->durable_generation == second);
    for (std::uint32_t i = 0; i < slots; ++i) {
      REQUIRE(PutText(*t.table, id, 'c', 100));
    }
    CHECK(GetText(*t.table, id, {.generation = first}).starts_with("error"));
    CHECK(GetText(*t.table, id, {.generation = second}) ==
          std::string(139, 'b'));
    CHECK(Faults(*t.table) == "");
  }
}

TEST_CASE("a version that was overwritten can't be spared") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  const Generation first = t.table->CurrentGeneration(id).value();
  for (int i = 0; i < 3; ++i) REQUIRE(PutText(*t.table, id, 'b', 100));
  CHECK(t.table->SetDurable(id, first).error().code() == Code::kNotFound);
  CHECK(t.table->Info(id)->durable_generation == 0);
}

TEST_CASE("all that is kept can be given its checksum") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  const Generation first = t.table->CurrentGeneration(id).value();
  for (const char c : {'b', 'c'}) REQUIRE(PutText(*t.table, id, c, 100));
  const Block block = Block::At(t.region, id.offset).value();
  block.slots[1].flags = format::kDamaged;
  REQUIRE(t.table->ChecksumKept(id));
  const auto get = [&](Generation generation) {
    return GetText(*t.table, id,
                   {.generation = generation, .verify = Verify::kRequired});
  };
  CHECK(get(first) == std::string(100, 'a'));
  CHECK(get(first + 2) == std::string(100, 'c'));
  // What was lost stays so.
  CHECK(get(first + 1).starts_with("error"));
  // A stamp that isn't published is nothing that is kept.
  block.slots[0].stamp = first + 9;
  block.slots[0].flags = 0;
  REQUIRE(t.table->ChecksumKept(id));
  CHECK(block.slots[0].flags == 0);
}

TEST_CASE("bytes that lie elsewhere get no checksum") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  format::SlotHeader& slot = CurrentSlot(t, id);
  const format::SlotHeader good = slot;
  slot.offset = t.region.size();
  CHECK(t.table->ChecksumCurrent(id).error().code() == Code::kCorrupt);
  slot = good;
  slot.size = UINT64_MAX;
  CHECK(t.table->ChecksumCurrent(id).error().code() == Code::kCorrupt);
  slot = good;
  slot.stamp += 1;
  CHECK(t.table->ChecksumCurrent(id).error().code() == Code::kCorrupt);
  slot = good;
  slot.flags = format::kDamaged;
  CHECK(t.table->ChecksumCurrent(id).error().code() == Code::kCorrupt);
  CHECK((slot.flags & format::kChecked) == 0);
}

}  // namespace
}  // namespace mapfile::record
