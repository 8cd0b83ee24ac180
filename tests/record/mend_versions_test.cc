// Versions that were damaged: which of them is current, and which are lost.
#include "lib/record/mend.h"
#include "tests/record/damaged_table.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::SlotHeader;

const std::string kA(100, 'a');
const std::string kB(100, 'b');
const std::string kC(100, 'c');

// "a", with its newest version in slot 2.
struct Fixture : DamagedTable {
  Fixture() { REQUIRE(PublishedWord::Slot(a.header->published) == 2); }
  std::string Value() { return GetText(*table, *table->Find("a")); }
  std::string Told(const std::string& action) { return "\"a\": " + action; }

  const Block a = BlockOf("a");
  const Generation newest = PublishedWord::Generation(a.header->published);
};

TEST_CASE("a slot that leads elsewhere leads to its buffer again") {
  for (std::uint32_t i = 0; i < 3; ++i) {
    for (int bit = 0; bit < 64; ++bit) {
      CAPTURE(i);
      CAPTURE(bit);
      Fixture t;
      const std::vector<std::byte> whole = t.Bytes();
      const std::string buffer = std::to_string(t.a.slots[i].offset);
      t.a.slots[i].offset ^= std::uint64_t{1} << bit;
      const Mended mended = t.Mend(kDrop);
      CHECK(mended.actions == Actions{t.Told("slot " + std::to_string(i) +
                                             " leads to its buffer at offset " +
                                             buffer + " again")});
      CHECK(mended.dropped.empty());
      CHECK(t.Is(whole));
      CheckSettled(t);
    }
  }
}

TEST_CASE("an empty slot takes no buffer from a version") {
  Fixture t;
  // As a killed writer left it.
  t.a.slots[0].stamp = 0;
  t.a.slots[0].size = 0;
  t.a.slots[0].flags = 0;
  REQUIRE(t.Mend(kKeep).actions.empty());
  const std::vector<std::byte> whole = t.Bytes();
  t.a.slots[0].offset = t.a.slots[2].offset;
  CHECK(t.Mend(kDrop).dropped.empty());
  CHECK(t.Is(whole));
}

TEST_CASE("the slot of the current version is known by its stamp") {
  for (std::uint32_t slot = 0; slot < 16; ++slot) {
    if (slot == 2) continue;
    CAPTURE(slot);
    Fixture t;
    const std::vector<std::byte> whole = t.Bytes();
    t.a.header->published = PublishedWord::Make(t.newest, slot);
    CHECK(t.Mend(kKeep).actions ==
          Actions{t.Told("its published word leads to slot 2")});
    CHECK(t.Is(whole));
  }
}

// Whichever of the two words is damaged, the newest value stays the current
// one, and generations don't go back.
template <class F>
void CheckNewestStays(F&& word) {
  for (int bit = 0; bit < 64; ++bit) {
    CAPTURE(bit);
    Fixture t;
    word(t) ^= std::uint64_t{1} << bit;
    const Mended mended = t.Mend(kDrop);
    CHECK(mended.actions.size() == 1);
    CHECK(mended.dropped.empty());
    REQUIRE(t.table->Find("a"));
    CHECK(t.Value() == kC);
    CHECK(PublishedWord::Generation(t.a.header->published) >= t.newest);
    CheckSettled(t);
  }
}

TEST_CASE("a flipped bit of the published word costs no version") {
  CheckNewestStays(
      [](Fixture& t) -> std::uint64_t& { return t.a.header->published; });
}

TEST_CASE("nor does one of the current version's stamp") {
  CheckNewestStays(
      [](Fixture& t) -> std::uint64_t& { return t.a.slots[2].stamp; });
  Fixture t;
  const std::vector<std::byte> whole = t.Bytes();
  t.a.slots[2].stamp = 0;
  CHECK(t.Mend(kKeep).actions ==
        Actions{t.Told("generation " + std::to_string(t.newest) +
                       " got its stamp back")});
  CHECK(t.Is(whole));
}

TEST_CASE("what a killed writer stamped and never published isn't there") {
  Fixture t;
  t.a.slots[0].stamp = t.newest + 1;
  const Mended mended = t.Mend(kKeep);
  CHECK(mended.actions.empty());
  CHECK(mended.dropped.empty());
  CHECK(t.a.slots[0].stamp == 0);
  CHECK(t.Value() == kC);
  CHECK(t.table->Generations(*t.table->Find("a")).size() == 2);
  CheckSettled(t);
}

TEST_CASE("an empty slot leads to a buffer of the record's or nowhere") {
  Fixture t;
  const auto contents = t.Contents();
  const Block c = t.BlockOf("c");
  REQUIRE(c.slots[1].stamp == 0);
  c.slots[1].offset = t.a.slots[0].offset;
  CHECK(t.Mend(kKeep).actions ==
        Actions{"\"c\": slot 1, which is empty, leads nowhere any more"});
  CHECK(c.slots[1].offset == 0);
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

// The current version of "a", in slot 2, is lost for that reason.
void CheckLost(const std::string& reason,
               void (*damage)(Fixture& t, SlotHeader& slot),
               bool need_checksum = false) {
  CAPTURE(reason);
  Fixture t;
  damage(t, t.a.slots[2]);
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend({.drop = false, .need_checksum = need_checksum});
  REQUIRE(kept.dropped.size() == 1);
  const Dropped& lost = kept.dropped[0];
  CHECK(lost.record == "a");
  CHECK(lost.generation == t.newest);
  CHECK(lost.size_bytes == t.a.slots[2].size);
  CHECK(lost.offset == t.a.slots[2].offset);
  CHECK(lost.reason == reason);
  CHECK(kept.actions.empty());
  CHECK(t.Bytes() == damaged);
  const Mended dropped = t.Mend({.drop = true, .need_checksum = need_checksum});
  CHECK(dropped.dropped.size() == 1);
  const std::string now = std::to_string(t.newest + 1);
  CHECK(dropped.actions.at(0) ==
        t.Told("generation " + std::to_string(t.newest - 1) +
               " is the current one again, as " + now));
  CHECK(t.Contents().at("a") ==
        now + "=" + kB + " " + std::to_string(t.newest - 2) + "=" + kA + " ");
  CheckSettled(t);
}

TEST_CASE("for a current version that is lost, the one before comes back") {
  CheckLost("its value doesn't have its checksum",
            [](Fixture& t, SlotHeader& slot) {
              t.region.base()[slot.offset + 50] ^= std::byte{4};
            });
  CheckLost("its value doesn't have its checksum",
            [](Fixture&, SlotHeader& slot) { slot.checksum ^= 1; });
  CheckLost("its value is larger than its buffer",
            [](Fixture&, SlotHeader& slot) { slot.size = 1 << 20; });
  CheckLost("its value was lost in a crash of the machine",
            [](Fixture&, SlotHeader& slot) { slot.flags |= format::kDamaged; });
  CheckLost("its type is unknown",
            [](Fixture&, SlotHeader& slot) { slot.type_id = 7; });
  CheckLost("its value has an X", [](Fixture& t, SlotHeader& slot) {
    t.region.base()[slot.offset] = std::byte{'X'};
    slot.flags = 0;
  });
  CheckLost(
      "its value has no checksum and the file was left in disorder",
      [](Fixture&, SlotHeader& slot) { slot.flags = 0; }, true);
}

TEST_CASE("a dropped version says what class it was of") {
  Fixture t;
  t.a.slots[2].checksum ^= 1;
  CHECK(t.Mend(kKeep).dropped.at(0).class_name == "string");
  t.a.slots[2].type_id = 7;
  t.a.slots[2].checksum ^= 1;
  CHECK(t.Mend(kKeep).dropped.at(0).class_name == "");
}

TEST_CASE("a version whose buffer is gone is lost, where two are that") {
  Fixture t;
  t.a.slots[2].offset = 1ull << 40;
  t.a.slots[1].offset = 1ull << 40;
  const Mended mended = t.Mend(kDrop);
  REQUIRE(mended.dropped.size() == 2);
  for (const Dropped& lost : mended.dropped) {
    CHECK(lost.record == "a");
    CHECK(lost.reason == "its buffer is gone");
  }
  CHECK(t.Contents().at("a") == std::to_string(t.newest + 1) + "=" + kA + " ");
  CheckSettled(t);
}

TEST_CASE("an older version that is lost goes alone") {
  Fixture t;
  auto contents = t.Contents();
  t.region.base()[t.a.slots[0].offset] = std::byte{'A'};
  const std::vector<std::byte> damaged = t.Bytes();
  CHECK(t.Mend(kKeep).dropped.size() == 1);
  CHECK(t.Bytes() == damaged);
  const Mended mended = t.Mend(kDrop);
  REQUIRE(mended.dropped.size() == 1);
  CHECK(mended.dropped[0].generation == t.newest - 2);
  CHECK(mended.actions.empty());
  contents["a"] = std::to_string(t.newest) + "=" + kC + " " +
                  std::to_string(t.newest - 1) + "=" + kB + " ";
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

TEST_CASE("a record of which no version is left is given up by name") {
  Fixture t;
  auto contents = t.Contents();
  const std::uint64_t used = t.used_bytes();
  const std::uint64_t floor = t.header().generation_floor;
  for (std::uint32_t i = 0; i < 3; ++i) t.a.slots[i].checksum ^= 1;
  const std::vector<std::byte> damaged = t.Bytes();
  CHECK(t.Mend(kKeep).dropped.size() == 3);
  CHECK(t.Bytes() == damaged);
  const Mended mended = t.Mend(kDrop);
  CHECK(mended.dropped.at(0).record == "a");
  contents.erase("a");
  CHECK(t.Contents() == contents);
  CHECK(t.used_bytes() < used - 300);
  CHECK(t.header().generation_floor >= std::max(floor, t.newest));
  CheckSettled(t);
}

TEST_CASE("a record that never had a stamp is told as such") {
  Fixture t;
  for (std::uint32_t i = 0; i < 3; ++i) t.a.slots[i].stamp = 0;
  t.a.header->published = PublishedWord::Make(t.newest + 9, 2);
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend(kKeep);
  REQUIRE(kept.dropped.size() == 1);
  CHECK(kept.dropped[0].record == "a");
  CHECK(kept.dropped[0].offset == t.a.offset);
  CHECK(kept.dropped[0].reason == "no version of it can be found");
  CHECK(t.Bytes() == damaged);
}

}  // namespace
}  // namespace mapfile::record
