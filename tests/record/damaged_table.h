// A record table with all sorts of things in it, to be damaged and mended.
#ifndef MAPFILE_TESTS_RECORD_DAMAGED_TABLE_H_
#define MAPFILE_TESTS_RECORD_DAMAGED_TABLE_H_

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "lib/format/heap_layout.h"
#include "lib/record/mend.h"
#include "tests/record/test_table.h"

namespace mapfile::record {

inline constexpr MendOptions kKeep{};
inline constexpr MendOptions kDrop{.drop = true};
using Actions = std::vector<std::string>;

// Values are of type 1 and have no 'X' in them.
class LetterJudge : public ValueJudge {
 public:
  Status Judge(std::uint32_t type_id,
               std::span<const std::byte> bytes) override {
    if (type_id != 1) return Fail(Code::kCorrupt, "its type is unknown");
    const bool good =
        std::count(bytes.begin(), bytes.end(), std::byte{'X'}) == 0;
    if (good) return {};
    return Fail(Code::kCorrupt, "its value has an X");
  }
  std::string ClassName(std::uint32_t type_id) override {
    return type_id == 1 ? "string" : "";
  }
};

// Three records: "a" has a title, attributes and three versions, whose newest
// is all 'c'; "b" has two; "c" has two slots. One more was removed. Every
// version has its checksum.
struct DamagedTable : TestTable {
  static constexpr std::size_t kSize = 128 << 10;

  DamagedTable() : TestTable(kSize) {
    REQUIRE(table->SetTitle("a table"));
    Properties properties;
    properties.title = "words";
    properties.attributes = {.period_ms = 250, .unit = "cm", .description = ""};
    const RecordId a =
        table->Add("a", properties, 1, 100, FillWith('a')).value();
    const RecordId gone = AddText(*table, "gone", 'g', 50).value();
    const RecordId b = AddText(*table, "b", 'd', 300).value();
    REQUIRE(PutText(*table, a, 'b', 100));
    REQUIRE(PutText(*table, a, 'c', 100));
    REQUIRE(PutText(*table, b, 'e', 200));
    const RecordId c = AddText(*table, "c", 'f', 10, 2).value();
    REQUIRE(table->Remove(gone));
    for (const RecordId id : {a, b, c}) REQUIRE(table->ChecksumKept(id));
    unused = gone.offset;
    // What the removed one left in its slots means nothing, and goes first.
    REQUIRE(Mend().actions.empty());
  }

  Space space() { return *Space::Of(region, &host); }
  format::FileHeader& header() { return *region.At<format::FileHeader>(0); }
  format::RecordControl& control() {
    return *region.At<format::RecordControl>(format::kRecordsOffset);
  }
  std::uint64_t* entries() {
    return region.At<std::uint64_t>(control().index_offset +
                                    sizeof(format::IndexHeader));
  }
  // To be asked for before there is damage.
  Block BlockOf(std::string_view name) {
    return Block::At(region, table->Find(name).value().offset).value();
  }
  format::SlotHeader& Current(const Block& block) {
    return block.slots[format::PublishedWord::Slot(block.header->published)];
  }

  std::uint64_t Allocate(std::uint64_t size, heap::Kind kind,
                         std::uint64_t align = 64) {
    heap::Unit unit(region, format::kHeapOffset);
    const auto offset = heap::Allocator(region, format::kHeapOffset)
                            .Allocate(unit, size, kind, 0, align);
    REQUIRE(offset);
    unit.Commit();
    return *offset;
  }

  std::vector<std::byte> Bytes() const {
    return {memory.bytes().begin(), memory.bytes().end()};
  }
  // All but the journal, whose entries mean nothing between two units.
  bool Is(const std::vector<std::byte>& bytes) const {
    constexpr std::size_t kJournal =
        format::kHeapOffset + offsetof(format::HeapControl, units);
    constexpr std::size_t kRest =
        format::kHeapOffset + sizeof(format::HeapControl);
    return std::memcmp(region.base(), bytes.data(), kJournal) == 0 &&
           std::memcmp(region.base() + kRest, bytes.data() + kRest,
                       kSize - kRest) == 0;
  }

  Mended Mend(const MendOptions& options = kDrop) {
    LetterJudge judge;
    Mended mended;
    const Status done = MendTable(region, host, judge, options, mended);
    REQUIRE_MESSAGE(done, (done ? "" : done.error().message()));
    return mended;
  }

  // By the records' names: "5=cccc 4=bbbb ", the versions they keep.
  std::map<std::string, std::string> Contents() {
    std::map<std::string, std::string> contents;
    const auto ids = table->List().value();
    for (const RecordId id : ids) {
      std::string text;
      for (const Generation generation : table->Generations(id)) {
        text += std::to_string(generation) + "=" +
                GetText(*table, id, {generation, Verify::kIfChecked}) + " ";
      }
      contents[table->Info(id)->name] = text;
    }
    return contents;
  }

  std::uint64_t unused = 0;  // The control block of a removed record
};

// The table is whole, and nothing more is done a second time.
inline void CheckSettled(DamagedTable& t) {
  CHECK(Faults(*t.table) == "");
  const std::vector<std::byte> mended = t.Bytes();
  const Mended again = t.Mend();
  CHECK(again.actions.empty());
  CHECK(again.dropped.empty());
  CHECK(t.Bytes() == mended);
}

// Damages a whole table, and wants it back byte for byte, by `action` alone.
template <class F>
void CheckRestored(const std::string& action, F&& damage) {
  CAPTURE(action);
  for (const bool drop : {false, true}) {
    CAPTURE(drop);
    DamagedTable t;
    const std::vector<std::byte> whole = t.Bytes();
    damage(t);
    REQUIRE(!t.Is(whole));
    const Mended mended = t.Mend({.drop = drop});
    CHECK(mended.actions == Actions{action});
    CHECK(mended.dropped.empty());
    CHECK(t.Is(whole));
    CheckSettled(t);
  }
}

}  // namespace mapfile::record

#endif  // MAPFILE_TESTS_RECORD_DAMAGED_TABLE_H_
