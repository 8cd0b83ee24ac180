#include "lib/text/schema_json.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace mapfile::text {
namespace {

using Types = std::vector<std::shared_ptr<const Type>>;

// A file that describes Hit, and a program with a built-in Axis.
Result<Types> Parse(std::string_view json) {
  const auto source = [](std::string_view name, std::string_view text) {
    return [name, text](std::string_view wanted) {
      return wanted == name ? *Type::Parse(text)
                            : std::shared_ptr<const Type>();
    };
  };
  return ParseSchema(
      json, {.known = source("Hit",
                             "Hit\nclass Hit 1 { f32 e; Cell cell; }\n"
                             "class Cell 3 { u16 row; }"),
             .built_in = source("Axis", "Axis\nclass Axis 1 { f64 low; }")});
}

std::string ErrorOf(std::string_view json) {
  const auto types = Parse(json);
  return types ? "" : types.error().message();
}

TEST_CASE("one class, or several that mention each other") {
  const auto one =
      Parse(R"({"class": "P", "fields": [{"name": "x", "type": "double"}]})");
  REQUIRE(one);
  REQUIRE(one->size() == 1);
  CHECK(one->front()->text() == "P\nclass P 1 { f64 x; }");
  const auto both = Parse(R"([
      {"class": "daq::Event", "version": 7, "bases": ["Base"],
       "fields": [{"type": "vector< P * >", "name": "ps"},
                  {"name": "next", "type": "daq::Event*"}]},
      {"class": "P", "fields": []},
      {"class": "Base", "fields": [{"name": "id", "type": "u64"}]}])");
  REQUIRE_MESSAGE(both, (both ? "" : both.error().message()));
  REQUIRE(both->size() == 3);
  CHECK((*both)[0]->text() ==
        "daq::Event\nclass daq::Event 7 : Base { vector<P*> ps; "
        "daq::Event* next; }\nclass Base 1 { u64 id; }\nclass P 1 { }");
  CHECK((*both)[1]->text() == "P\nclass P 1 { }");
}

TEST_CASE("classes that it doesn't describe come from elsewhere") {
  const auto types = Parse(
      R"({"class": "E", "fields": [{"name": "hits", "type": "vector<Hit>"}]})");
  REQUIRE(types);
  CHECK((*types)[0]->text() ==
        "E\nclass E 1 { vector<Hit> hits; }\n"
        "class Hit 1 { f32 e; Cell cell; }\nclass Cell 3 { u16 row; }");
  // What it describes itself is not taken from there.
  const auto own = Parse(R"([
      {"class": "E", "fields": [{"name": "hit", "type": "Hit"}]},
      {"class": "Cell", "fields": [{"name": "z", "type": "i8"}]}])");
  REQUIRE(own);
  CHECK((*own)[0]->text() ==
        "E\nclass E 1 { Hit hit; }\nclass Hit 1 { f32 e; Cell cell; }\n"
        "class Cell 1 { i8 z; }");
}

TEST_CASE("what it writes it reads") {
  constexpr char kText[] =
      "E\nclass E 2 : B, C { array<Hit,3> hits; map<string,optional<u8>> m; "
      "variant<E*,f32> v; }\nclass B 1 { }\nclass C 4294967295 { bytes b; }\n"
      "class Hit 1 { i8 x; }";
  const auto type = Type::Parse(kText);
  REQUIRE(type);
  std::vector<const ClassNode*> classes;
  for (const auto& cls : (*type)->classes()) classes.push_back(cls.get());
  const std::string json = FormatSchema(classes);
  CHECK(json.starts_with(R"([
  {
    "class": "E",
    "version": 2,
    "bases": ["B", "C"],
    "fields": [
      {"name": "hits", "type": "array<Hit,3>"},
)"));
  const auto types = Parse(json);
  REQUIRE_MESSAGE(types, (types ? "" : types.error().message()));
  REQUIRE(types->size() == 4);
  CHECK(types->front()->text() == kText);
  CHECK(FormatSchema({}) == "[]\n");
}

struct Wrong {
  const char* json;
  const char* message;
};

TEST_CASE("documents of the wrong shape") {
  for (const Wrong& wrong : {
           Wrong{"", "line 1, column 1: not JSON: "},
           Wrong{"5",
                 "line 1, column 1: 5 is not a class, nor an array of "
                 "classes"},
           Wrong{"[null]", "line 1, column 2: [0]: null is not a class"},
           Wrong{"{}", "line 1, column 1: \"class\", the name, is missing"},
           Wrong{R"({"class": "P"})",
                 "line 1, column 1: \"fields\" are missing"},
           Wrong{"{\"class\": \"P\",\n \"field\": []}",
                 "line 2, column 2: \"field\" is none of class, version, "
                 "bases, fields"},
           Wrong{R"({"class": "P", "fields": [], "class": "P"})",
                 "line 1, column 30: \"class\" is there twice"},
           Wrong{R"({"class": 5, "fields": []})",
                 "line 1, column 11: class: 5 is not the name of a class"},
           Wrong{R"({"class": "P", "fields": {"x": "f64"}})",
                 "line 1, column 26: fields: an object is not an array of "
                 "fields"},
           Wrong{R"({"class": "P", "fields": ["f64 x"]})",
                 "fields[0]: \"f64 x\" is not {\"name\": \"...\", \"type\": "
                 "\"...\"}"},
           Wrong{R"({"class": "P", "fields": [{"name": "x", "unit": "m"}]})",
                 "fields[0]: an object is not {\"name\""},
           Wrong{R"({"class": "P", "fields": [{"name": "x", "name": "y"}]})",
                 "fields[0]: an object is not {\"name\""},
           Wrong{R"({"class": "P", "version": -1, "fields": []})",
                 "line 1, column 27: version: -1 is out of range for u32"},
           Wrong{R"({"class": "P", "version": "1", "fields": []})",
                 "version: \"1\" is not a number"},
           Wrong{R"({"class": "P", "bases": "B", "fields": []})",
                 "bases: \"B\" is not an array of names"},
       }) {
    CAPTURE(wrong.json);
    const std::string found = ErrorOf(wrong.json);
    CAPTURE(found);
    CHECK(found.find(wrong.message) != std::string::npos);
  }
}

TEST_CASE("names that can't be") {
  for (const char* name : {"u8", "double", "class", "vector", "string"}) {
    const std::string json =
        fmt::format(R"({{"class": "{}", "fields": []}})", name);
    CHECK(ErrorOf(json) == fmt::format("line 1, column 11: class: \"{}\" is a "
                                       "reserved name",
                                       name));
  }
  for (const char* name : {"", "1a", "a-b", "a::", "::a", "a b", "a;"}) {
    CAPTURE(name);
    const std::string json =
        fmt::format(R"([{{"class": "{}", "fields": []}}])", name);
    CHECK(ErrorOf(json) ==
          fmt::format("line 1, column 12: [0].class: \"{}\" can't be the name "
                      "of a class",
                      name));
    const std::string field = fmt::format(
        R"({{"class": "P", "fields": [{{"name": "{}", "type": "u8"}}]}})",
        name);
    CHECK(ErrorOf(field).find("fields[0].name") != std::string::npos);
  }
  CHECK(ErrorOf(R"([{"class": "P", "fields": []},
                    {"class": "P", "fields": []}])") ==
        "line 2, column 31: [1]: class P is described twice");
  CHECK(ErrorOf(R"({"class": "Axis", "fields": []})") ==
        "line 1, column 1: Axis is the name of a built-in class, which is "
        "described otherwise");
  CHECK(Parse(R"({"class": "Axis", "fields": [{"name": "low",
                                               "type": "f64"}]})"));
}

TEST_CASE("fields and bases that can't be") {
  CHECK(ErrorOf(R"({"class": "P", "fields": [
                     {"name": "x", "type": "f64"},
                     {"name": "x", "type": "f32"}]})") ==
        "line 3, column 31: fields[1].name: field x is there twice");
  CHECK(ErrorOf(R"([{"class": "P", "fields": [
                     {"name": "x", "type": "vector<Nothing>"}]}])") ==
        "line 2, column 44: [0].fields[0].type: \"Nothing\" is neither a type "
        "nor a class that is known here");
  CHECK(ErrorOf(R"({"class": "P", "bases": ["Q"], "fields": []})")
            .find("bases[0]: \"Q\" is neither") != std::string::npos);
  CHECK(ErrorOf(R"({"class": "P", "bases": ["u8"], "fields": []})")
            .find("bases[0]: \"u8\" is not the name") != std::string::npos);
  CHECK(ErrorOf(R"({"class": "P", "bases": ["Hit", "Hit"], "fields": []})")
            .find("bases[1]: base Hit is named twice") != std::string::npos);
  for (const char* type :
       {"", "vector<", "f64 y", "f64; f64 y", "f64}", "array<u8>", "class",
        "map<u8>", "u8*", "vector<u8>>", "f64\\nclass Q 1 { }"}) {
    CAPTURE(type);
    const std::string json = fmt::format(
        R"({{"class": "P", "fields": [{{"name": "x", "type": "{}"}}]}})", type);
    CHECK(ErrorOf(json).starts_with("line 1, column 49: fields[0].type: "));
  }
}

TEST_CASE("a class inside itself by value") {
  CHECK(ErrorOf(R"({"class": "P", "fields": [{"name": "p", "type": "P"}]})") ==
        "line 1, column 49: fields[0].type: class P is inside itself by "
        "value: a pointer or a vector has to be between");
  CHECK(ErrorOf(R"([
{"class": "A", "fields": [{"name": "n", "type": "u8"},
                          {"name": "b", "type": "array<B,2>"}]},
{"class": "B", "bases": ["C"], "fields": []},
{"class": "C", "fields": [{"name": "a", "type": "A"}]}])") ==
        "line 5, column 49: [2].fields[0].type: class A is inside itself by "
        "value: a pointer or a vector has to be between");
  // Two classes side by side in a third are no circle.
  CHECK(Parse(R"([
{"class": "A", "fields": [{"name": "b", "type": "C"},
                          {"name": "c", "type": "C"},
                          {"name": "a", "type": "optional<A>"}]},
{"class": "C", "fields": []}])"));
}

TEST_CASE("circles and depths that only show elsewhere") {
  // Cell, which Hit has by value, gets a Hit.
  CHECK(ErrorOf(R"({"class": "Cell",
                    "fields": [{"name": "h", "type": "Hit"}]})")
            .find("is inside itself by value") != std::string::npos);
  std::string json = R"([{"class": "C0", "fields": []})";
  for (int i = 1; i < 10'000; ++i) {
    json += fmt::format(R"(,
{{"class": "C{}", "fields": [{{"name": "c", "type": "C{}"}}]}})",
                        i, i - 1);
  }
  CHECK(ErrorOf(json + "]").find("nested deeper than 64") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::text
