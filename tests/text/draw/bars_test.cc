#include "lib/text/draw/bars.h"

#include <doctest/doctest.h>

#include <limits>

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST_CASE("bins wider and narrower than a column") {
  const std::vector<double> four = {1, 2, 3, 4};
  const Columns wide = FitBins(four, 9);
  CHECK(wide.columns_per_bin == 2);
  CHECK(wide.values == std::vector<double>{1, 1, 2, 2, 3, 3, 4, 4});
  const Columns pairs = FitBins(four, 2);
  CHECK(pairs.bins_per_column == 2);
  CHECK(pairs.values == std::vector<double>{3, 7});
  // Two bins and one: the last is shown as if it were two.
  CHECK(FitBins(std::vector<double>{1, 2, 3}, 2).values ==
        std::vector<double>{3, 6});
  CHECK(FitBins({}, 10).values.empty());
  CHECK(FitBins(four, 0).values.empty());
}

TEST_CASE("bins of different widths, true to scale") {
  const std::vector<double> contents = {1, 5, 2};
  const std::vector<double> edges = {0, 6, 7, 10};
  CHECK(FitEdges(contents, edges, 10).values ==
        std::vector<double>{1, 1, 1, 1, 1, 1, 5, 2, 2, 2});
  CHECK(FitEdges(contents, edges, 2).values == std::vector<double>{1, 5});
}

TEST_CASE("bars in eighths of a row") {
  const std::vector<double> values = {0, 1, 8, 9, 16, 0.001};
  const Bars bars(values, 2, true);
  CHECK(bars.rows_above() == 2);
  CHECK(bars.Row(1) == "   ▁█ ");
  CHECK(bars.Row(0) == " ▁███▁");
  const Bars ascii(values, 2, false);
  CHECK(ascii.Row(1) == "   .# ");
  CHECK(ascii.Row(0) == " .###.");
}

TEST_CASE("zero is between bars of either sign") {
  const std::vector<double> values = {2, -2, kNan, kInf, -kInf};
  const Bars bars(values, 4, true);
  CHECK(bars.rows_above() == 2);
  CHECK(bars.rows_below() == 2);
  CHECK(bars.Row(1) == "█  █ ");
  CHECK(bars.Row(0) == "█ ?█ ");
  CHECK(bars.Row(-1) == " █  █");
  CHECK(bars.Row(-2) == " █  █");
  CHECK(bars.RowOf(2) == 1);
  CHECK(bars.RowOf(-2) == -2);
}

TEST_CASE("error bars over bars") {
  const std::vector<double> values = {2, 4, 0};
  const std::vector<double> low = {1, 3.5, 0};
  const std::vector<double> high = {3, 3.9, 0};
  const Bars bars(values, 4, true, {low, high});
  CHECK(bars.Row(3) == "┬┼ ");
  CHECK(bars.Row(2) == "│█ ");
  CHECK(bars.Row(1) == "┴█ ");
  const Bars ascii(values, 4, false, {low, high});
  CHECK(ascii.Row(3) == "|+ ");
  CHECK(ascii.Row(2) == "|# ");
}

}  // namespace
}  // namespace mapfile::text
