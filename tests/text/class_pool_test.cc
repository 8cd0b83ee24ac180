#include "lib/text/class_pool.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

constexpr const char* kEvent =
    "vector<Event>\n"
    "class Event 2 { u64 id; vector<Hit> hits; }\n"
    "class Hit 1 { f64 energy; }\n";

TEST_CASE("words of an expression are the names in it, each once") {
  CHECK(WordsOf("map<string, ns::Event<string>>") ==
        std::set<std::string>{"map", "string", "ns::Event"});
  CHECK(WordsOf("<,>").empty());
}

TEST_CASE("an expression gets the classes that it leads to, and no others") {
  ClassPool pool;
  pool.Add(*ParseType(kEvent));
  REQUIRE(pool.Has("Event"));
  REQUIRE(pool.Has("Hit"));
  const auto hits = pool.Parse("map<string,Hit>");
  REQUIRE(hits);
  CHECK((*hits)->classes().size() == 1);
  const auto events = pool.Parse("Event");
  REQUIRE(events);
  CHECK((*events)->classes().size() == 2);
  CHECK((*pool.Parse("vector<Event>"))->text() == ParseType(kEvent)->text());
}

TEST_CASE("a class whose name is taken doesn't replace the first") {
  ClassPool pool;
  pool.Add(*ParseType("Hit\nclass Hit 1 { f64 energy; }\n"));
  pool.Add(*ParseType("Hit\nclass Hit 7 { u8 other; }\n"));
  CHECK(!pool.Add("Hit", "class Hit 8 { }\n"));
  CHECK((*pool.Parse("Hit"))->classes()[0]->version == 1);
}

TEST_CASE("what is no type, or leads to an unknown class, is refused") {
  ClassPool pool;
  for (const char* expression : {"Hit", "vector<Hit>", "vector<", ""}) {
    CAPTURE(expression);
    CHECK(!pool.Parse(expression));
  }
  pool.Add("Event", "class Event 1 { vector<Hit> hits; }\n");
  CHECK(!pool.Parse("Event"));
}

}  // namespace
}  // namespace mapfile::text
