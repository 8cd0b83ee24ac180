#include "lib/text/draw/grid.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "lib/text/draw/palette.h"

namespace mapfile::text {
namespace {

AxisData Axis(std::vector<double> edges, bool regular = true) {
  AxisData axis;
  axis.edges = std::move(edges);
  axis.regular = regular;
  return axis;
}

TEST_CASE("regular bins take as many places each") {
  const GridAxis wide(Axis({0, 1, 2}), 9, 3);
  CHECK(wide.places.size() == 6);
  CHECK(wide.places[2].begin == 0);
  CHECK(wide.places[3].begin == 1);
  const GridAxis narrow(Axis({0, 1, 2, 3, 4, 5}), 3, 3);
  CHECK(narrow.group == 2);
  CHECK(narrow.places.size() == 3);
  CHECK(narrow.places[2].end == 5);
  // Half of the last place is beyond the axis.
  CHECK(narrow.scale.high() == 6);
}

TEST_CASE("others are true to scale, the largest is shown") {
  const Cells cells{Axis({0, 1, 3, 4}, false), Axis({0, 1}), {1, 5, 2}, {}};
  const Grid grid =
      MakeGrid(cells, GridAxis(cells.x, 8, 9), GridAxis(cells.y, 1, 1));
  CHECK(grid.values == std::vector<double>{1, 1, 5, 5, 5, 5, 2, 2});
  const Grid small =
      MakeGrid(cells, GridAxis(cells.x, 2, 9), GridAxis(cells.y, 1, 1));
  CHECK(small.values == std::vector<double>{5, 5});
}

TEST_CASE("shading, also on a logarithmic scale") {
  const Shading linear({0, 5, 10}, false);
  CHECK(linear.IsEmpty(0));
  CHECK(linear.PartOf(5) == 0.5);
  CHECK(std::isnan(linear.PartOf(std::nan(""))));
  const Shading negative({-10, 10}, false);
  CHECK_FALSE(negative.IsEmpty(0));
  CHECK(negative.PartOf(0) == 0.5);
  const Shading log({0, 2, 100}, true);
  CHECK(log.IsEmpty(0));
  CHECK(log.PartOf(10) == doctest::Approx(0.5));
}

TEST_CASE("colours grow brighter, and terminals have near ones") {
  double before = -1;
  for (int i = 0; i <= 20; ++i) {
    const Rgb color = ColorAt(i / 20.);
    const double brightness =
        0.299 * color.red + 0.587 * color.green + 0.114 * color.blue;
    CHECK(brightness > before);
    before = brightness;
    CHECK(TerminalColor(color) >= 16);
    CHECK(TerminalColor(color) <= 231);
  }
  CHECK(TerminalColor({0, 0, 0}) == 16);
  CHECK(TerminalColor({255, 0, 0}) == 196);
  CHECK(TerminalColor({250, 250, 250}) == 231);
}

}  // namespace
}  // namespace mapfile::text
