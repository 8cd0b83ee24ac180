#include "lib/text/read_histogram.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::string Json(std::string_view axis, std::string_view contents) {
  return R"({"name": "h", "title": "T", "x_axis": )" + std::string(axis) +
         R"(, "contents": )" + std::string(contents) +
         R"(, "entries": 15, "sum_w": 10, "sum_wx": 20, "sum_wx2": 50})";
}

std::string AxisJson(std::string_view kind, int bins, double low, double high,
                     std::string_view lists) {
  return fmt::format(
      R"({{"kind": "{}", "bins": {}, "low": {}, "high": {}, {}, )"
      R"("grows": false, "title": "x", "unit": "m"}})",
      kind, bins, low, high, lists);
}

constexpr std::string_view kNone = R"("edges": [], "labels": [])";
const std::string kRegular = AxisJson("regular", 2, 1, 5, kNone);
const std::string kVariable =
    AxisJson("variable", 2, 0, 10, R"("edges": [0, 1, 10], "labels": [])");

// A class with these fields, but no name: JSON may contradict itself.
std::string Anonymous() {
  std::string type(kHistogramType);
  type.replace(type.find("string name; "), 13, "string n; ");
  type.replace(type.find("bool grows; "), 12, "bool g; ");
  return type;
}

std::optional<HistogramData> Read(std::string_view axis,
                                  std::string_view contents) {
  std::string json = Json(axis, contents);
  json.replace(json.find("\"name\""), 6, "\"n\"");
  json.replace(json.find("\"grows\""), 7, "\"g\"");
  Sample sample(Anonymous(), json);
  ValueReader reader(sample.bytes, sample.types);
  const auto root = reader.Root(*sample.type);
  REQUIRE(root);
  auto data = ReadHistogram(*root, reader);
  REQUIRE(data);
  return *data;
}

TEST_CASE("a histogram by the fields of its class") {
  const auto data = Read(kRegular, "[3, 4, 6, 2]");
  REQUIRE(data);
  CHECK(data->title == "T");
  CHECK(data->axis_title == "x [m]");
  CHECK(data->edges == std::vector<double>{1, 3, 5});
  CHECK(data->contents == std::vector<double>{4, 6});
  CHECK(data->regular);
  CHECK(data->underflow == 3);
  CHECK(data->overflow == 2);
  CHECK(data->entries == 15);
  CHECK(data->mean == 2);
  CHECK(data->std_dev == 1);
  const auto variable = Read(kVariable, "[0, 4, 6, 0]");
  REQUIRE(variable);
  CHECK(!variable->regular);
  CHECK(variable->edges == std::vector<double>{0, 1, 10});
}

TEST_CASE("one that contradicts itself is none") {
  CHECK(!Read(kRegular, "[1, 2, 3]"));
  CHECK(!Read(kRegular, "[]"));
  CHECK(!Read(kVariable, "[1, 2, 3, 4, 5]"));
  for (const std::string& axis :
       {AxisJson("regular", 2, 5, 1, kNone), AxisJson("odd", 2, 1, 5, kNone),
        AxisJson("variable", 2, 0, 1, R"("edges": [0, 2, 1], "labels": [])"),
        AxisJson("variable", 2, 0, 1, kNone),
        AxisJson("variable", 2, 0, 1, R"("edges": [0, 1, 2], "labels": ["a"])"),
        AxisJson("category", 2, 0, 2, R"("edges": [], "labels": ["a"])"),
        AxisJson("logarithmic", 2, -1, 2, kNone),
        AxisJson("regular", 2, 0, 1, R"("edges": [0, 1, 2], "labels": [])")}) {
    CAPTURE(axis);
    CHECK(!Read(axis, "[0, 4, 6, 0]"));
  }
}

TEST_CASE("axes of every kind have edges") {
  const auto edges = [](std::string_view kind, double low, double high) {
    const auto data = Read(AxisJson(kind, 2, low, high, kNone), "[0, 4, 6, 0]");
    REQUIRE(data);
    return data->edges;
  };
  CHECK(edges("integer", -1, 1) == std::vector<double>{-1, 0, 1});
  CHECK(edges("circular", 0, 360) == std::vector<double>{0, 180, 360});
  CHECK(edges("logarithmic", 1, 100) == std::vector<double>{1, 10, 100});
  const auto data = Read(
      AxisJson("category", 2, 0, 2, R"("edges": [], "labels": ["a", "b"])"),
      "[0, 4, 6, 0]");
  REQUIRE(data);
  CHECK(data->labels == std::vector<std::string>{"a", "b"});
  CHECK(data->edges == std::vector<double>{0, 1, 2});
}

TEST_CASE("another class is none") {
  Sample sample("Histogram\nclass Histogram 1 { u8 x; }", R"({"x": 1})");
  ValueReader reader(sample.bytes, sample.types);
  const auto root = reader.Root(*sample.type);
  REQUIRE(root);
  CHECK(!ReadHistogram(*root, reader).value());
}

TEST_CASE("in one line, as much as fits") {
  const auto data = Read(kRegular, "[3, 4, 6, 2]");
  REQUIRE(data);
  CHECK(SummariseHistogram(*data, 80, {}) == "15 entries, mean 2, σ 1 ▆█");
  CHECK(SummariseHistogram(*data, 80, {.unicode = false}) ==
        "15 entries, mean 2, sd 1 +#");
  CHECK(SummariseHistogram(*data, 20, {}) == "15 entries, mean 2");
  CHECK(SummariseHistogram(*data, 12, {}) == "15 entries");
  CHECK(SummariseHistogram(*data, 5, {}) == "15 e…");
}

}  // namespace
}  // namespace mapfile::text
