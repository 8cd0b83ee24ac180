// Kills a writer at each step of each operation, for real, and looks at what
// readers and the next writer find.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <string>

#include "lib/base/hash.h"
#include "lib/base/step.h"
#include "lib/record/type_store.h"
#include "tests/record/test_table.h"
#include "tests/support/sanitizer.h"

namespace mapfile::record {
namespace {

constexpr std::uint32_t kVictim = 5;
// All steps, but where a process takes long to start.
constexpr int kStride = testing::kAddressSanitizer ? 2 : 1;

struct Operation {
  std::string name;
  std::function<void(Table& table)> prepare;  // By a writer that lives on
  std::function<Status(Table& table)> run;    // By the one that is killed
};

template <class T>
Status Drop(const Result<T>& result) {
  if (result) return {};
  return Fail(result.error());
}

RecordId Find(Table& table, const char* name) {
  return table.Find(name).value();
}

void AddOne(Table& table) { REQUIRE(AddText(table, "a", 'a', 500)); }
void AddTwice(Table& table) {
  AddOne(table);
  REQUIRE(PutText(table, Find(table, "a"), 'b', 500));
  REQUIRE(PutText(table, Find(table, "a"), 'c', 500));
}

const Operation kOperations[] = {
    {"add", [](Table&) {},
     [](Table& table) { return Drop(AddText(table, "new", 'n', 300)); }},
    {"add with properties", [](Table&) {},
     [](Table& table) {
       Properties properties;
       properties.title = "a title";
       properties.attributes.unit = "keV";
       return Drop(table.Add("new", properties, 1, 10, FillWith('n')));
     }},
    {"add to a reused block",
     [](Table& table) {
       AddOne(table);
       REQUIRE(table.Remove(Find(table, "a")));
     },
     [](Table& table) { return Drop(AddText(table, "new", 'n', 300)); }},
    {"add with a larger index",
     [](Table& table) {
       for (int i = 0; i < 48; ++i) {
         REQUIRE(AddText(table, "r" + std::to_string(i), 'r', 8));
       }
     },
     [](Table& table) { return Drop(AddText(table, "new", 'n', 300)); }},
    {"publish", AddTwice,
     [](Table& table) {
       return Drop(PutText(table, Find(table, "a"), 'd', 500));
     }},
    {"publish into a new buffer", AddOne,
     [](Table& table) {
       return Drop(PutText(table, Find(table, "a"), 'd', 500));
     }},
    {"publish into a larger buffer", AddTwice,
     [](Table& table) {
       return Drop(PutText(table, Find(table, "a"), 'd', 50000));
     }},
    {"modify", AddTwice,
     [](Table& table) {
       return Drop(table.Modify(Find(table, "a"),
                                [](std::uint32_t, std::span<std::byte> bytes) {
                                  return FillWith('d')(bytes);
                                }));
     }},
    {"remove", AddTwice,
     [](Table& table) { return table.Remove(Find(table, "a")); }},
    {"remove all",
     [](Table& table) {
       AddTwice(table);
       REQUIRE(AddText(table, "b", 'b', 100));
     },
     [](Table& table) { return table.RemoveAll(); }},
    {"title", [](Table& table) { REQUIRE(table.SetTitle("old")); },
     [](Table& table) { return table.SetTitle("new"); }},
    {"attributes", AddOne,
     [](Table& table) {
       return table.SetAttributes(
           Find(table, "a"),
           {.period_ms = 7, .unit = "mm", .description = "d"});
     }},
    {"type", [](Table&) {},
     [](Table& table) {
       const std::string text = "vector<vector<f64>>";
       return Drop(TypeStore(table).IdOf(HashText(text, 0), text));
     }},
    {"checksum", AddOne,
     [](Table& table) {
       auto checked = table.ChecksumCurrent(Find(table, "a"));
       if (!checked) return Drop(checked);
       return table.SetDurable(Find(table, "a"), *checked);
     }},
};

// Runs the operation in a child that dies at step number `last`. False: it
// was over before.
bool KillAt(TestTable& t, const Operation& operation, int last,
            bool in_recovery) {
  const pid_t child = fork();
  if (child == 0) {
    TestHost host(kVictim, 9);
    host.dead_slot = in_recovery ? kVictim : TestHost::kNobody;
    const auto table = t.Other(host);
    int steps = 0;
    step_hook = [&](const char*) {
      if (++steps == last) kill(getpid(), SIGKILL);
    };
    const Status status = in_recovery ? Drop(AddText(*table, "after", 'z', 10))
                                      : operation.run(*table);
    if (!status) std::fprintf(stderr, "%s\n", status.error().message().c_str());
    _exit(status ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) {
    REQUIRE(WTERMSIG(status) == SIGKILL);
    return true;
  }
  REQUIRE(WEXITSTATUS(status) == 0);
  return false;
}

// Every record shows one whole version.
void CheckReadable(const Table& table) {
  const auto ids = table.List();
  REQUIRE(ids);
  for (const RecordId& id : *ids) {
    const std::string text = GetText(table, id);
    CAPTURE(text);
    REQUIRE(!text.empty());
    CHECK(text == std::string(text.size(), text[0]));
    CHECK(table.Info(id)->version.size == text.size());
  }
  CHECK(table.Title());
}

// The next writer works at once, and nothing has leaked.
void CheckNextWriter(TestTable& t) {
  TestHost host(6, 1);
  host.dead_slot = kVictim;
  const auto table = t.Other(host);
  REQUIRE(AddText(*table, "next", 'x', 100));
  REQUIRE(table->Remove(table->Find("next").value()));
  const auto ids = table->List();
  REQUIRE(ids);
  for (const RecordId& id : *ids) {
    const Generation before = table->CurrentGeneration(id).value();
    const auto published = PutText(*table, id, 'y', 600);
    REQUIRE(published);
    CHECK(*published > before);
  }
  CheckReadable(*table);
  CHECK(Faults(*table) == "");
  REQUIRE(table->RemoveAll());
  CHECK(table->live() == 0);
  CHECK(Faults(*table) == "");
}

TEST_CASE("a writer may be killed at any step of any operation") {
  for (const Operation& operation : kOperations) {
    CAPTURE(operation.name);
    int last = 1;
    for (bool killed = true; killed; last += kStride) {
      CAPTURE(last);
      TestTable t(1 << 20);
      operation.prepare(*t.table);
      killed = KillAt(t, operation, last, false);
      CheckReadable(*t.Reader());
      CheckNextWriter(t);
    }
    CHECK(last > 3);
    MESSAGE(operation.name << ": up to step " << last - 2 * kStride);
  }
}

TEST_CASE("and its successor at any step of its recovery") {
  for (const Operation& operation : kOperations) {
    CAPTURE(operation.name);
    for (int first = 1; first < 1000; first += 17 * kStride) {
      TestTable probe(1 << 20);
      operation.prepare(*probe.table);
      if (!KillAt(probe, operation, first, false)) break;
      CAPTURE(first);
      for (int second = 1;; second += 7) {
        CAPTURE(second);
        TestTable t(1 << 20);
        operation.prepare(*t.table);
        REQUIRE(KillAt(t, operation, first, false));
        const bool killed = KillAt(t, operation, second, true);
        CheckReadable(*t.Reader());
        CheckNextWriter(t);
        if (!killed) break;
      }
    }
  }
}

}  // namespace
}  // namespace mapfile::record
