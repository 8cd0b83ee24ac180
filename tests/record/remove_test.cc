#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("a removed record is gone, its name may come back") {
  TestTable t;
  const RecordId first = AddText(*t.table, "a", 'x', 100).value();
  REQUIRE(PutText(*t.table, first, 'y', 100));
  const Generation last = t.table->CurrentGeneration(first).value();
  REQUIRE(t.table->Remove(first));
  CHECK(t.table->Find("a").error().code() == Code::kNotFound);
  CHECK(GetText(*t.table, first).starts_with("error"));
  CHECK(PutText(*t.table, first, 'z', 1).error().code() == Code::kNotFound);
  CHECK(t.table->Remove(first).error().code() == Code::kNotFound);

  const RecordId second = AddText(*t.table, "a", 'z', 100).value();
  CHECK(second.offset == first.offset);
  CHECK(second.incarnation > first.incarnation);
  // Generations never go back, whoever they belong to.
  CHECK(t.table->CurrentGeneration(second).value() > last);
  CHECK(t.table->CurrentGeneration(first).error().code() == Code::kNotFound);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("removing leaves no bytes behind but control blocks") {
  TestTable t;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1000));
  }
  REQUIRE(t.table->RemoveAll());
  const std::uint64_t used = t.used_bytes();
  CHECK(t.table->List()->empty());
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 20; ++i) {
      REQUIRE(AddText(*t.table, "r" + std::to_string(i), 'x', 1000));
    }
    REQUIRE(t.table->RemoveAll());
  }
  CHECK(t.used_bytes() == used);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("generations rise over any number of lives of a name") {
  TestTable t;
  Generation last = 0;
  for (int life = 0; life < 200; ++life) {
    const std::string name = life % 3 == 0 ? "a" : "b";
    const RecordId id = AddText(*t.table, name, 'x', 10).value();
    for (int i = 0; i < life % 5; ++i) REQUIRE(PutText(*t.table, id, 'y', 10));
    const Generation now = t.table->CurrentGeneration(id).value();
    REQUIRE(now > last);
    last = now;
    REQUIRE(t.table->Remove(id));
  }
  CHECK(Faults(*t.table) == "");
}

// Adds and removes "a" again and again.
int Churn(TestTable& t, std::uint32_t slot, int rounds) {
  TestHost host(slot, 1);
  const auto table = t.Other(host);
  for (int i = 0; i < rounds; ++i) {
    const auto id = AddText(*table, "a", 'x', 100);
    if (!id && id.error().code() != Code::kExists) return 1;
    if (id && !PutText(*table, *id, 'y', 100) && table->Find("a") == *id) {
      return 2;
    }
    const auto found = table->Find("a");
    if (!found) continue;
    const Status removed = table->Remove(*found);
    if (!removed && removed.error().code() != Code::kNotFound) return 3;
  }
  return 0;
}

TEST_CASE(
    "processes that remove what others add agree, and a reader's "
    "generation never goes back") {
  TestTable t;
  Generation last = 0;
  // Again, until the reader has had a turn: on a busy machine it may get none.
  for (int round = 0; round < 100 && last == 0; ++round) {
    pid_t children[2];
    for (std::uint32_t i = 0; i < 2; ++i) {
      children[i] = fork();
      if (children[i] == 0) _exit(Churn(t, i + 2, 3000));
    }
    const auto reader = t.Reader();
    int running = 2;
    while (running > 0) {
      for (int i = 0; i < 100; ++i) {
        const auto id = reader->Find("a");
        if (!id) {
          REQUIRE(id.error().code() == Code::kNotFound);
          continue;
        }
        const auto now = reader->CurrentGeneration(*id);
        if (!now) {
          REQUIRE(now.error().code() == Code::kNotFound);
          continue;
        }
        REQUIRE(*now >= last);
        last = *now;
        const std::string text = GetText(*reader, *id);
        REQUIRE((text == std::string(100, 'x') ||
                 text == std::string(100, 'y') ||
                 text.starts_with("error: the record was removed")));
      }
      int status = 0;
      while (running > 0 && waitpid(-1, &status, WNOHANG) > 0) {
        CHECK(status == 0);
        --running;
      }
    }
  }
  CHECK(last > 0);
  REQUIRE(t.table->RemoveAll());
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a record that the index doesn't know can't be removed") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'x', 10).value();
  auto* control = t.region.At<format::RecordControl>(format::kRecordsOffset);
  std::memset(t.region.base() + control->index_offset + 16, 0, 64 * 8);
  CHECK(t.table->Remove(id).error().code() == Code::kCorrupt);
  CHECK(GetText(*t.table, id) == std::string(10, 'x'));
}

}  // namespace
}  // namespace mapfile::record
