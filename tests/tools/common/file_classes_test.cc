#include "tools/common/file_classes.h"

#include <doctest/doctest.h>

#include "tests/tools/common/test_file.h"
#include "tools/common/class_columns.h"

namespace mapfile::tools {
namespace {

// Three records of two classes, one of which had another version before.
struct Fixture : TestFile {
  Fixture() {
    Put("old", "Hit class Hit 1 { f64 x; }", R"({"x": 1})");
    Put("new", "Hit class Hit 2 { f64 x; u32 cell; }",
        R"({"x": 1, "cell": 2})");
    Put("event",
        "Event class Event 1 { vector<Hit> hits; } "
        "class Hit 2 { f64 x; u32 cell; }",
        R"({"hits": []})");
    Put("number", "f64", "1");
  }
};

TEST_CASE_FIXTURE(Fixture, "each version once, with the records it is in") {
  const auto classes = ClassesOf(file);
  REQUIRE(classes);
  REQUIRE(classes->size() == 3);
  using Names = std::vector<std::string>;
  for (const FileClass& c : *classes) {
    if (c.cls->name == "Event") CHECK(c.records == Names{"event"});
    if (c.cls->name != "Hit") continue;
    if (c.cls->version == 1) CHECK(c.records == Names{"old"});
    if (c.cls->version == 2) CHECK(c.records == Names{"new", "event"});
  }
}

TEST_CASE_FIXTURE(Fixture, "the newest is found, else the one built in") {
  const auto hit = FindClass(file, "Hit");
  REQUIRE(hit);
  CHECK(ClassIn(*hit, "Hit")->version == 2);
  CHECK(ClassIn(*hit, "Graph") == nullptr);
  const auto graph = FindClass(file, "Graph");
  REQUIRE(graph);
  CHECK(ClassIn(*graph, "Graph") != nullptr);
  CHECK(FindClass(file, "None") == nullptr);
  CHECK(FindBuiltIn("Hit") == nullptr);
}

TEST_CASE_FIXTURE(Fixture, "a schema has what its classes lead to, once") {
  const auto schema = SchemaOf(file, {"Event", "None", "Hit"});
  REQUIRE(schema);
  CHECK(schema->classes.size() == 2);
  REQUIRE(schema->misses.size() == 1);
  CHECK(schema->misses[0].code() == Code::kNotFound);
  CHECK(schema->misses[0].message() == path + ": describes no class \"None\"");
  CHECK(SchemaOf(file, {})->classes.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "columns for people and for programs") {
  const auto hit = FindClass(file, "Hit");
  const ClassNode& cls = *ClassIn(*hit, "Hit");
  CHECK(FieldsText(cls) == "f64 x; u32 cell");
  CHECK(BasesText(cls) == "");
  const Value names = NamesValue({"a", "b\"c"});
  std::string json;
  names.AppendJson(json);
  CHECK(json == R"(["a", "b\"c"])");
  CHECK(names.ForTable() == "a, b\"c");
  CHECK(NamesValue({}).ForTable() == "-");
}

}  // namespace
}  // namespace mapfile::tools
