#include "lib/record/space.h"

#include <doctest/doctest.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("parts outside of the file are Corrupt, and named") {
  TestTable t;
  auto& header = *t.region.At<format::FileHeader>(0);
  const struct {
    std::uint64_t* field;
    const char* name;
  } parts[] = {{&header.records_offset, "record table"},
               {&header.notify_offset, "notification page"},
               {&header.writers_offset, "writer slots"}};
  for (const auto& part : parts) {
    std::uint64_t* const field = part.field;
    CAPTURE(part.name);
    const std::uint64_t good = *field;
    for (const std::uint64_t hostile : {t.region.size(), t.region.size() - 8,
                                        UINT64_MAX, UINT64_MAX - 7, good + 1}) {
      CAPTURE(hostile);
      *field = hostile;
      const auto table = Table::Attach(t.region, nullptr);
      REQUIRE(!table);
      CHECK(table.error().code() == Code::kCorrupt);
      CHECK(table.error().message().find(part.name) != std::string::npos);
    }
    *field = good;
  }
  CHECK(Table::Attach(t.region, nullptr));
}

TEST_CASE("no control block lies where its slots or name would not fit") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  const Block good = Block::At(t.region, id.offset).value();
  CHECK(good.slot_count == 3);
  CHECK(good.name_capacity == 32);
  for (const std::uint16_t slots : {0, 1, 17, 65535}) {
    good.header->slots = slots;
    CHECK(!Block::At(t.region, id.offset));
    CHECK(t.table->Info(id).error().code() == Code::kCorrupt);
  }
  good.header->slots = 3;
  for (const std::uint16_t capacity : {0, 31, 255, 65535}) {
    good.header->name_capacity = capacity;
    CHECK(!Block::At(t.region, id.offset));
  }
  good.header->name_capacity = 32;
  // At the very end of the region.
  const std::uint64_t last = t.region.size() - sizeof(format::RecordHeader);
  auto* header = t.region.At<format::RecordHeader>(last);
  header->slots = 2;
  header->name_capacity = 32;
  CHECK(!Block::At(t.region, last));
  for (const std::uint64_t offset :
       {id.offset + 8, t.region.size(), last + 64, UINT64_MAX - 63}) {
    CHECK(!Block::At(t.region, offset));
  }
}

TEST_CASE("a record is found by offset and incarnation only") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  const Space space = *Space::Of(t.region, nullptr);
  CHECK(Resolve(space, id));
  CHECK(Resolve(space, {id.offset, id.incarnation + 2}).error().code() ==
        Code::kNotFound);
  CHECK(Resolve(space, {id.offset + 64, 1}).error().code() != Code{});
  CHECK(Resolve(space, {UINT64_MAX - 63, 1}).error().code() == Code::kCorrupt);
  REQUIRE(t.table->Remove(id));
  // An even incarnation is nobody's, even if it is the one that is there.
  CHECK(Resolve(space, {id.offset, id.incarnation + 1}).error().code() ==
        Code::kNotFound);
}

TEST_CASE("an unused block leads nowhere, else it isn't used again") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  const Block block = Block::At(t.region, id.offset).value();
  CHECK(!IsEmpty(block));
  REQUIRE(t.table->Remove(id));
  REQUIRE(IsEmpty(block));
  format::RecordHeader& header = *block.header;
  for (std::uint64_t* word :
       {&header.published, &header.attributes_offset, &header.title_offset,
        &block.slots[0].stamp, &block.slots[2].offset}) {
    *word = 64;
    CHECK(!IsEmpty(block));
    CHECK(Faults(*t.table).find("unused record") != std::string::npos);
    CHECK(AddText(*t.table, "b", 'x', 10).error().code() == Code::kCorrupt);
    *word = 0;
  }
  CHECK(Faults(*t.table) == "");
  CHECK(AddText(*t.table, "b", 'x', 10)->offset == id.offset);
}

TEST_CASE("bytes end where the region does") {
  TestTable t;
  const Space space = *Space::Of(t.region, nullptr);
  const std::uint64_t end = t.region.size();
  CHECK(Bytes(space, end - 10, 10)->size() == 10);
  CHECK(Bytes(space, end, 0));
  CHECK(Bytes(space, end - 10, 11).error().code() == Code::kCorrupt);
  CHECK(Bytes(space, 64, UINT64_MAX).error().code() == Code::kCorrupt);
  CHECK(Bytes(space, UINT64_MAX, 2).error().code() == Code::kCorrupt);
  CHECK(AlignedBytes(space, 64, 10));
  CHECK(AlignedBytes(space, 72, 10).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::record
