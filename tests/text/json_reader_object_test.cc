#include <doctest/doctest.h>

#include "lib/text/json_reader.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("fields come in any order; optional ones may be missing") {
  CHECK(Through(kRunType, R"({"on": false, "hits": [], "note": "", "run": 1,
                              "rate_hz": "inf"})") ==
        R"({"run": 1, "rate_hz": "inf", "note": "", "hits": [], "on": false, )"
        R"("shift": null})");
}

TEST_CASE("errors name class and field") {
  CHECK(Through(kRunType, R"({"é": 1, "runn": 1})") ==
        "error: line 1, column 2: Run has no field \"é\"");
  CHECK(Through(kRunType, R"({"run": 1})") ==
        "error: line 1, column 1: field \"rate_hz\" of Run is missing");
  CHECK(Through(kRunType, R"({"run": 1, "run": 2})") ==
        "error: line 1, column 12: \"run\" is there twice");
  CHECK(Through(kRunType, "[]") ==
        "error: line 1, column 1: an array is not an object");
  CHECK(Through(kRunType, R"({"$id": 1})") ==
        "error: line 1, column 2: Run has no field \"$id\"");
  CHECK(Through(kGraphType, R"({"n":1,"next":{"$ref":1},"others":[]})") ==
        "error: line 1, column 15: next: no object before has \"$id\": 1");
  CHECK(Through(kGraphType,
                R"({"n":1,"next":{"$id":1,"n":1,"others":[{"$id":1}]}})") ==
        "error: line 1, column 47: next.others[0]: \"$id\": 1 is there twice");
  CHECK(Through(kGraphType, R"({"n":1,"next":{"$class":"Nude"}})") ==
        "error: line 1, column 15: next: no class \"Nude\" is known here");
  CHECK(Through(kGraphType, R"({"n":1,"next":7})") ==
        "error: line 1, column 15: next: 7 is not an object or null");
}

TEST_CASE("an object that points to itself") {
  CheckSame("Node*\nclass Node 1 { i32 n; Node* next; }",
            R"({"$class": "Node", "$id": 1, "n": 5, "next": {"$ref": 1}})");
}

TEST_CASE("pointers lead to derived classes only") {
  constexpr std::string_view kTwo =
      "Two\nclass Two 1 { A* a; C* c; }\nclass A 1 { u8 x; }\n"
      "class B 1 : A { u8 y; }\nclass C 1 { B* b; }";
  CheckSame(kTwo, R"({"a": {"$class": "B", "x": 1, "y": 2}, "c": null})");
  CHECK(Through(kTwo, R"({"a": {"$class": "C", "b": null}, "c": null})") ==
        "error: line 1, column 7: a: a pointer to A can't lead to C");
}

}  // namespace
}  // namespace mapfile::text
