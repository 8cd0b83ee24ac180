// Descriptions of classes that were damaged: put back, or given up by name.
#include "lib/base/hash.h"
#include "lib/record/mend.h"
#include "tests/record/damaged_table.h"

namespace mapfile::record {
namespace {

using format::TypeHeader;

// Three types, whose records' values are all of the first.
struct Fixture : DamagedTable {
  Fixture() {
    TypeStore store(*table);
    for (const std::string_view text : {"vector<f64>", "map<u8,string>"}) {
      REQUIRE(store.IdOf(HashText(text, 0), text));
    }
  }
  std::uint64_t OffsetOf(std::uint32_t id) {
    std::uint64_t offset = control().type_first_offset;
    while (--id != 0) offset = TypeAt(offset).next_offset;
    return offset;
  }
  TypeHeader& TypeAt(std::uint64_t offset) {
    return *region.At<TypeHeader>(offset);
  }
  TypeHeader& Type(std::uint32_t id) { return TypeAt(OffsetOf(id)); }
  char& LetterOf(std::uint32_t id, std::uint64_t i) {
    return *region.At<char>(OffsetOf(id) + sizeof(TypeHeader) + i);
  }
  std::string TextOf(std::uint32_t id) {
    TypeStore store(*table);
    const auto entry = store.Lookup(id);
    return entry ? (*entry)->text : "error: " + entry.error().message();
  }
};

void CheckTypeRestored(const std::string& action, void (*damage)(Fixture& t)) {
  CAPTURE(action);
  Fixture t;
  const std::vector<std::byte> whole = t.Bytes();
  damage(t);
  REQUIRE(!t.Is(whole));
  const Mended mended = t.Mend(kKeep);
  CHECK(mended.actions == Actions{action});
  CHECK(mended.dropped.empty());
  CHECK(t.Is(whole));
  CheckSettled(t);
}

TEST_CASE("what one word says wrong of a type is put back") {
  const std::string kHash = "the hash of type 2 was put back";
  CheckTypeRestored(kHash, [](Fixture& t) { t.Type(2).hash ^= 1; });
  CheckTypeRestored(kHash, [](Fixture& t) { t.Type(2).hash ^= 1ull << 63; });
  CheckTypeRestored("the id of type 2 was put back",
                    [](Fixture& t) { t.Type(2).id = 0; });
}

TEST_CASE("an id that is any other is put back") {
  for (std::uint32_t id = 1; id <= 3; ++id) {
    for (int bit = 0; bit < 32; ++bit) {
      CAPTURE(id);
      CAPTURE(bit);
      Fixture t;
      const std::vector<std::byte> whole = t.Bytes();
      t.Type(id).id ^= std::uint32_t{1} << bit;
      const Mended mended = t.Mend(kDrop);
      CHECK(mended.actions ==
            Actions{"the id of type " + std::to_string(id) + " was put back"});
      CHECK(mended.dropped.empty());
      CHECK(t.Is(whole));
    }
  }
}

TEST_CASE("the list of types is made afresh from its blocks") {
  const std::string kList = "made the list of types afresh";
  CheckTypeRestored(kList,
                    [](Fixture& t) { t.control().type_first_offset = 0; });
  CheckTypeRestored(kList,
                    [](Fixture& t) { t.control().type_first_offset ^= 64; });
  CheckTypeRestored(kList,
                    [](Fixture& t) { t.control().type_last_offset = 8; });
  CheckTypeRestored(kList, [](Fixture& t) { t.control().types = 99; });
  CheckTypeRestored(kList, [](Fixture& t) {
    const std::uint64_t second = t.OffsetOf(2);
    t.TypeAt(second).next_offset = second;
  });
  CheckTypeRestored(kList, [](Fixture& t) { t.Type(3).next_offset = ~0ull; });
  CheckTypeRestored(kList, [](Fixture& t) { t.Type(1).next_offset = 0; });
}

// One that is lost is told, and stays as it is unless it may be given up.
void CheckLost(void (*damage)(Fixture& t)) {
  Fixture t;
  const std::uint64_t lost = t.OffsetOf(2);
  const std::uint64_t used = t.used_bytes();
  damage(t);
  const std::vector<std::byte> damaged = t.Bytes();
  const Mended kept = t.Mend(kKeep);
  REQUIRE(kept.dropped.size() == 1);
  CHECK(kept.dropped[0].offset == lost);
  CHECK(kept.dropped[0].reason == "the description of type 2 is lost");
  CHECK(kept.actions.empty());
  CHECK(t.Bytes() == damaged);
  REQUIRE(t.Mend(kDrop).dropped.size() == 1);
  CHECK(t.TextOf(1) == "string");
  CHECK(t.TextOf(2) == "bytes");
  CHECK(t.TextOf(3) == "map<u8,string>");
  CHECK(t.used_bytes() == used);
  CheckSettled(t);
}

TEST_CASE("a description that can't be had is given up, those behind aren't") {
  CheckLost([](Fixture& t) { t.LetterOf(2, 0) ^= 1; });
  // vector<i64> can be read, and its hash says that it was another one.
  CheckLost([](Fixture& t) { t.LetterOf(2, 7) = 'i'; });
  CheckLost([](Fixture& t) { t.Type(2).hash ^= 3; });
  CheckLost([](Fixture& t) { t.Type(2).size = 1 << 21; });
  CheckLost([](Fixture& t) { t.Type(2).size = 1 << 10; });
  CheckLost([](Fixture& t) { t.Type(2).size = 0; });
}

TEST_CASE("a lost one keeps its place, also where its id is lost") {
  Fixture t;
  TypeHeader& lost = t.Type(2);
  t.LetterOf(2, 0) ^= 1;
  lost.id = 0;
  const Mended mended = t.Mend(kKeep);
  REQUIRE(mended.dropped.size() == 1);
  CHECK(mended.dropped[0].reason == "the description of type 2 is lost");
  CHECK(mended.actions == Actions{"made the list of types afresh"});
  CHECK(lost.id == 2);
  CHECK(t.control().types == 3);
  CHECK(Faults(*t.table) ==
        "the description of type 2 doesn't have its hash\n");
}

TEST_CASE("one whose block is gone gets another") {
  Fixture t;
  const auto contents = t.Contents();
  const std::uint64_t at = t.OffsetOf(2) - 16;
  auto* header = t.region.At<format::BlockHeader>(at);
  header->size_word = format::SizeWord::Make(
      at, format::SizeWord::Size(header->size_word), header->size_word & 2, 1);
  header->owner_word = format::OwnerWord::Make(at, header->size_word, 0);
  REQUIRE(t.space().allocator().Check().empty());
  const Mended mended = t.Mend(kDrop);
  REQUIRE(mended.dropped.size() == 1);
  CHECK(mended.dropped[0].offset == 0);
  CHECK(mended.dropped[0].reason == "the description of type 2 is lost");
  CHECK(mended.actions == Actions{"made the list of types afresh"});
  CHECK(t.TextOf(2) == "bytes");
  CHECK(t.TextOf(3) == "map<u8,string>");
  CHECK(t.Contents() == contents);
  CheckSettled(t);
}

TEST_CASE("of two with one id the list tells which has it") {
  DamagedTable t;
  TypeStore store(*t.table);
  const auto enter = [&](std::string_view text) {
    REQUIRE(store.IdOf(HashText(text, 0), text));
    return t.control().type_last_offset;
  };
  // The third type gets a place in front of the second.
  std::uint64_t hole = 0;
  for (int i = 0; i < 9; ++i) hole = t.Allocate(40, heap::Kind::kUser, 16);
  const std::uint64_t second = enter("vector<f64>");
  heap::Unit unit(t.region, format::kHeapOffset);
  REQUIRE(t.space().allocator().Free(unit, hole));
  unit.Commit();
  const std::uint64_t third = enter("vector<f32>");
  REQUIRE(third < second);
  const std::vector<std::byte> whole = t.Bytes();
  for (const std::uint32_t id : {1, 2}) {
    CAPTURE(id);
    t.region.At<TypeHeader>(third)->id = id;
    CHECK(t.Mend(kKeep).actions == Actions{"the id of type 3 was put back"});
    CHECK(t.Is(whole));
  }
  t.region.At<TypeHeader>(second)->id = 3;
  CHECK(t.Mend(kKeep).actions == Actions{"the id of type 2 was put back"});
  CHECK(t.Is(whole));
  CheckSettled(t);
}

}  // namespace
}  // namespace mapfile::record
