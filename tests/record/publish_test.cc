#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

TEST_CASE("each publication is the next generation") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Generation first = t.table->CurrentGeneration(id).value();
  CHECK(PutText(*t.table, id, 'b', 20).value() == first + 1);
  CHECK(PutText(*t.table, id, 'c', 5).value() == first + 2);
  CHECK(GetText(*t.table, id) == "ccccc");
  CHECK(t.table->Info(id)->updates == 3);
}

TEST_CASE("an error of the writer publishes nothing") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const auto fail = [](std::span<std::byte>) -> Status {
    return Fail(Code::kInvalidArgument, "no");
  };
  for (int i = 0; i < 5; ++i) {
    CHECK(t.table->Publish(id, 10, 1, fail).error().message() == "no");
    CHECK(GetText(*t.table, id) == "aaaaaaaaaa");
  }
  REQUIRE(PutText(*t.table, id, 'b', 3));
  CHECK(GetText(*t.table, id) == "bbb");
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("a condition on the generation holds or is a conflict") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 10).value();
  const Generation now = t.table->CurrentGeneration(id).value();
  CHECK(PutText(*t.table, id, 'b', 10, {now + 1}).error().code() ==
        Code::kConflict);
  CHECK(PutText(*t.table, id, 'b', 10, {now}).value() == now + 1);
  CHECK(PutText(*t.table, id, 'c', 10, {now}).error().code() ==
        Code::kConflict);
}

TEST_CASE("modify changes a copy and publishes it") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 4).value();
  const auto edit = [](std::uint32_t type, std::span<std::byte> bytes) {
    CHECK(type == 1);
    bytes[1] = std::byte{'!'};
    return Status();
  };
  REQUIRE(t.table->Modify(id, edit));
  CHECK(GetText(*t.table, id) == "a!aa");
  // Writing the record that is being modified would never end.
  const auto nested = [&](std::uint32_t, std::span<std::byte>) -> Status {
    auto inner = PutText(*t.table, id, 'x', 4);
    if (!inner) return Fail(inner.error());
    return {};
  };
  CHECK(t.table->Modify(id, nested).error().code() == Code::kBusy);
  CHECK(GetText(*t.table, id) == "a!aa");
}

TEST_CASE("a buffer that must grow gets a quarter more") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 1000, 2).value();
  REQUIRE(PutText(*t.table, id, 'b', 1000));
  REQUIRE(PutText(*t.table, id, 'c', 2000));
  const std::uint64_t capacity = t.table->Info(id)->capacity;
  CHECK(capacity >= 2500);
  CHECK(capacity < 2600);
  const std::uint64_t used = t.used_bytes();
  REQUIRE(PutText(*t.table, id, 'd', 1000));
  REQUIRE(PutText(*t.table, id, 'e', 2400));
  CHECK(t.used_bytes() == used);
  CHECK(Faults(*t.table) == "");
}

TEST_CASE("several writers of one record lose no update") {
  TestTable t;
  constexpr int kWriters = 3;
  constexpr int kUpdates = 2000;
  const auto zero = [](std::span<std::byte> bytes) -> Status {
    std::memset(bytes.data(), 0, bytes.size());
    return {};
  };
  const RecordId id = t.table->Add("n", {}, 1, 8, zero).value();
  std::vector<pid_t> writers;
  for (std::uint32_t w = 0; w < kWriters; ++w) {
    const pid_t pid = fork();
    if (pid == 0) {
      TestHost host(10 + w, 1);
      const auto table = t.Other(host);
      for (int i = 0; i < kUpdates; ++i) {
        const auto edit = [](std::uint32_t, std::span<std::byte> bytes) {
          std::uint64_t n = 0;
          std::memcpy(&n, bytes.data(), 8);
          ++n;
          std::memcpy(bytes.data(), &n, 8);
          return Status();
        };
        if (!table->Modify(id, edit)) _exit(1);
      }
      _exit(0);
    }
    writers.push_back(pid);
  }
  for (const pid_t pid : writers) {
    int status = 0;
    waitpid(pid, &status, 0);
    CHECK(status == 0);
  }
  std::uint64_t n = 0;
  const auto visit = [&n](const VersionView& view) -> Status {
    std::memcpy(&n, view.bytes.data(), 8);
    return {};
  };
  REQUIRE(t.table->Read(id, {}, visit));
  CHECK(n == kWriters * kUpdates);
}

// For the thread sanitizer, which sees one process only.
TEST_CASE("threads share a table") {
  TestTable t;
  const RecordId id = AddText(*t.table, "a", 'a', 100).value();
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&t, id, i] {
      for (int n = 0; n < 300; ++n) {
        (void)PutText(*t.table, id, static_cast<char>('a' + n % 26), 100);
        const std::string name = "t" + std::to_string(i);
        if (auto added = AddText(*t.table, name, 'x', 50)) {
          (void)t.table->Remove(*added);
        }
      }
    });
  }
  for (int n = 0; n < 500; ++n) {
    std::string text(100, ' ');
    const auto visit = [&text](const VersionView& view) -> Status {
      CopyShared(text.data(), view.bytes.data(), view.bytes.size());
      return {};
    };
    REQUIRE(t.table->Read(id, {}, visit));
    CHECK(text == std::string(100, text[0]));
    (void)t.table->List();
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(Faults(*t.table) == "");
}

}  // namespace
}  // namespace mapfile::record
