#include "lib/types/plan.h"

#include <doctest/doctest.h>

#include "lib/text/json.h"
#include "lib/types/side_by_side.h"
#include "tests/types/test_classes.h"

namespace mapfile::zoo {
namespace {

struct Inner {
  double a = 0;
};
struct Run {
  std::int64_t number = 5;
  double rate = 7;
  std::string note = "default";
  std::vector<double> hits;
  std::vector<Inner> inners;
  std::optional<std::int32_t> shift;
  std::variant<std::int32_t, std::string> any;
};
MAPFILE_DESCRIBE_AS(Inner, "Inner", 1, (), a)
MAPFILE_DESCRIBE_AS(Run, "Run", 2, (), number, rate, note, hits, inners, shift,
                    any)

// Reads JSON stored as the class `fields` into a Run; or the error.
std::string Become(const std::string& fields, const char* json, Run& run) {
  const auto stored = Type::Parse("Run\nclass Run 1 { " + fields +
                                  " }\n"
                                  "class Inner 1 { f64 a; f64 b; }")
                          .value();
  MemoryTypeTable types;
  auto bytes = text::FromJson(*stored, json, types);
  REQUIRE_MESSAGE(bytes.has_value(), (bytes ? "" : bytes.error().message()));
  auto status = Load(*stored, *bytes, types, &run);
  if (status) return "";
  CHECK(status.error().code() == Code::kTypeMismatch);
  return status.error().message();
}

TEST_CASE("fields that were added keep what the object has") {
  Run run;
  CHECK(Become("i64 number;", R"({"number": 3})", run) == "");
  CHECK(run.number == 3);
  CHECK(run.rate == 7);
  CHECK(run.note == "default");
}

TEST_CASE("fields that are gone are passed over, others found by name") {
  Run run;
  CHECK(Become("string old; f64 rate; vector<u8> older; i64 number;",
               R"({"old": "x", "rate": 1.5, "older": [1], "number": 2})",
               run) == "");
  CHECK(run.number == 2);
  CHECK(run.rate == 1.5);
}

TEST_CASE("elements and alternatives change, too") {
  Run run;
  run.inners.resize(5);
  CHECK(Become("vector<Inner> inners; variant<i16> any;",
               R"({"inners": [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
                   "any": {"index": 0, "value": -3}})",
               run) == "");
  REQUIRE(run.inners.size() == 2);
  CHECK(run.inners[1].a == 3);
  CHECK(std::get<std::int32_t>(run.any) == -3);
}

TEST_CASE("what would lose something is refused, with both descriptions") {
  Run run;
  CHECK(Become("string rate;", R"({"rate": "x"})", run) ==
        "rate is stored as string and wanted as f64:" +
            SideBySide(**Type::Parse("Run\nclass Run 1 { string rate; }"),
                       TypeOf<Run>()));
  const auto refused = [&](const char* fields, const char* json,
                           const char* message) {
    const std::string error = Become(fields, json, run);
    INFO(error);
    CHECK(error.starts_with(message));
  };
  refused("u64 number;", R"({"number": 1})",
          "number is stored as u64 and wanted as i64:");
  refused("f64 number;", R"({"number": 1})",
          "number is stored as f64 and wanted as i64:");
  refused("bool number;", R"({"number": true})",
          "number is stored as bool and wanted as i64:");
  refused("i64 rate;", R"({"rate": 1})",
          "rate is stored as i64 and wanted as f64:");
  refused("bytes note;", R"({"note": ""})",
          "note is stored as bytes and wanted as string:");
  refused("vector<string> hits;", R"({"hits": []})",
          "hits is stored as string and wanted as f64:");
  refused("array<f64,2> hits;", R"({"hits": [1, 2]})",
          "hits is stored as array<f64,2> and wanted as vector<f64>:");
  refused("vector<f64> inners;", R"({"inners": []})",
          "inners is stored as f64 and wanted as Inner:");
  refused("variant<i32,string,f64> any;",
          R"({"any": {"index": 0, "value": 1}})",
          "any is stored as variant<i32,string,f64> and wanted as "
          "variant<i32,string>:");
}

TEST_CASE("another class is refused") {
  Point point;
  MemoryTypeTable types;
  auto bytes = Store(Color::kGreen, types);
  REQUIRE(bytes);
  auto status = Load(TypeOf<Color>(), *bytes, types, &point);
  CHECK(status.error().message().starts_with(
      "the value is stored as u16 and wanted as Point:"));
}

TEST_CASE("neighbours are copied as one") {
  const auto type = Type::Parse(TypeOf<Point>().text()).value();
  const auto plan =
      internal::MakePlan(type->root(), internal::ShapeOf<Point>()).value();
  CHECK(plan->root->is_bulk);
  CHECK(plan->root->steps.size() == 1);
  CHECK(plan->root->steps[0].size == sizeof(Point));
}

}  // namespace
}  // namespace mapfile::zoo
