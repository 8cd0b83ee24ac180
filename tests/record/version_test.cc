#include "lib/record/version.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

Block BlockOf(TestTable& t, RecordId id) {
  return Block::At(t.region, id.offset).value();
}

TEST_CASE("generations have 60 bits, and 0 is none") {
  CHECK(CheckGeneration(1));
  CHECK(CheckGeneration(kMaxGeneration));
  CHECK(CheckGeneration(kMaxGeneration + 1).error().code() == Code::kNoSpace);
  CHECK(CheckGeneration(UINT64_MAX).error().code() == Code::kNoSpace);
  CHECK(CheckGeneration(0).error().code() == Code::kNoSpace);
  CHECK(CheckSize(kMaxSize));
  CHECK(CheckSize(kMaxSize + 1).error().code() == Code::kInvalidArgument);
}

TEST_CASE("the last generation of all is the last") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Block block = BlockOf(t, id);
  block.slots[0].stamp = kMaxGeneration - 1;
  block.header->published = format::PublishedWord::Make(kMaxGeneration - 1, 0);
  CHECK(PutText(*t.table, id, 'b', 10).value() == kMaxGeneration);
  CHECK(PutText(*t.table, id, 'c', 10).error().code() == Code::kNoSpace);
  CHECK(GetText(*t.table, id) == std::string(10, 'b'));
}

TEST_CASE("a value isn't copied over itself") {
  std::vector<std::byte> bytes(100, std::byte{1});
  const std::span<std::byte> all(bytes);
  for (const std::size_t distance : {0, 1, 39}) {
    CAPTURE(distance);
    const Status copied =
        CopyValue(all.subspan(50, 40), all.subspan(50 - distance, 40));
    REQUIRE(!copied);
    CHECK(copied.error().code() == Code::kCorrupt);
  }
  bytes[50] = std::byte{2};
  REQUIRE(CopyValue(all.subspan(50, 40), all.subspan(10, 40)));
  CHECK(bytes[10] == std::byte{2});
  CHECK(CopyValue(all.subspan(10, 40), all.subspan(50, 40)));
}

TEST_CASE("a version is all that was written of it") {
  TestTable t;
  format::SlotHeader slot{};
  slot.flags = format::kChecked | format::kDamaged;
  slot.checksum = 5;
  const Space space = *Space::Of(t.region, &t.host);
  WriteVersion(space, slot, 1234, 7, {.wall_ns = 11, .mono_ns = 22});
  const Version version = LoadVersion(slot, 42);
  CHECK(version.generation == 42);
  CHECK(version.size == 1234);
  CHECK(version.type_id == 7);
  CHECK(version.wall_ns == 11);
  CHECK(version.mono_ns == 22);
  CHECK(version.writer_slot == t.host.writer_slot());
  CHECK(version.writer_incarnation == t.host.incarnation());
  CHECK(version.flags == 0);
  CHECK(version.checksum == 0);
}

TEST_CASE("a stamp above the published generation isn't found") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Generation now = PutText(*t.table, id, 'b', 10).value();
  const Block block = BlockOf(t, id);
  block.slots[2].stamp = now + 1;
  CHECK(FindVersion(block, now + 1)->slot == nullptr);
  CHECK(FindVersion(block, now)->is_current);
  const Found before = FindVersion(block, now - 1).value();
  CHECK(before.slot == &block.slots[0]);
  CHECK(!before.is_current);
  CHECK(FindVersion(block, 0)->generation == now);
}

TEST_CASE("a published word that names no slot is Corrupt") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Block block = BlockOf(t, id);
  for (const std::uint64_t word :
       {std::uint64_t{0}, std::uint64_t{1}, format::PublishedWord::Make(5, 3),
        UINT64_MAX}) {
    CAPTURE(word);
    block.header->published = word;
    CHECK(CurrentOf(block, word).error().code() == Code::kCorrupt);
    CHECK(FindVersion(block, 0).error().code() == Code::kCorrupt);
    CHECK(OwnVersion(block).error().code() == Code::kCorrupt);
    CHECK(PutText(*t.table, id, 'b', 10).error().code() == Code::kCorrupt);
    CHECK(GetText(*t.table, id).starts_with("error"));
  }
}

TEST_CASE("an edit starts from a version that is whole") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Block block = BlockOf(t, id);
  int edits = 0;
  const auto edit = [&edits](std::uint32_t, std::span<std::byte>) -> Status {
    ++edits;
    return {};
  };
  const format::SlotHeader good = block.slots[0];
  block.slots[0].stamp = 99;
  CHECK(t.table->Modify(id, edit).error().code() == Code::kCorrupt);
  block.slots[0] = good;
  block.slots[0].flags = format::kDamaged;
  CHECK(t.table->Modify(id, edit).error().code() == Code::kCorrupt);
  block.slots[0] = good;
  block.slots[0].size = UINT64_MAX / 2;
  CHECK(t.table->Modify(id, edit).error().code() == Code::kCorrupt);
  CHECK(edits == 0);
  block.slots[0] = good;
  CHECK(t.table->Modify(id, edit));
}

TEST_CASE("a writer doesn't follow a slot that leads elsewhere") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 1000).value();
  const Block block = BlockOf(t, id);
  REQUIRE(PutText(*t.table, id, 'b', 1000));
  const std::uint64_t good = block.slots[2].offset;
  for (const std::uint64_t hostile :
       {std::uint64_t{8}, std::uint64_t{64}, block.slots[0].offset + 64,
        t.region.size(), UINT64_MAX}) {
    CAPTURE(hostile);
    block.slots[2].offset = hostile;
    const auto published = PutText(*t.table, id, 'c', 10);
    CHECK(published.error().code() == Code::kCorrupt);
    CHECK(GetText(*t.table, id) == std::string(1000, 'b'));
  }
  block.slots[2].offset = good;
  CHECK(PutText(*t.table, id, 'c', 10));
}

}  // namespace
}  // namespace mapfile::record
