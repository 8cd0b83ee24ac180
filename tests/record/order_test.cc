// What readers see between the steps of a publication.
#include <doctest/doctest.h>

#include <string>

#include "lib/base/step.h"
#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

struct ResetHook {
  ~ResetHook() { step_hook = nullptr; }
};

// Two versions, and a third one on its way.
struct World {
  World() {
    id = AddText(*t.table, "a", 'a', 100).value();
    old = PutText(*t.table, id, 'b', 100).value();
  }
  TestTable t{1 << 20};
  RecordId id;
  Generation old = 0;
};

TEST_CASE("at every step a reader has the old version, then the new one") {
  World world;
  const auto reader = world.t.Reader();
  int steps = 0;
  bool is_new = false;
  const ResetHook reset;
  step_hook = [&](const char* name) {
    ++steps;
    CAPTURE(name);
    const Generation now = reader->CurrentGeneration(world.id).value();
    const std::string text = GetText(*reader, world.id);
    CHECK((now == world.old || now == world.old + 1));
    // The generation alone decides, and never goes back.
    CHECK(text == std::string(100, now == world.old ? 'b' : 'c'));
    CHECK((!is_new || now == world.old + 1));
    is_new = now != world.old;
  };
  REQUIRE(PutText(*world.t.table, world.id, 'c', 100));
  CHECK(steps > 10);
  CHECK(is_new);
}

TEST_CASE("a version that is stamped and not published isn't there") {
  World world;
  const auto reader = world.t.Reader();
  bool was_stamped = false;
  const ResetHook reset;
  step_hook = [&](const char* name) {
    if (std::string_view(name) != "publish: stamped") return;
    was_stamped = true;
    CHECK(GetText(*reader, world.id) == std::string(100, 'b'));
    CHECK(reader->CurrentGeneration(world.id).value() == world.old);
    CHECK(reader->Info(world.id)->version.generation == world.old);
    const std::string unpublished =
        GetText(*reader, world.id, {.generation = world.old + 1});
    CHECK(unpublished.starts_with("error: "));
  };
  REQUIRE(PutText(*world.t.table, world.id, 'c', 100));
  CHECK(was_stamped);
}

}  // namespace
}  // namespace mapfile::record
