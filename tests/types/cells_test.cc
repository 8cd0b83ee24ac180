#include "lib/types/cells.h"

#include <doctest/doctest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "mapfile/histogram_base.h"

namespace mapfile::internal {
namespace {

const Axis kX = Axis::Regular(2, 0, 2).value();   // 4 cells
const Axis kY = Axis::Regular(3, 0, 30).value();  // 5 cells
const Axis* const kXY[] = {&kX, &kY};

Axis Letters(std::vector<std::string> labels) {
  return Axis::Category(std::move(labels), true).value();
}

TEST_CASE("cells are bins with underflow and overflow of each axis") {
  CHECK(CountCells(kXY) == 20);
  const Axis large = Axis::Regular(Axis::kMaxBins, 0, 1).value();
  const Axis* const both[] = {&large, &large};
  CHECK(CountCells(both) == std::nullopt);
}

TEST_CASE("axes that can't be used become not valid, all of them") {
  Axis x = kX;
  Axis y = kY;
  CHECK(UsableCells({&x, &y}) == 20);
  CHECK(x.Fault() == "");
  y = Axis::NotValid("no bins");
  CHECK(UsableCells({&x, &y}) == 4);  // Two axes without bins
  CHECK(x.Fault() == "the y axis isn't valid: no bins");
  CHECK(y.Fault() == x.Fault());
}

TEST_CASE("a fault names the axis, or how many contents there are") {
  CHECK(FaultOf(kXY, 20) == "");
  CHECK(FaultOf(kXY, 19) == "19 contents for 20 cells");
  const Axis none = Axis::NotValid("it has no bins");
  const Axis* const one[] = {&none};
  CHECK(FaultOf(one, 2) == "axis: it has no bins");
  const Axis* const second[] = {&kX, &none};
  CHECK(FaultOf(second, 8) == "y axis: it has no bins");
}

TEST_CASE("where an axis grows only overflow moves") {
  const AxisMap map = GrownAxis(4, 6);
  CHECK(map.to == std::vector<std::size_t>{0, 1, 2, 5});
  CHECK(map.after == 6);
  const AxisMap maps[] = {GrownAxis(3, 4), GrownAxis(2, 3)};
  std::vector<double> cells = {1, 2, 3, 4, 5, 6};
  MoveCells(maps, cells);
  CHECK(cells == std::vector<double>{1, 2, 0, 3, 0, 0, 0, 0, 4, 5, 0, 6});
}

TEST_CASE("cells that don't fit the maps stay as they are") {
  const AxisMap maps[] = {GrownAxis(3, 4)};
  std::vector<double> cells = {1, 2};
  MoveCells(maps, cells);
  CHECK(cells == std::vector<double>{1, 2});
  const std::size_t before[] = {4, 5};
  CHECK(GrownAxes(kXY, before).empty());
  const std::size_t fewer[] = {4, 4};
  CHECK(GrownAxes(kXY, fewer).size() == 2);
}

TEST_CASE("labels are merged by what they say") {
  const Axis own = Letters({"a", "b"});
  const Axis other = Letters({"c", "b"});
  const Axis* const owns[] = {&own};
  const Axis* const others[] = {&other};
  const auto plan = PlanMerge({owns, 4}, {others, 4});
  REQUIRE(plan);
  CHECK(plan->moves);
  CHECK(plan->axes[0].labels() == std::vector<std::string>{"a", "b", "c"});
  std::vector<double> into = {1, 2, 3, 4};
  MergeInto(*plan, {10, 20, 30, 40}, into);
  CHECK(into == std::vector<double>{11, 2, 33, 20, 44});
}

TEST_CASE("axes that differ, or don't fit the cells, aren't merged") {
  const Axis wide = Axis::Regular(2, 0, 4).value();
  const Axis* const xs[] = {&kX};
  const Axis* const wides[] = {&wide};
  const auto differs = PlanMerge({xs, 4}, {wides, 4});
  REQUIRE(!differs);
  CHECK(differs.error().code() == Code::kInvalidArgument);
  CHECK(differs.error().message().find("different axes") == 0);
  CHECK(!PlanMerge({xs, 4}, {xs, 5}));
  const auto same = PlanMerge({xs, 4}, {xs, 4});
  REQUIRE(same);
  CHECK(!same->moves);
}

TEST_CASE("cells inside are visited with the middles of their bins") {
  std::vector<std::size_t> visited;
  double sum_y = 0;
  ForEachInside(kXY, 20, [&](std::size_t cell, const auto& middles) {
    visited.push_back(cell);
    sum_y += middles[1];
  });
  CHECK(visited == std::vector<std::size_t>{5, 6, 9, 10, 13, 14});
  CHECK(sum_y == 2 * (5 + 15 + 25));
  ForEachInside(kXY, 19, [&](std::size_t, const auto&) { FAIL("visited"); });
}

TEST_CASE("means and deviations are 0 without weight") {
  CHECK(MeanOf(0, 5) == 0);
  CHECK(StdDevOf(0, 5, 5) == 0);
  CHECK(CovarianceOf(0, 1, 1, 1) == 0);
  // Of 1 and 3 on x, of 2 and 6 on y.
  CHECK(MeanOf(2, 4) == 2);
  CHECK(StdDevOf(2, 4, 10) == 1);
  CHECK(CovarianceOf(2, 4, 8, 20) == 2);
}

}  // namespace
}  // namespace mapfile::internal
