#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

std::uint64_t WordAt(const TestTable& t, RecordId id, std::size_t at,
                     Generation generation = 0) {
  std::uint64_t word = 0;
  CHECK(t.table->Read(id, {.generation = generation},
                      [&](const VersionView& view) -> Status {
                        CopyShared(&word, view.bytes.data() + at, sizeof(word));
                        return {};
                      }));
  return word;
}

// Three words of 0.
RecordId AddWords(TestTable& t) {
  return AddText(*t.table, "a", '\0', 24).value();
}

TEST_CASE("a word counts, the version stays, others are left alone") {
  TestTable t;
  const RecordId id = AddWords(t);
  const Generation now = t.table->CurrentGeneration(id).value();
  CHECK(t.table->Count(id, now, 8, 1).value() == 1);
  CHECK(t.table->Count(id, now, 8, 41).value() == 42);
  CHECK(t.table->Count(id, now, 16, ~std::uint64_t{0}).value() == ~0ull);
  CHECK(t.table->Count(id, now, 16, 2).value() == 1);  // Around 2^64
  CHECK(WordAt(t, id, 0) == 0);
  CHECK(WordAt(t, id, 8) == 42);
  CHECK(t.table->CurrentGeneration(id).value() == now);
  CHECK(t.table->Info(id)->updates == 1);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("where no word is, and in a version that isn't current") {
  TestTable t;
  const RecordId id = AddWords(t);
  const Generation now = t.table->CurrentGeneration(id).value();
  for (const std::uint64_t at : {4ull, 17ull, 24ull, ~0ull, ~0ull - 7}) {
    CAPTURE(at);
    CHECK(t.table->Count(id, now, at, 1).error().code() ==
          Code::kInvalidArgument);
  }
  CHECK(t.table->Count(id, now + 1, 0, 1).error().code() == Code::kConflict);
  REQUIRE(PutText(*t.table, id, '\0', 8));
  CHECK(t.table->Count(id, now, 0, 1).error().code() == Code::kConflict);
  CHECK(t.table->Count(id, now + 1, 0, 1).value() == 1);
  REQUIRE(t.table->Remove(id));
  CHECK(t.table->Count(id, now + 1, 0, 1).error().code() == Code::kNotFound);
}

TEST_CASE("what has a checksum stays, a copy counts") {
  TestTable t;
  const RecordId id = AddWords(t);
  const Generation now = t.table->CurrentGeneration(id).value();
  REQUIRE(t.table->Count(id, now, 0, 7));
  REQUIRE(t.table->ChecksumCurrent(id));
  CHECK(t.table->Count(id, now, 0, 1).error().code() == Code::kConflict);
  CHECK(t.table->Count(id, now + 1, 0, 1).value() == 8);
  CHECK(WordAt(t, id, 0, now) == 7);
  CHECK(t.table->Read(id, {.generation = now, .verify = Verify::kRequired},
                      [](const VersionView&) { return Status(); }));
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("threads that count together lose nothing, readers see whole words") {
  TestTable t;
  const RecordId id = AddWords(t);
  const Generation now = t.table->CurrentGeneration(id).value();
  constexpr int kEach = 5000;
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 2; ++i) {
      writers.emplace_back([&] {
        for (int n = 0; n < kEach; ++n) {
          static_cast<void>(t.table->Count(id, now, 8, 1ull << 32 | 1));
        }
      });
    }
    for (int n = 0; n < kEach; ++n) {
      const std::uint64_t word = WordAt(t, id, 8);
      if (word >> 32 != (word & 0xffffffff)) FAIL("half a word");
    }
  }
  CHECK(WordAt(t, id, 8) == (1ull << 32 | 1) * 2 * kEach);
}

}  // namespace
}  // namespace mapfile::record
