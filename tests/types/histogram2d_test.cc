#include <doctest/doctest.h>

#include <limits>

#include "mapfile/histogram.h"

namespace mapfile {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("two axes: cells, statistics, labels that grow") {
  Histogram2D h("h", RegularAxis(2, 0, 2), RegularAxis(3, 0, 3));
  h.Fill(0.5, 2.5);
  h.Fill(1.5, 0.5, 3);
  h.Fill(-1, 1);
  h.Fill(1, 99);
  h.Fill(kNan, 1);
  h.Fill(1, kNan);
  CHECK(h.nans() == 2);
  CHECK(h.entries() == 4);
  CHECK(h.BinContent(1, 3) == 1);
  CHECK(h.BinContent(2, 1) == 3);
  CHECK(h.BinContent(0, 2) == 1);
  CHECK(h.BinContent(2, 4) == 1);
  CHECK(h.BinError(2, 1) == 3);
  CHECK(h.Integral() == 4);
  CHECK(h.MeanX() == 1.25);
  CHECK(h.MeanY() == 1);
  CHECK(h.Covariance() == doctest::Approx(-0.375));
  CHECK(h.Correlation() == doctest::Approx(-1));
  Histogram2D labels("l", CategoryAxis({}, true), CategoryAxis({}, true));
  labels.Fill("a", "x");
  labels.Fill("b", "y", 2);
  labels.Fill("a", "y", 3);
  CHECK(labels.BinContent(1, 1) == 1);
  CHECK(labels.BinContent(2, 2) == 2);
  CHECK(labels.BinContent(1, 2) == 3);
  CHECK(labels.Fault() == "");
  Histogram2D other("o", CategoryAxis({"c", "b"}), CategoryAxis({"y"}));
  other.Fill("c", "y", 5);
  other.Fill("b", "y", 6);
  REQUIRE(labels.Merge(other));
  CHECK(labels.BinContent(3, 2) == 5);
  CHECK(labels.BinContent(2, 2) == 8);
  CHECK(labels.BinContent(1, 1) == 1);
  CHECK(labels.Fault() == "");
  const auto refused = labels.Merge(h);
  REQUIRE(!refused);
  CHECK(refused.error().message() ==
        "histograms l and h have different x axis: category and regular");
}

TEST_CASE("more cells than memory are refused before they are made") {
  const Axis axis = RegularAxis(1 << 20, 0, 1);
  Histogram2D h("h", axis, axis);
  CHECK(!h.x_axis().is_valid());
  CHECK(h.contents().size() == 4);
  h.Fill(0.5, 0.5);
  CHECK(h.contents()[3] == 1);
}

}  // namespace
}  // namespace mapfile
