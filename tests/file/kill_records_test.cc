// Processes killed at each step of what is done to records.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/file/kill_support.h"

namespace mapfile::testing {
namespace {

struct Pair {
  std::int64_t a = 0;
  std::int64_t b = 0;
};
MAPFILE_DESCRIBE(Pair, 1, a, b)

void Nothing(MapFile&) {}

void OneVersion(MapFile& file) { REQUIRE(file.Put("a", Text('a', 500))); }
// All three slots have buffers.
void ThreeVersions(MapFile& file) {
  for (int i = 0; i < 3; ++i) OneVersion(file);
}
void ThreeRecords(MapFile& file) {
  REQUIRE(file.Put("a", Text('a', 500)));
  REQUIRE(file.Put("b", Text('b', 50)));
  REQUIRE(file.Put("c", Text('c', 5000)));
}

template <class R>
Status Drop(R&& result) {
  if (result) return {};
  return Fail(std::forward<R>(result).error());
}

Status PutText(MapFile& file, std::size_t size) {
  return Drop(file.Put("a", Text('z', size)));
}

TEST_CASE("killed while it adds a record") {
  const std::string text = Text('n', 300);
  KillAtEveryStep(Edit("Add", Nothing, [&](MapFile& file) {
    return Drop(file.Add(text, "new"));
  }));
  KillAtEveryStep(
      Edit("Add with all properties", OneVersion, [&](MapFile& file) {
        return Drop(file.Add(text, "new",
                             {.slots = 4,
                              .title = "a title",
                              .unit = "keV",
                              .description = "text"}));
      }));
  KillAtEveryStep(Edit(
      "Add of what is there, described anew", OneVersion, [&](MapFile& file) {
        return Drop(file.Add(text, "a", {.title = "title", .unit = "mm"}));
      }));
}

TEST_CASE("killed while it adds a record of a new class") {
  KillAtEveryStep(Edit("Put of a new class", OneVersion, [](MapFile& file) {
    return Drop(file.Put("new", std::vector<double>{1, 2, 3}));
  }));
  KillAtEveryStep(
      Edit("Put of another class", ThreeVersions, [](MapFile& file) {
        return Drop(file.Put("a", std::vector<double>{1}));
      }));
}

TEST_CASE("killed while it adds a record where others were") {
  KillAtEveryStep(Edit(
      "Add to a block used before",
      [](MapFile& file) {
        OneVersion(file);
        REQUIRE(file.Remove("a"));
      },
      [](MapFile& file) { return PutText(file, 300); }));
  KillAtEveryStep(Edit(
      "Add with a larger index",
      [](MapFile& file) {
        for (int i = 0; i < 48; ++i) {
          REQUIRE(file.Put("r" + std::to_string(i), i));
        }
      },
      [](MapFile& file) { return PutText(file, 300); }));
}

TEST_CASE("killed while it publishes") {
  KillAtEveryStep(Edit("Put", ThreeVersions,
                       [](MapFile& file) { return PutText(file, 500); }));
  KillAtEveryStep(Edit("Put into a new buffer", OneVersion,
                       [](MapFile& file) { return PutText(file, 500); }));
  KillAtEveryStep(Edit("Put into a larger buffer", ThreeVersions,
                       [](MapFile& file) { return PutText(file, 5000); }));
  KillAtEveryStep(Edit("Put that makes the file grow", ThreeVersions,
                       [](MapFile& file) { return PutText(file, 300000); }));
}

TEST_CASE("killed while it updates bound objects") {
  std::string a = Text('x', 500);
  std::string b = Text('x', 500);
  const auto bind = [&](MapFile& file) -> Status {
    // Their first versions are those that are there.
    a = Text('a', 500);
    b = Text('b', 50);
    if (auto added = file.Add(a, "a"); !added) return Fail(added.error());
    if (auto added = file.Add(b, "b"); !added) return Fail(added.error());
    a = Text('x', 500);
    b = Text('y', 70);
    return {};
  };
  KillAtEveryStep(Edit("Update of all", ThreeRecords, [&](MapFile& file) {
    if (Status bound = bind(file); !bound) return bound;
    return file.Update();
  }));
  KillAtEveryStep(Edit("Update of one", ThreeRecords, [&](MapFile& file) {
    if (Status bound = bind(file); !bound) return bound;
    return Drop(file.Update(&a));
  }));
}

TEST_CASE("killed while it edits in place") {
  KillAtEveryStep(Edit("Emplace", OneVersion, [](MapFile& file) {
    return Drop(file.Emplace<Pair>("pair", {1, 2}));
  }));
  KillAtEveryStep(Edit(
      "Modify",
      [](MapFile& file) {
        REQUIRE(file.Emplace<Pair>("pair", {1, 2}));
      },
      [](MapFile& file) -> Status {
        auto pair = file.Emplace<Pair>("pair");
        if (!pair) return Fail(pair.error());
        return Drop(pair->Modify([](Pair& p) { p = {3, 4}; }));
      }));
}

TEST_CASE("killed while it removes") {
  KillAtEveryStep(Edit("Remove", ThreeVersions,
                       [](MapFile& file) { return file.Remove("a"); }));
  KillAtEveryStep(Edit("RemoveAll", ThreeRecords,
                       [](MapFile& file) { return file.RemoveAll(); }));
}

}  // namespace
}  // namespace mapfile::testing
