#include "lib/record/pending.h"

#include <doctest/doctest.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

struct Fixture {
  TestTable t{1 << 20};
  Space space = *Space::Of(t.region, &t.host);
  std::uint64_t used = t.used_bytes();

  std::uint64_t& pending() { return space.header->pending_offset; }
  std::uint64_t& title() { return space.header->title_offset; }
};

TEST_CASE_FIXTURE(Fixture, "a pending block is freed by recovery") {
  REQUIRE(AllocatePending(space, 1000, heap::Kind::kText));
  CHECK(pending() != 0);
  CHECK(t.used_bytes() > used);
  REQUIRE(t.table->Recover());
  CHECK(pending() == 0);
  CHECK(t.used_bytes() == used);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE_FIXTURE(Fixture, "a swap links the new and unlinks the old one") {
  const std::uint64_t first =
      AllocatePending(space, 100, heap::Kind::kText).value();
  REQUIRE(SwapPending(space, &title()));
  CHECK(title() == first);
  CHECK(pending() == 0);
  const std::uint64_t second =
      AllocatePending(space, 100, heap::Kind::kText).value();
  REQUIRE(SwapPending(space, &title()));
  CHECK(title() == second);
  CHECK(pending() == first);
  REQUIRE(FreeField(space, &pending()));
  CHECK(Faults(*t.table) == "");
  REQUIRE(FreeField(space, &title()));
  CHECK(title() == 0);
  CHECK(t.used_bytes() == used);
}

TEST_CASE_FIXTURE(Fixture, "an allocation that fails changes nothing") {
  CHECK(AllocatePending(space, 1 << 30, heap::Kind::kText).error().code() ==
        Code::kNoSpace);
  CHECK(pending() == 0);
  CHECK(AllocateField(space, &title(), UINT64_MAX, heap::Kind::kText, 0)
            .error()
            .code() == Code::kNoSpace);
  CHECK(title() == 0);
  CHECK(t.used_bytes() == used);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE_FIXTURE(Fixture, "garbage as pending is Corrupt, with a sentence") {
  const RecordId id = AddText(*t.table, "a", 'x', 100).value();
  const std::uint64_t value = t.table->Info(id)->version.offset;
  for (const std::uint64_t hostile :
       {std::uint64_t{1}, std::uint64_t{8}, std::uint64_t{4096}, value + 16,
        t.region.size() - 16, t.region.size(), UINT64_MAX, UINT64_MAX - 15}) {
    CAPTURE(hostile);
    pending() = hostile;
    const Status recovered = t.table->Recover();
    REQUIRE(!recovered);
    CHECK(recovered.error().code() == Code::kCorrupt);
    CHECK(recovered.error().message().size() > 20);
    CHECK(AddText(*t.table, "b", 'y', 1).error().code() == Code::kCorrupt);
    CHECK(GetText(*t.table, id) == std::string(100, 'x'));
  }
  pending() = 0;
  CHECK(AddText(*t.table, "b", 'y', 1));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE_FIXTURE(Fixture, "a field outside of the region is none") {
  std::uint64_t elsewhere = 0;
  CHECK(AllocateField(space, &elsewhere, 10, heap::Kind::kText, 0)
            .error()
            .code() == Code::kCorrupt);
  CHECK(elsewhere == 0);
  CHECK(t.used_bytes() == used);
}

}  // namespace
}  // namespace mapfile::record
