#include "lib/text/class_finder.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("a class that the type describes gets an id when it is used") {
  const auto type = ParseType(kGraphType);
  ListTypes types;
  ClassFinder finder(*type, types);
  CHECK(!types.TypeOf(1));
  const auto found = finder.Find("Node");
  REQUIRE(found);
  CHECK((*found)->id == 1);
  CHECK((*found)->type->name() == "Node");
  CHECK(finder.Find("Node").value() == *found);
  CHECK(finder.Find("Nude").error().code() == Code::kInvalidArgument);
}

TEST_CASE("a derived class that only the table knows, the newest") {
  const auto type = ParseType("Base*\nclass Base 1 { i32 n; }");
  ListTypes types;
  for (const char* field : {"f32", "f64"}) {
    REQUIRE(types.IdOf(*ParseType("Derived\nclass Derived 1 : Base { " +
                                  std::string(field) +
                                  " x; }\nclass Base 1 { i32 n; }")));
  }
  ClassFinder finder(*type, types);
  const auto found = finder.Find("Derived");
  REQUIRE(found);
  CHECK((*found)->id == 2);
  const std::string_view json = R"({"$class": "Derived", "n": 1, "x": 0.1})";
  const auto bytes = FromJson(*type, json, types);
  REQUIRE(bytes);
  CHECK(ToJson(*type, *bytes, types).value() == json);
}

}  // namespace
}  // namespace mapfile::text
