#include "mapfile/axis.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace mapfile {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST_CASE("axes that make no sense are refused") {
  CHECK(!Axis::Regular(0, 0, 1));
  CHECK(!Axis::Regular(10, 1, 1));
  CHECK(!Axis::Regular(10, 2, 1));
  CHECK(!Axis::Regular(10, kNan, 1));
  CHECK(!Axis::Regular(10, 0, kInf));
  CHECK(!Axis::Regular(10, -1.7e308, 1.7e308));
  CHECK(!Axis::Regular(Axis::kMaxBins + 1, 0, 1));
  CHECK(!Axis::Variable({}));
  CHECK(!Axis::Variable({1}));
  CHECK(!Axis::Variable({1, kNan, 2}));
  CHECK(Axis::Variable({1, 3, 2}).error().message() ==
        "edge 2 of an axis, 2, is not above the one before, 3");
  CHECK(!RegularAxis(0, 0, 1).is_valid());
  CHECK(RegularAxis(0, 0, 1).FindBin(0.5) == 1);  // Overflow of no bins
}

TEST_CASE("every edge belongs to the bin above it") {
  const Axis axis = RegularAxis(7, -0.7, 0.7, "t");
  CHECK(axis.title() == "t");
  CHECK(axis.FindBin(axis.low()) == 1);
  CHECK(axis.FindBin(axis.high()) == 8);
  CHECK(axis.FindBin(std::nextafter(axis.high(), 0)) == 7);
  CHECK(axis.FindBin(std::nextafter(axis.low(), -1)) == 0);
  const Axis variable = VariableAxis({0, 1, 10});
  CHECK(variable.FindBin(-1) == 0);
  CHECK(variable.FindBin(0) == 1);
  CHECK(variable.FindBin(1) == 2);
  CHECK(variable.FindBin(10) == 3);
  CHECK(variable.LowEdge(2) == 1);
  CHECK(variable.HighEdge(2) == 10);
  CHECK(axis.LowEdge(1) == -0.7);
  CHECK(axis.HighEdge(7) == 0.7);
  CHECK(axis.LowEdge(0) == 0);
}

}  // namespace
}  // namespace mapfile
