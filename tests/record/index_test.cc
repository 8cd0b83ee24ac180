#include "lib/record/index.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

format::RecordControl& Control(TestTable& t) {
  return *t.region.At<format::RecordControl>(format::kRecordsOffset);
}
std::uint64_t* Entries(TestTable& t) {
  return t.region.At<std::uint64_t>(Control(t).index_offset +
                                    sizeof(format::IndexHeader));
}

TEST_CASE("of 100,000 names each is found, in 1.5 probes on average") {
  TestTable t(128 << 20);
  constexpr int kCount = 100'000;
  for (int i = 0; i < kCount; ++i) {
    if (!AddText(*t.table, "name" + std::to_string(i), 'x', 8)) {
      FAIL("not added: " << i);
    }
  }
  std::uint64_t probes = 0;
  std::uint64_t most = 0;
  int found = 0;
  for (int i = 0; i < kCount; ++i) {
    const std::string name = "name" + std::to_string(i);
    const std::uint64_t took = t.table->Probes(name);
    probes += took;
    most = std::max(most, took);
    found += t.table->Find(name).has_value();
  }
  CHECK(found == kCount);
  CHECK(static_cast<double>(probes) / kCount <= 1.5);
  CHECK(most < 100);
  CHECK(t.table->List()->size() == kCount);
  CHECK(t.table->live() == kCount);
  CHECK(t.table->Find("name100000").error().code() == Code::kNotFound);
}

TEST_CASE("entries to nowhere are passed over, whatever they hold") {
  TestTable t;
  REQUIRE(AddText(*t.table, "a", 'x', 10));
  const std::uint64_t hash = Index(*Space::Of(t.region, nullptr)).Hash("b");
  for (const std::uint64_t offset :
       {std::uint64_t{2}, std::uint64_t{64}, std::uint64_t{4096},
        std::uint64_t{1} << 40, format::IndexEntry::kOffsetMask}) {
    CAPTURE(offset);
    std::uint64_t& entry = Entries(t)[hash % 64];
    const std::uint64_t former =
        std::exchange(entry, format::IndexEntry::Make(hash, offset));
    CHECK(t.table->Find("b").error().code() == Code::kNotFound);
    CHECK(t.table->Find("a"));
    CHECK(t.table->List()->size() == 1);
    entry = former;
  }
}

TEST_CASE("a full table of hostile entries ends each search") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  for (int i = 0; i < 64; ++i) Entries(t)[i] = ~std::uint64_t{0} << 6;
  CHECK(t.table->Find("a").error().code() == Code::kNotFound);
  CHECK(t.table->List()->empty());
  CHECK(t.table->Probes("a") == 64);
  CHECK(AddText(*t.table, "b", 'x', 1).error().code() == Code::kCorrupt);
  CHECK(t.table->Remove(id).error().code() == Code::kCorrupt);
}

TEST_CASE("the same record twice in the index is listed once") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  const std::uint64_t hash = Index(*Space::Of(t.region, nullptr)).Hash("a");
  for (int i = 0; i < 64; ++i) {
    Entries(t)[i] = format::IndexEntry::Make(hash, id.offset);
  }
  CHECK(t.table->List()->size() == 1);
}

TEST_CASE("an index that lies nowhere is Corrupt with a sentence") {
  TestTable t;
  REQUIRE(AddText(*t.table, "a", 'x', 10));
  const std::uint64_t good = Control(t).index_offset;
  for (const std::uint64_t offset :
       {std::uint64_t{0}, good + 8, std::uint64_t{4} << 20, UINT64_MAX - 15}) {
    CAPTURE(offset);
    Control(t).index_offset = offset;
    for (const Code code :
         {t.table->Find("a").error().code(), t.table->List().error().code()}) {
      // At 0 there is the file's header, no index.
      CHECK(code == Code::kCorrupt);
    }
  }
  Control(t).index_offset = good;
  auto* header = t.region.At<format::IndexHeader>(good);
  for (const std::uint32_t log2 : {0u, 5u, 20u, 40u, 63u, 64u, UINT32_MAX}) {
    CAPTURE(log2);
    header->log2_capacity = log2;
    CHECK(t.table->Find("a").error().code() == Code::kCorrupt);
    CHECK(t.table->List().error().message().find("index") != std::string::npos);
    CHECK(AddText(*t.table, "b", 'x', 1).error().code() == Code::kCorrupt);
  }
  header->log2_capacity = 6;
  CHECK(t.table->Find("a"));
}

// A region at which something happens when a look at it goes outside, which
// an entry to nowhere provokes in the middle of a walk.
class TrapRegion : public Region {
 public:
  using Region::Region;
  void Refresh() const override {
    if (trap) std::exchange(trap, nullptr)();
  }
  mutable std::function<void()> trap;
};

TEST_CASE("a list isn't deceived by a new table at the old one's place") {
  TestTable t;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 10));
  }
  TrapRegion region(t.memory.bytes());
  const auto reader = *Table::Attach(region, nullptr);
  int place = 32;  // About in the middle: others lie on both sides
  while (Entries(t)[place] != 0) ++place;
  Entries(t)[place] = std::uint64_t{1} << 40;
  const std::uint64_t first = Control(t).index_offset;
  int tables = 0;
  region.trap = [&] {
    Entries(t)[place] = 0;
    // New tables of the same size, until one lies where the first one was,
    // with the same records in other places.
    const Space space = *Space::Of(t.region, &t.host);
    Index index(space);
    auto ids = *t.table->List();
    do {
      std::reverse(ids.begin(), ids.end());
      REQUIRE(index.Rebuild(ids));
      ++tables;
    } while (Control(t).index_offset != first && tables < 10);
    // None of those that were looked at already are where they were.
    std::reverse(Entries(t), Entries(t) + 64);
  };
  CHECK(reader->List()->size() == 20);
  CHECK(tables > 0);
  CHECK(Control(t).index_offset == first);
}

}  // namespace
}  // namespace mapfile::record
