// What the table derives, made afresh: index, lists, words; and what of the
// heap nothing leads to.
#include "lib/record/mend.h"

#include "tests/record/damaged_table.h"

namespace mapfile::record {
namespace {

using heap::Kind;

std::string Freed(std::uint64_t offset) {
  return "freed the block at offset " + std::to_string(offset) +
         ", which nothing led to";
}

TEST_CASE("a whole table stays byte for byte") {
  for (const bool drop : {false, true}) {
    DamagedTable t;
    REQUIRE(Faults(*t.table) == "");
    const std::vector<std::byte> whole = t.Bytes();
    const Mended mended = t.Mend({.drop = drop});
    CHECK(mended.actions.empty());
    CHECK(mended.dropped.empty());
    CHECK(t.Bytes() == whole);
  }
}

TEST_CASE("each block in use is hinted at as what it is, and no other") {
  DamagedTable t;
  const heap::Hints hints = CollectHints(t.space());
  std::size_t used = 0;
  const auto compare = [&](const heap::Allocator::Block& block) {
    if (block.kind == Kind::kFree) return true;
    ++used;
    CAPTURE(block.offset);
    const auto hint = hints.find(block.offset);
    REQUIRE(hint != hints.end());
    CHECK(hint->second.kind == block.kind);
    CHECK(hint->second.owner == block.owner);
    CHECK(hint->second.size <= block.size);
    return true;
  };
  REQUIRE(t.space().allocator().ForEachBlock(compare));
  CHECK(used > 10);
  CHECK(hints.size() == used);
}

TEST_CASE("hints of a damaged table lie inside it, and come to an end") {
  using Damage = void (*)(DamagedTable & t);
  for (const Damage damage : std::initializer_list<Damage>{
           [](DamagedTable& t) { t.control().index_offset = ~0ull; },
           [](DamagedTable& t) {
             t.region.At<format::IndexHeader>(t.control().index_offset)
                 ->log2_capacity = 63;
           },
           [](DamagedTable& t) { t.entries()[3] = ~0ull; },
           [](DamagedTable& t) {
             const std::uint64_t first = t.control().type_first_offset;
             t.region.At<format::TypeHeader>(first)->next_offset = first;
           },
           [](DamagedTable& t) {
             // Where no block can be.
             const std::uint64_t at = t.unused + 8;
             t.region.At<format::TypeHeader>(at)->next_offset = at;
             t.region.At<format::TypeHeader>(at)->size = 0;
             t.control().type_first_offset = at;
           },
           [](DamagedTable& t) {
             t.region.At<format::RecordHeader>(t.unused)->dying_next = t.unused;
           },
           [](DamagedTable& t) { t.BlockOf("a").slots[0].offset = 1ull << 60; },
           [](DamagedTable& t) { t.BlockOf("a").slots[0].size = ~0ull; },
           [](DamagedTable& t) { t.BlockOf("a").header->title_offset = 8; }}) {
    DamagedTable t;
    damage(t);
    const heap::Hints hints = CollectHints(t.space());
    // What has nothing to do with the damage is there all the same.
    CHECK(hints.contains(t.header().title_offset));
    for (const auto& hint : hints) {
      CHECK(hint.first % 16 == 0);
      CHECK(t.region.Contains(hint.first, hint.second.size));
    }
  }
}

TEST_CASE("an index that isn't right is made afresh") {
  using Damage = void (*)(DamagedTable & t);
  for (const Damage damage : std::initializer_list<Damage>{
           [](DamagedTable& t) {
             *std::find_if(t.entries(), t.entries() + 64,
                           [](std::uint64_t e) { return e > 1; }) ^= 1ull << 40;
           },
           [](DamagedTable& t) { std::fill_n(t.entries(), 64, 0); },
           [](DamagedTable& t) {
             std::uint64_t* const free =
                 std::find(t.entries(), t.entries() + 64, 0);
             *free = format::IndexEntry::Make(t.BlockOf("b").header->name_hash,
                                              t.BlockOf("b").offset);
           },
           [](DamagedTable& t) { t.control().index_offset = 0; },
           [](DamagedTable& t) { t.control().index_offset = 1ull << 50; },
           [](DamagedTable& t) { t.control().index_offset = t.unused; },
           [](DamagedTable& t) {
             t.region.At<format::IndexHeader>(t.control().index_offset)
                 ->log2_capacity = 40;
           },
           [](DamagedTable& t) { t.control().live = 77; },
           [](DamagedTable& t) { t.control().used = 1; }}) {
    DamagedTable t;
    const auto contents = t.Contents();
    const std::uint64_t used = t.used_bytes();
    const std::uint64_t structure = t.header().structure_generation;
    damage(t);
    REQUIRE(Faults(*t.table) != "");
    const Mended mended = t.Mend(kKeep);
    CHECK(mended.actions == Actions{"made the index of names afresh"});
    CHECK(mended.dropped.empty());
    CHECK(t.Contents() == contents);
    CHECK(t.used_bytes() == used);
    CHECK(t.header().structure_generation == structure + 1);
    CheckSettled(t);
  }
}

TEST_CASE("lists of unused records hold what is unused, and only that") {
  const std::string kAction = "made the lists of unused records afresh";
  const auto head = [](DamagedTable& t) -> std::uint64_t& {
    return t.control().reusable_offset[3][0];
  };
  CheckRestored(kAction, [&](DamagedTable& t) { head(t) = 0; });
  CheckRestored(kAction, [&](DamagedTable& t) { head(t) = ~0ull; });
  CheckRestored(kAction,
                [&](DamagedTable& t) { head(t) = t.BlockOf("a").offset; });
  CheckRestored(kAction, [&](DamagedTable& t) {
    t.region.At<format::RecordHeader>(t.unused)->dying_next = t.unused;
  });
  CheckRestored(kAction, [&](DamagedTable& t) {
    t.control().reusable_offset[7][1] = std::exchange(head(t), 0);
  });
}

TEST_CASE("locks and lists of those who are gone are dropped") {
  const std::string kAction =
      "dropped the list of removed records, which could not be finished";
  CheckRestored(kAction, [](DamagedTable& t) { t.header().dying_offset = 64; });
  CheckRestored(kAction, [](DamagedTable& t) {
    t.header().pending_offset = t.BlockOf("a").offset;
  });
  // A lock is no damage: nothing is told.
  DamagedTable t;
  const std::vector<std::byte> whole = t.Bytes();
  t.header().lock = format::LockWord::Make(7, 3);
  t.BlockOf("b").header->lock = format::LockWord::Make(7, 3);
  CHECK(t.Mend().actions.empty());
  CHECK(t.Bytes() == whole);
}

TEST_CASE("blocks that nothing leads to are freed, and told") {
  for (const Kind kind : {Kind::kValue, Kind::kText, Kind::kAttributes}) {
    DamagedTable t;
    const auto contents = t.Contents();
    const std::uint64_t used = t.used_bytes();
    const std::uint64_t lost = t.Allocate(100, kind);
    CHECK(t.Mend(kKeep).actions == Actions{Freed(lost)});
    CHECK(t.used_bytes() == used);
    CHECK(t.Contents() == contents);
    CheckSettled(t);
  }
  // Programs know of theirs, whatever the table thinks.
  DamagedTable t;
  t.Allocate(100, Kind::kUser);
  const std::vector<std::byte> whole = t.Bytes();
  CHECK(t.Mend().actions.empty());
  CHECK(t.Bytes() == whole);
}

TEST_CASE("a title that can't be read is given up if that is allowed") {
  DamagedTable t;
  const std::uint64_t title = t.header().title_offset;
  const std::uint64_t used =
      t.used_bytes() -
      t.space().allocator().BlockSize(title, Kind::kText).value();
  *t.region.At<std::uint32_t>(title) = 1 << 20;
  const std::uint64_t lost = t.Allocate(100, Kind::kValue);
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend(kKeep);
  REQUIRE(kept.dropped.size() == 1);
  CHECK(kept.dropped[0].offset == title);
  CHECK(kept.dropped[0].reason == "the file's title is damaged");
  CHECK(kept.dropped[0].record == "");
  // While something may still be found, nothing is freed either.
  CHECK(kept.actions.empty());
  CHECK(t.Bytes() == damaged);
  const auto contents = t.Contents();
  const Mended dropped = t.Mend(kDrop);
  CHECK(dropped.dropped.size() == 1);
  CHECK(dropped.actions == Actions{Freed(lost), Freed(title)});
  CHECK(t.used_bytes() == used);
  CHECK(t.table->Title().value() == "");
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

TEST_CASE("where no new index fits it is NoSpace") {
  DamagedTable t;
  const std::uint64_t at = t.control().index_offset - 16;
  auto* header = t.region.At<format::BlockHeader>(at);
  // As if the index had become a block of a program's.
  header->size_word = format::SizeWord::Make(
      at, format::SizeWord::Size(header->size_word), 0, 1);
  header->owner_word = format::OwnerWord::Make(at, header->size_word, 0);
  REQUIRE(t.space().allocator().Check().empty());
  heap::Allocator allocator = t.space().allocator();
  for (std::uint64_t size = 64 << 10; size >= 256; size /= 2) {
    for (;;) {
      heap::Unit unit(t.region, format::kHeapOffset);
      if (!allocator.Allocate(unit, size, Kind::kUser)) break;
      unit.Commit();
    }
  }
  LetterJudge judge;
  Mended mended;
  const Status done = MendTable(t.region, t.host, judge, kDrop, mended);
  REQUIRE(!done);
  CHECK(done.error().code() == Code::kNoSpace);
  CHECK(done.error().message().find("are needed") != std::string::npos);
}

TEST_CASE("parts outside of the file are Corrupt") {
  DamagedTable t;
  t.header().records_offset = DamagedTable::kSize;
  LetterJudge judge;
  Mended mended;
  const Status done = MendTable(t.region, t.host, judge, kDrop, mended);
  REQUIRE(!done);
  CHECK(done.error().code() == Code::kCorrupt);
  CHECK(done.error().message() ==
        "its header puts the record table at offset 131072, not inside the "
        "file");
}

}  // namespace
}  // namespace mapfile::record
