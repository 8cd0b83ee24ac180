#include "lib/text/draw/curves.h"

#include <doctest/doctest.h>

#include <cmath>

namespace mapfile::text {
namespace {

HistogramData Bins(double low, std::vector<double> contents) {
  HistogramData data;
  for (std::size_t i = 0; i <= contents.size(); ++i) {
    data.edges.push_back(low + static_cast<double>(i));
  }
  data.contents = std::move(contents);
  data.entries = 5;
  return data;
}

GraphData Points(std::vector<double> x, std::vector<double> y) {
  GraphData data;
  data.x = std::move(x);
  data.y = std::move(y);
  return data;
}

TEST_CASE("steps have an edge more than values, points one each") {
  const NamedPicture pictures[] = {{"h", Bins(0, {1, 4, 2})},
                                   {"g", Points({0.5, 2}, {7, std::nan("")})}};
  CHECK(OverlayFault(pictures) == "");
  const auto [curves, axes] = CurvesOf(pictures, 80, {});
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].name == "h");
  CHECK(curves[0].steps);
  CHECK(curves[0].x == std::vector<double>{0, 1, 2, 3});
  CHECK(curves[0].y == std::vector<double>{1, 4, 2});
  CHECK(curves[0].low.empty());
  CHECK(!curves[1].steps);
  CHECK(curves[1].x == std::vector<double>{0.5, 2});
  CHECK(curves[1].y[0] == 7);
  CHECK(std::isnan(curves[1].y[1]));
  CHECK(axes.x.low() <= 0);
  CHECK(axes.x.high() >= 3);
  CHECK(axes.y.high() >= 7);
}

TEST_CASE("bins that are too many for the room are put together") {
  const NamedPicture pictures[] = {
      {"h", Bins(0, std::vector<double>(1000, 1))}};
  const auto curves = CurvesOf(pictures, 50, {}).curves;
  REQUIRE(curves.size() == 1);
  CHECK(curves[0].y.size() <= 50);
  CHECK(curves[0].x.size() == curves[0].y.size() + 1);
  CHECK(curves[0].x.back() == 1000);
  double sum = 0;
  for (const double y : curves[0].y) sum += y;
  CHECK(sum == 1000);
}

TEST_CASE("why pictures can't lie over each other") {
  NamedPicture labels{"l", Bins(0, {1, 2})};
  std::get<HistogramData>(labels.picture).labels = {"a", "b"};
  NamedPicture others = labels;
  others.name = "o";
  std::get<HistogramData>(others.picture).labels = {"a", "c"};
  const NamedPicture numbers{"n", Bins(0, {1})};
  const NamedPicture far{"f", Bins(50, {1})};
  const NamedPicture none{"e", Bins(0, {})};
  const NamedPicture cells{"c", Cells{}};
  const auto fault = [](std::vector<NamedPicture> two) {
    return OverlayFault(two);
  };
  CHECK(fault({labels, labels}) == "");
  CHECK(fault({labels, others}) == "\"l\" and \"o\" have different labels");
  CHECK(fault({labels, numbers}) ==
        "\"l\" and \"n\" have no axis in common: one is over labels, one over "
        "numbers");
  CHECK(fault({numbers, far}) ==
        "\"n\" and \"f\" have no part of an axis in common: 0 to 1, 50 to 51");
  CHECK(fault({none}) == "\"e\" has no bins");
  CHECK(fault({numbers, cells}) == "\"c\" has more than one axis");
  CHECK(fault(std::vector<NamedPicture>(kMostCurves, numbers)) == "");
  CHECK(fault(std::vector<NamedPicture>(kMostCurves + 1, numbers)) != "");
}

TEST_CASE("a legend has the name and the first figure; with all, the others") {
  Curve curve;
  curve.name = "h";
  curve.statistics = {{"Name", "h"}, {"Entries", "5"}, {"Mean", "2"}};
  using Rows = std::vector<Statistic>;
  CHECK(LegendOf(curve, false) == Rows{{"h", "5"}});
  CHECK(LegendOf(curve, true) == Rows{{"h", "5"}, {"  Mean", "2"}});
}

TEST_CASE("the title of those that have one, else their names") {
  NamedPicture a{"a", Bins(0, {1})};
  NamedPicture b{"b", Bins(0, {1})};
  std::get<HistogramData>(a.picture).title = "Energy";
  CHECK(TitleOf(std::vector{a, a}) == "Energy");
  CHECK(TitleOf(std::vector{a, b}) == "Energy");
  CHECK(TitleOf(std::vector{b, b}) == "b, b");
  std::get<HistogramData>(b.picture).title = "Time";
  CHECK(TitleOf(std::vector{a, b}) == "a, b");
}

}  // namespace
}  // namespace mapfile::text
