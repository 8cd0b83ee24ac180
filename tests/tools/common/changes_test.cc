#include "tools/common/changes.h"

#include <chrono>
#include <thread>

#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using Strings = std::vector<std::string>;

// "updated a", ...: what a look saw.
Strings Look(Changes& changes) {
  const auto seen = changes.Look();
  REQUIRE(seen);
  Strings lines;
  for (const Change& change : *seen) {
    lines.push_back(std::string(ChangeName(change.kind)) + " " + change.name);
  }
  return lines;
}

TEST_CASE_FIXTURE(TestFile, "each look tells what is new since the last") {
  Put("a", "u8", "1");
  Put("b", "u8", "1");
  const auto all = Selection::Parse({});
  Changes changes(file, *all);
  CHECK(Look(changes) == Strings{"present a", "present b"});
  CHECK(Look(changes).empty());
  Put("b", "u8", "2");
  Put("b", "u8", "3");
  CHECK(Look(changes) == Strings{"updated b"});
  Put("c", "u8", "1");
  REQUIRE(file.Remove("a"));
  CHECK(Look(changes) == Strings{"added c", "removed a"});
  // Removed and added again in between: a higher generation.
  REQUIRE(file.Remove("c"));
  Put("c", "u8", "2");
  CHECK(Look(changes) == Strings{"updated c"});
}

TEST_CASE_FIXTURE(TestFile, "only what is selected") {
  const auto selection = Selection::Parse({"d/*"});
  Changes changes(file, *selection);
  CHECK(Look(changes).empty());
  Put("a", "u8", "1");
  Put("d/x", "u8", "1");
  CHECK(Look(changes) == Strings{"added d/x"});
}

TEST_CASE_FIXTURE(TestFile, "what was read since the look isn't news") {
  Put("a", "u8", "1");
  const auto all = Selection::Parse({});
  Changes changes(file, *all);
  Look(changes);
  changes.Saw("a", Put("a", "u8", "2"));
  CHECK(Look(changes).empty());
}

TEST_CASE_FIXTURE(TestFile, "sleep ends with a change, or the time") {
  Put("a", "u8", "1");
  for (const Strings& words : {Strings{}, Strings{"a"}}) {
    const auto selection = Selection::Parse(words);
    Changes changes(file, *selection);
    Look(changes);
    const auto begin = Clock::now();
    CHECK(changes.Sleep(milliseconds(30)));
    CHECK(Clock::now() - begin >= milliseconds(30));
    // A change before the sleep isn't slept through.
    Put("a", "u8", "2");
    CHECK(changes.Sleep(std::chrono::seconds(20)));
    CHECK(Look(changes) == Strings{"updated a"});
    std::thread writer([&] {
      std::this_thread::sleep_for(milliseconds(50));
      Put("a", "u8", "3");
    });
    CHECK(changes.Sleep(std::chrono::seconds(20)));
    writer.join();
    CHECK(Look(changes) == Strings{"updated a"});
    CHECK(Clock::now() - begin < std::chrono::seconds(10));
  }
}

}  // namespace
}  // namespace mapfile::tools
