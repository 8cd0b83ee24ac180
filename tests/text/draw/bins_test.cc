#include "lib/text/draw/bins.h"

#include <doctest/doctest.h>

#include <cmath>

namespace mapfile::text {
namespace {

TEST_CASE("groups are as few bins as fit, alike where a divisor is near") {
  CHECK(Groups::Of(10, 10).size == 1);
  CHECK(Groups::Of(0, 10).size == 1);
  CHECK(Groups::Of(0, 10).count() == 0);
  CHECK(Groups::Of(7, 0).count() == 1);
  CHECK(Groups::Of(120, 13).size == 10);
  // 10 to a place would fit, but 12 leave no remainder.
  CHECK(Groups::Of(108, 11).size == 12);
  CHECK(Groups::Of(132, 15).size == 11);
  const Groups uneven = Groups::Of(101, 20);
  CHECK(uneven.size == 6);
  CHECK(uneven.count() == 17);
  CHECK(uneven.begin(16) == 96);
  CHECK(uneven.end(16) == 101);
}

TEST_CASE("sums of bins have the root of their squares as error") {
  HistogramData data;
  data.edges = {0, 1, 2, 3};
  data.contents = {4, 5, 16};
  const auto plain = ValuesOf(data, {3, 2}, ErrorBars::kNone);
  CHECK(plain.values == std::vector<double>{9, 16});
  CHECK(plain.low.empty());
  const auto errors = ValuesOf(data, {3, 2}, ErrorBars::kErrors);
  CHECK(errors.low == std::vector<double>{6, 12});
  CHECK(errors.high == std::vector<double>{12, 20});
  data.squares = {10, 15, 1};
  CHECK(ValuesOf(data, {3, 2}, ErrorBars::kErrors).high ==
        std::vector<double>{14, 17});
}

TEST_CASE("means are over weights, their spread is shown unasked") {
  HistogramData data;
  data.shown = Shown::kMeans;
  data.contents = {2, 6, 0};  // Of values 2, and 6
  data.weights = {1, 1, 0};
  CHECK(ErrorBarsOf(data, false) == ErrorBars::kNone);
  data.squares = {4, 36, 0};
  CHECK(ErrorBarsOf(data, false) == ErrorBars::kSpread);
  CHECK(ErrorBarsOf(data, true) == ErrorBars::kErrors);
  const auto spread = ValuesOf(data, {3, 2}, ErrorBars::kSpread);
  CHECK(spread.values == std::vector<double>{4, 0});  // Empty: 0
  CHECK(spread.low == std::vector<double>{2, 0});
  const auto errors = ValuesOf(data, {3, 2}, ErrorBars::kErrors);
  CHECK(errors.high[0] == doctest::Approx(4 + 2 / std::sqrt(2.0)));
}

TEST_CASE("shares have Wilson's interval, inside 0 and 1") {
  HistogramData data;
  data.shown = Shown::kShares;
  data.contents = {5, 0, 4};
  data.weights = {10, 0, 4};
  const auto shown = ValuesOf(data, {3, 1}, ErrorBars::kErrors);
  CHECK(shown.values == std::vector<double>{0.5, 0, 1});
  const double half = std::sqrt(0.25 * 10 + 0.25) / 11;
  CHECK(shown.low[0] == doctest::Approx(0.5 - half));
  CHECK(shown.high[2] <= 1);
  CHECK(shown.low[2] < 1);
}

TEST_CASE("a scale holds the values, their errors, and 0") {
  const Scale scale = ScaleOf({{1, 4}, {-2, 3}, {2, 9}}, false);
  CHECK(scale.low() == -2);
  CHECK(scale.high() == 9);
  const Scale empty = ScaleOf({}, false);
  CHECK(empty.low() == 0);
  CHECK(empty.high() == 1);
  CHECK(ScaleOf({{1, 4}, {}, {}}, true).logarithmic());
}

}  // namespace
}  // namespace mapfile::text
