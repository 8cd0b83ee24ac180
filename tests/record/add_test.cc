#include <doctest/doctest.h>

#include <new>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("names have 1 to 255 bytes") {
  TestTable t;
  CHECK(AddText(*t.table, "", 'x', 1).error().code() == Code::kInvalidArgument);
  CHECK(AddText(*t.table, std::string(256, 'n'), 'x', 1).error().code() ==
        Code::kInvalidArgument);
  for (const std::size_t size : {1, 31, 32, 33, 96, 97, 255}) {
    const std::string name(size, 'n');
    REQUIRE(AddText(*t.table, name, 'x', 1));
    CHECK(t.table->Info(t.table->Find(name).value())->name == name);
  }
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a full table keeps what it has") {
  TestTable t(256 << 10);
  const RecordId id = AddText(*t.table, "a", 'a', 1000).value();
  CHECK(PutText(*t.table, id, 'b', 10 << 20).error().code() == Code::kNoSpace);
  CHECK(GetText(*t.table, id) == std::string(1000, 'a'));
  int added = 0;
  Result<RecordId> next = id;
  while ((next = AddText(*t.table, "r" + std::to_string(added), 'x', 5000))) {
    ++added;
  }
  CHECK(next.error().code() == Code::kNoSpace);
  CHECK(added > 10);
  CHECK(Faults(*t.table) == "");
  REQUIRE(t.table->Remove(t.table->Find("r3").value()));
  CHECK(AddText(*t.table, "again", 'x', 4000));
  CHECK(GetText(*t.table, id) == std::string(1000, 'a'));
}

TEST_CASE("what can't be a record is refused before anything changes") {
  TestTable t;
  const std::uint64_t used = t.used_bytes();
  for (const std::uint32_t slots : {0u, 1u, 17u, 1u << 31}) {
    CHECK(AddText(*t.table, "a", 'x', 1, slots).error().code() ==
          Code::kInvalidArgument);
  }
  Properties properties;
  properties.flags = 6;
  const auto fill = FillWith('x');
  CHECK(t.table->Add("a", properties, 1, 1, fill).error().code() ==
        Code::kInvalidArgument);
  properties = {};
  properties.title = std::string(format::kMaxTitleSize + 1, 't');
  CHECK(t.table->Add("a", properties, 1, 1, fill).error().code() ==
        Code::kInvalidArgument);
  CHECK(t.table->Add("a", {}, 1, std::uint64_t{1} << 60, fill).error().code() ==
        Code::kInvalidArgument);
  CHECK(t.table->List()->empty());
  CHECK(Faults(*t.table) == "");
  // The last one got as far as a control block, which is kept for later.
  CHECK(t.used_bytes() <= used + 1024);
}

TEST_CASE("the first version's generation is told") {
  TestTable t;
  const auto fill = FillWith('x');
  Generation first = 0;
  const RecordId id = t.table->Add("a", {}, 1, 8, fill, &first).value();
  CHECK(first == t.table->CurrentGeneration(id).value());
  REQUIRE(PutText(*t.table, id, 'y', 8));
  REQUIRE(t.table->Remove(id));
  Generation second = 0;
  REQUIRE(t.table->Add("b", {}, 1, 8, fill, &second));
  CHECK(second == first + 2);
}

TEST_CASE("an error of the one who fills adds nothing") {
  TestTable t;
  REQUIRE(AddText(*t.table, "kept", 'k', 10));
  const auto fail = [](std::span<std::byte>) -> Status {
    return Fail(Code::kInvalidArgument, "no");
  };
  for (int i = 0; i < 3; ++i) {
    CHECK(t.table->Add("a", {}, 1, 1000, fail).error().message() == "no");
    CHECK(!t.table->Find("a"));
  }
  CHECK(t.table->live() == 1);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("who fills can't change the table under its own feet") {
  TestTable t;
  const RecordId other = AddText(*t.table, "other", 'o', 10).value();
  Code added = {};
  Code removed = {};
  const auto fill = [&](std::span<std::byte> bytes) -> Status {
    added = AddText(*t.table, "inner", 'i', 10).error().code();
    removed = t.table->Remove(other).error().code();
    return FillWith('x')(bytes);
  };
  REQUIRE(t.table->Add("a", {}, 1, 10, fill));
  CHECK(added == Code::kBusy);
  CHECK(removed == Code::kBusy);
  CHECK(GetText(*t.table, other) == std::string(10, 'o'));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a floor above all generations is no space, not a record of none") {
  for (const std::uint64_t floor :
       {UINT64_MAX, (std::uint64_t{1} << 60) - 1, std::uint64_t{1} << 60}) {
    TestTable t;
    t.region.At<format::FileHeader>(0)->generation_floor = floor;
    CHECK(AddText(*t.table, "a", 'x', 1).error().code() == Code::kNoSpace);
    CHECK(t.table->Find("a").error().code() == Code::kNotFound);
  }
}

TEST_CASE("a reusable list that leads nowhere, or to the living, is Corrupt") {
  TestTable t;
  const RecordId living = AddText(*t.table, "a", 'x', 1).value();
  auto* control = t.region.At<format::RecordControl>(format::kRecordsOffset);
  for (const std::uint64_t hostile :
       {living.offset, std::uint64_t{64}, std::uint64_t{1} << 40, UINT64_MAX}) {
    CAPTURE(hostile);
    control->reusable_offset[3][0] = hostile;
    const auto added = AddText(*t.table, "b", 'y', 1);
    CHECK(added.error().code() == Code::kCorrupt);
    CHECK(added.error().message().size() > 20);
  }
  CHECK(GetText(*t.table, living) == "x");
}

TEST_CASE("a fill that throws leaves the table as it was") {
  TestTable t;
  const std::uint64_t used = t.used_bytes();
  const auto fill = [](std::span<std::byte>) -> Status {
    throw std::bad_alloc();
  };
  CHECK_THROWS_AS((void)t.table->Add("a", {}, 1, 8, fill), std::bad_alloc);
  REQUIRE(AddText(*t.table, "b", 'b', 8));
  CHECK(t.table->Find("a").error().code() == Code::kNotFound);
  CHECK(Faults(*t.table) == "");
  REQUIRE(t.table->RemoveAll());
  CHECK(t.used_bytes() >= used);
}

}  // namespace
}  // namespace mapfile::record
