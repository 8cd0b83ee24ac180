#include "lib/text/histogram.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::string Json(std::string_view axis, std::string_view contents) {
  return R"({"name": "h", "title": "T", "axis": )" + std::string(axis) +
         R"(, "contents": )" + std::string(contents) +
         R"(, "entries": 15, "sum_w": 10, "sum_wx": 20, "sum_wx2": 50})";
}

constexpr std::string_view kRegular =
    R"({"bins": 2, "low": 1, "high": 5, "edges": [], "title": "x"})";
constexpr std::string_view kVariable =
    R"({"bins": 2, "low": 0, "high": 0, "edges": [0, 1, 10], "title": ""})";

std::optional<HistogramData> Read(std::string_view axis,
                                  std::string_view contents) {
  Sample sample(kHistogramType, Json(axis, contents));
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
  CHECK(data->axis_title == "x");
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
  for (const char* axis :
       {R"({"bins": 2, "low": 5, "high": 1, "edges": [], "title": ""})",
        R"({"bins": 2, "low": "nan", "high": 1, "edges": [], "title": ""})",
        R"({"bins": 2, "low": 0, "high": "inf", "edges": [], "title": ""})",
        R"({"bins": 2, "low": 0, "high": 1, "edges": [0, 2, 1], "title": ""})",
        R"({"bins": 2, "low": 0, "high": 1, "edges": [0, "nan", 1],)"
        R"( "title": ""})"}) {
    CHECK(!Read(axis, "[0, 4, 6, 0]"));
  }
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
  CHECK(SummariseHistogram(*data, 80, {}) ==
        "15 entries, mean 2, σ 1 ▆█");
  CHECK(SummariseHistogram(*data, 80, {.unicode = false}) ==
        "15 entries, mean 2, sd 1 +#");
  CHECK(SummariseHistogram(*data, 20, {}) == "15 entries, mean 2");
  CHECK(SummariseHistogram(*data, 12, {}) == "15 entries");
  CHECK(SummariseHistogram(*data, 5, {}) == "15 e…");
}

}  // namespace
}  // namespace mapfile::text
