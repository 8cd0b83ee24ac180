#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <random>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

const ReadOptions kAfterCrash = {.generation = 0, .verify = Verify::kRequired};

TEST_CASE("what has its checksum is kept, the rest is named") {
  TestTable t;
  const RecordId synced = AddText(*t.table, "synced", 's', 100).value();
  const RecordId lost = AddText(*t.table, "lost", 'l', 100).value();
  REQUIRE(t.table->ChecksumCurrent(synced));
  const auto repairs = t.table->RepairAfterCrash();
  REQUIRE(repairs);
  CHECK(repairs->records == 2);
  CHECK(repairs->damaged == 1);
  CHECK(GetText(*t.table, synced, kAfterCrash) == std::string(100, 's'));
  CHECK(GetText(*t.table, lost).find("lost in a crash") != std::string::npos);
  // It works again from the next version on.
  REQUIRE(PutText(*t.table, lost, 'n', 100));
  CHECK(GetText(*t.table, lost) == std::string(100, 'n'));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("the durable version comes back under a new generation") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  const Generation durable = t.table->ChecksumCurrent(id).value();
  REQUIRE(t.table->SetDurable(id, durable));
  for (const char c : {'b', 'c', 'd', 'e'}) {
    REQUIRE(PutText(*t.table, id, c, 100));
  }
  CHECK(t.table->Info(id)->durable_generation == durable);
  const Generation last = t.table->CurrentGeneration(id).value();
  const auto repairs = t.table->RepairAfterCrash();
  REQUIRE(repairs);
  CHECK(repairs->restored == 1);
  CHECK(GetText(*t.table, id, kAfterCrash) == std::string(100, 'a'));
  CHECK(t.table->CurrentGeneration(id).value() > last);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a block that bytes were moved to is nobody's to free") {
  TestTable t;
  heap::Allocator allocator(t.region, format::kHeapOffset);
  auto* control = t.region.At<format::HeapControl>(format::kHeapOffset);
  heap::Unit unit(t.region, format::kHeapOffset);
  const std::uint64_t moving =
      allocator.Allocate(unit, 100, heap::Kind::kUser).value();
  unit.Commit();
  // The page that says so may be older than those that lead to the block.
  control->moving_offset = moving;
  REQUIRE(t.table->RepairAfterCrash());
  CHECK(control->moving_offset == 0);
  CHECK(allocator.BlockSize(moving, heap::Kind::kUser));
}

TEST_CASE("a forgetful index finds its records again") {
  TestTable t;
  for (int i = 0; i < 30; ++i) {
    const RecordId id =
        AddText(*t.table, "r" + std::to_string(i), 'x', 100).value();
    REQUIRE(t.table->ChecksumCurrent(id));
  }
  auto* control = t.region.At<format::RecordControl>(format::kRecordsOffset);
  const std::uint64_t entries =
      control->index_offset + sizeof(format::IndexHeader);
  std::memset(t.region.base() + entries, 0, 64 * 8);
  CHECK(t.table->List()->empty());
  const auto repairs = t.table->RepairAfterCrash();
  REQUIRE(repairs);
  CHECK(repairs->relisted == 30);
  CHECK(t.table->List()->size() == 30);
  CHECK(GetText(*t.table, t.table->Find("r7").value(), kAfterCrash) ==
        std::string(100, 'x'));
  CHECK(Faults(*t.table) == "");
}

// Records that were synced, with `puts` versions before that.
std::map<std::string, std::string> AddSynced(TestTable& t, int puts) {
  std::map<std::string, std::string> synced;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "r" + std::to_string(i);
    const char c = static_cast<char>('a' + i);
    const RecordId id = AddText(*t.table, name, c, 3000).value();
    for (int p = 0; p < puts; ++p) REQUIRE(PutText(*t.table, id, c, 3000));
    const Generation now = t.table->ChecksumCurrent(id).value();
    REQUIRE(t.table->SetDurable(id, now));
    synced[name] = std::string(3000, c);
  }
  return synced;
}

// Changes much, then loses about half of the pages that were written since
// the call: pages reach the medium in any order.
void ChangeAndCrash(TestTable& t, std::mt19937& random) {
  const auto bytes = t.memory.bytes();
  const std::vector<std::byte> medium(bytes.begin(), bytes.end());
  for (int i = 0; i < 40; ++i) {
    const RecordId id =
        t.table->Find("r" + std::to_string(random() % 12)).value();
    REQUIRE(PutText(*t.table, id, static_cast<char>('A' + i % 26), 3000));
  }
  for (std::size_t page = 0; page < bytes.size(); page += 4096) {
    if (random() % 2 == 0) {
      std::memcpy(bytes.data() + page, medium.data() + page, 4096);
    }
  }
}

TEST_CASE("after a loss of power each record has its synced version") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    TestTable t(512 << 10);
    const auto synced = AddSynced(t, 3);
    ChangeAndCrash(t, random);
    REQUIRE(t.table->RepairAfterCrash());
    for (const auto& [key, value] : synced) {
      const std::string& name = key;  // For clang: a binding isn't captured
      CAPTURE(name);
      const auto id = t.table->Find(name);
      REQUIRE(id);
      CHECK(GetText(*t.table, *id, kAfterCrash) == value);
    }
    TestHost host(9, 1);
    CHECK(PutText(*t.Other(host), t.table->Find("r3").value(), 'z', 10));
    CHECK(Faults(*t.table) == "");
  }
}

TEST_CASE("where the heap was in motion, too, no wrong value is served") {
  std::mt19937 random(8);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    TestTable t(512 << 10);
    const auto synced = AddSynced(t, 0);
    ChangeAndCrash(t, random);
    const auto reader = t.Reader();
    for (const auto& [name, value] : synced) {
      const auto id = reader->Find(name);
      if (!id) continue;
      const std::string text = GetText(*reader, *id, kAfterCrash);
      CAPTURE(text);
      CHECK((text == value || text.starts_with("error")));
    }
    // A repair works or says that it can't: never something in between.
    if (const auto repairs = t.table->RepairAfterCrash()) {
      CHECK(Faults(*t.table).find("heap") == std::string::npos);
    } else {
      CHECK(repairs.error().code() == Code::kCorrupt);
    }
  }
}

}  // namespace
}  // namespace mapfile::record
