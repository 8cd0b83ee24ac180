#include "lib/text/draw/moments.h"

#include <doctest/doctest.h>

namespace mapfile::text {
namespace {

std::string ValueOf(const std::vector<Statistic>& rows,
                    const std::string& name) {
  for (const auto& [key, value] : rows) {
    if (key == name) return value;
  }
  return "no such row";
}

// Two bins around 0.5 and 1.5, as heavy as each other.
HistogramData Even() {
  HistogramData data;
  data.name = "h";
  data.edges = {0, 1, 2};
  data.contents = {3, 3};
  data.entries = 7;
  data.overflow = 1;
  data.mean = 1;
  data.std_dev = 0.5;
  data.sum_w = 6;
  data.sum_w2 = 12;
  return data;
}

TEST_CASE("the short box") {
  const auto rows = StatisticsOf(Even(), false);
  CHECK(rows.size() == 6);
  CHECK(ValueOf(rows, "Name") == "h");
  CHECK(ValueOf(rows, "Entries") == "7");
  CHECK(ValueOf(rows, "Mean") == "1");
  CHECK(ValueOf(rows, "Std Dev") == "0.5");
  CHECK(ValueOf(rows, "Underflow") == "0");
  CHECK(ValueOf(rows, "Overflow") == "1");
}

TEST_CASE("all figures: two points have kurtosis -2") {
  const auto rows = StatisticsOf(Even(), true);
  CHECK(ValueOf(rows, "Integral") == "6");
  CHECK(ValueOf(rows, "Effective") == "3");
  CHECK(ValueOf(rows, "Skewness") == "0");
  CHECK(ValueOf(rows, "Kurtosis") == "-2");
}

TEST_CASE("what can't be said is a dash") {
  HistogramData empty;
  empty.edges = {0, 1};
  empty.contents = {0};
  const auto rows = StatisticsOf(empty, true);
  CHECK(ValueOf(rows, "Name") == "no such row");
  for (const char* name :
       {"Mean", "Std Dev", "Effective", "Skewness", "Kurtosis"}) {
    CHECK(ValueOf(rows, name) == "-");
  }
}

TEST_CASE("figures of its own win, and names are escaped") {
  HistogramData data = Even();
  data.name = "a\x1b[31m";
  CHECK(ValueOf(StatisticsOf(data, false), "Name").find('\x1b') ==
        std::string::npos);
  data.statistics = {{"Points", "3"}};
  CHECK(StatisticsOf(data, true) == data.statistics);
}

}  // namespace
}  // namespace mapfile::text
