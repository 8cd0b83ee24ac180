#include "mapfile/graph.h"

#include <doctest/doctest.h>

#include <cmath>

namespace mapfile {
namespace {

TEST_CASE("points keep their order, gaps and titles") {
  Graph graph("g", "Title");
  graph.SetXTitle("time", "s");
  graph.SetYTitle("rate");
  graph.Add(3, 1);
  graph.Add(1, std::nan(""));
  graph.Add(2, 5);
  REQUIRE(graph.size() == 3);
  CHECK(graph.x() == std::vector<double>{3, 1, 2});
  CHECK(std::isnan(graph.At(1).y));
  CHECK(graph.At(2).y == 5);
  CHECK(graph.At(2).y_error_high == 0);
  CHECK(graph.x_unit() == "s");
  CHECK(graph.y_title() == "rate");
  graph.Clear();
  CHECK(graph.size() == 0);
  CHECK(graph.title() == "Title");
}

TEST_CASE("errors begin with the first point that has one") {
  Graph graph("g");
  graph.Add(1, 10);
  graph.Add(2, 20, 0.5);
  graph.Add({.x = 3, .y = 30, .y_error_low = 1, .y_error_high = 2});
  graph.Add({.x = 4, .y = 40, .x_error_low = 0.1, .x_error_high = 0.1});
  CHECK(graph.At(0).y_error_low == 0);
  CHECK(graph.At(0).y_error_high == 0);
  CHECK(graph.At(1).y_error_low == 0.5);
  CHECK(graph.At(1).y_error_high == 0.5);
  CHECK(graph.At(2).y_error_low == 1);
  CHECK(graph.At(2).y_error_high == 2);
  CHECK(graph.At(2).x_error_low == 0);
  CHECK(graph.At(3).x_error_high == 0.1);
  CHECK(graph.At(3).y_error_high == 0);
  CHECK(graph.Fault() == "");
}

TEST_CASE("graphs merge point behind point") {
  Graph a("a");
  a.Add(1, 10);
  Graph b("b");
  b.Add({.x = 2, .y = 20, .y_error_low = 1, .y_error_high = 3});
  REQUIRE(a.Merge(b));
  REQUIRE(a.size() == 2);
  CHECK(a.At(0).y_error_high == 0);
  CHECK(a.At(1).y == 20);
  CHECK(a.At(1).y_error_low == 1);
  CHECK(a.At(1).y_error_high == 3);
  REQUIRE(a.Merge(a));
  CHECK(a.x() == std::vector<double>{1, 2, 1, 2});
  CHECK(a.At(3).y_error_high == 3);
}

TEST_CASE("mean and deviation of all points") {
  Graph graph("g");
  CHECK(graph.MeanX() == 0);
  CHECK(graph.StdDevY() == 0);
  for (const double x : {1., 3., 5., 7.}) graph.Add(x, 2 * x);
  CHECK(graph.MeanX() == 4);
  CHECK(graph.MeanY() == 8);
  CHECK(graph.StdDevX() == doctest::Approx(std::sqrt(5.)));
  CHECK(graph.StdDevY() == doctest::Approx(2 * std::sqrt(5.)));
}

}  // namespace
}  // namespace mapfile
