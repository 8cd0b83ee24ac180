// Control blocks of records that were damaged: shape, name, life and texts.
#include "lib/base/hash.h"
#include "lib/record/mend.h"
#include "tests/record/damaged_table.h"

namespace mapfile::record {
namespace {

using format::RecordHeader;
using heap::Kind;

std::string Who(const Block& block) {
  return "the record at offset " + std::to_string(block.offset);
}

// Flips each bit of a field of the control block of "a" in turn, and wants
// the table back byte for byte.
template <class T>
void CheckEachFlip(T RecordHeader::*field, const std::string& action) {
  for (std::size_t bit = 0; bit < 8 * sizeof(T); ++bit) {
    CAPTURE(bit);
    DamagedTable t;
    const std::vector<std::byte> whole = t.Bytes();
    T& word = t.BlockOf("a").header->*field;
    word = static_cast<T>(word ^ (std::uint64_t{1} << bit));
    const Mended mended = t.Mend(kDrop);
    CHECK(mended.actions == Actions{action});
    CHECK(mended.dropped.empty());
    CHECK(t.Is(whole));
    CheckSettled(t);
  }
}

TEST_CASE("a shape is proven by the name that has its hash") {
  DamagedTable t;
  const Block a = t.BlockOf("a");
  const std::string action = "the shape of the record at offset " +
                             std::to_string(a.offset) + " was put back";
  CheckEachFlip(&RecordHeader::slots, action);
  CheckEachFlip(&RecordHeader::name_capacity, action);
  // Two slots and 96 bytes of name take as much room as three and 32.
  const std::vector<std::byte> whole = t.Bytes();
  a.header->slots = 2;
  a.header->name_capacity = 96;
  CHECK(t.Mend(kDrop).actions == Actions{action});
  CHECK(t.Is(whole));
}

TEST_CASE("the size of a name is proven by its hash, and the other way") {
  DamagedTable t;
  const Block a = t.BlockOf("a");
  CheckEachFlip(&RecordHeader::name_size,
                Who(a) + " got the size of its name back");
  CheckEachFlip(&RecordHeader::name_hash,
                Who(a) + " got the hash of its name as it is now");
}

TEST_CASE("a letter that changed makes another name of it") {
  DamagedTable t;
  const Block a = t.BlockOf("a");
  const std::string value = t.Contents().at("a");
  *a.name = std::byte{'A'};
  const Mended mended = t.Mend(kKeep);
  CHECK(mended.actions ==
        Actions{Who(a) + " got the hash of its name as it is now",
                "made the index of names afresh"});
  CHECK(mended.dropped.empty());
  CHECK(t.Contents().at("A") == value);
  CHECK(t.Contents().size() == 3);
  CheckSettled(t);
}

TEST_CASE("a second record of one name gets a name of its own") {
  DamagedTable t;
  const auto contents = t.Contents();
  const Block b = t.BlockOf("b");
  *b.name = std::byte{'a'};
  b.header->name_hash = t.BlockOf("a").header->name_hash;
  const std::string fresh = "recovered-" + std::to_string(b.offset);
  const Mended mended = t.Mend(kKeep);
  CHECK(mended.actions ==
        Actions{Who(b) + " has no name of its own any more: it is \"" + fresh +
                    "\" now",
                "made the index of names afresh"});
  CHECK(t.Contents() ==
        std::map<std::string, std::string>{{"a", contents.at("a")},
                                           {"c", contents.at("c")},
                                           {fresh, contents.at("b")}});
  CheckSettled(t);
}

TEST_CASE("a record without a name gets one") {
  DamagedTable t;
  const Block c = t.BlockOf("c");
  const std::string value = t.Contents().at("c");
  *c.name = std::byte{0};
  c.header->name_size = 0;
  t.Mend(kKeep);
  CHECK(t.Contents().at("recovered-" + std::to_string(c.offset)) == value);
  CheckSettled(t);
}

TEST_CASE("two of index, hash and incarnation say that it lives") {
  const DamagedTable model;
  const std::uint64_t a = model.table->Find("a")->offset;
  const std::string lives =
      "the record at offset " + std::to_string(a) + " lives again";
  CheckRestored(lives,
                [](DamagedTable& t) { --t.BlockOf("a").header->incarnation; });
  // Without the index, the others know.
  DamagedTable t;
  const auto contents = t.Contents();
  std::fill_n(t.entries(), 64, 0);
  CHECK(t.Mend(kKeep).dropped.empty());
  CHECK(t.Contents() == contents);
}

TEST_CASE("one that only its incarnation knows of is buried") {
  DamagedTable t;
  const auto contents = t.Contents();
  const Block b = t.BlockOf("b");
  const Generation last = t.table->Generations(*t.table->Find("b")).front();
  const std::uint32_t incarnation = b.incarnation();
  std::fill_n(t.entries(), 64, 0);
  b.header->name_hash ^= 1;
  t.Mend(kDrop);
  CHECK(b.incarnation() == incarnation + 1);
  CHECK(t.Contents() == std::map<std::string, std::string>{
                            {"a", contents.at("a")}, {"c", contents.at("c")}});
  CheckSettled(t);
  // Its name's generations go on above what they reached.
  const RecordId again = AddText(*t.table, "b", 'n', 10).value();
  CHECK(again.offset == b.offset);
  CHECK(t.table->CurrentGeneration(again).value() > last);
  CHECK(Faults(*t.table) == "");
}

// Texts of "a" that are lost: given up alone, if that is allowed.
void CheckTextLost(std::uint64_t RecordHeader::*field,
                   const std::string& reason,
                   void (*damage)(DamagedTable& t, std::uint64_t& word)) {
  CAPTURE(reason);
  DamagedTable t;
  const auto contents = t.Contents();
  const Block a = t.BlockOf("a");
  damage(t, a.header->*field);
  const std::uint64_t offset = a.header->*field;
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend(kKeep);
  REQUIRE(kept.dropped.size() == 1);
  CHECK(kept.dropped[0].record == "a");
  CHECK(kept.dropped[0].offset == offset);
  CHECK(kept.dropped[0].reason == reason);
  CHECK(t.Bytes() == damaged);
  CHECK(t.Mend(kDrop).dropped.size() == 1);
  CHECK(a.header->*field == 0);
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

TEST_CASE("texts that can't be read are given up, and nothing else") {
  const std::string kTitle = "its title is damaged";
  CheckTextLost(&RecordHeader::title_offset, kTitle,
                [](DamagedTable&, std::uint64_t& word) { word ^= 1 << 30; });
  CheckTextLost(&RecordHeader::title_offset, kTitle,
                [](DamagedTable& t, std::uint64_t& word) {
                  *t.region.At<std::uint32_t>(word) = 5000;
                });
  // The file's title has it already.
  CheckTextLost(&RecordHeader::title_offset, kTitle,
                [](DamagedTable& t, std::uint64_t& word) {
                  word = t.header().title_offset;
                });
  const std::string kAttributes = "its attributes are damaged";
  CheckTextLost(&RecordHeader::attributes_offset, kAttributes,
                [](DamagedTable&, std::uint64_t& word) { word += 16; });
  CheckTextLost(&RecordHeader::attributes_offset, kAttributes,
                [](DamagedTable& t, std::uint64_t& word) {
                  t.region.At<format::RecordAttributes>(word)->unit_size = 5000;
                });
}

TEST_CASE("a block of no shape is given up if that is allowed") {
  DamagedTable t;
  const auto contents = t.Contents();
  const std::uint64_t used = t.used_bytes();
  const std::uint64_t odd = t.Allocate(5000, Kind::kRecord);
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend(kKeep);
  REQUIRE(kept.dropped.size() == 1);
  CHECK(kept.dropped[0].offset == odd);
  CHECK(kept.dropped[0].reason == "the shape of a record can't be told");
  CHECK(t.Bytes() == damaged);
  CHECK(t.Mend(kDrop).dropped.size() == 1);
  CHECK(t.used_bytes() == used);
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

TEST_CASE("numbers of records that can't be are put right") {
  DamagedTable t;
  const auto contents = t.Contents();
  const Block a = t.BlockOf("a");
  a.header->durable_slot = 4;
  t.header().next_birth = 0;
  t.Mend(kKeep);
  CHECK(a.header->durable_slot == 0);
  CHECK(t.header().next_birth == t.BlockOf("c").header->birth);
  t.header().generation_floor = 1ull << 61;
  CHECK(t.Mend(kKeep).actions == Actions{"the generation floor begins again"});
  CHECK(t.Contents() == contents);
  CHECK(AddText(*t.table, "new", 'n', 10));
  CheckSettled(t);
}

}  // namespace
}  // namespace mapfile::record
