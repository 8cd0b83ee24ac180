#include "tools/common/axis_spec.h"

#include <doctest/doctest.h>

namespace mapfile::tools {
namespace {

TEST_CASE("each kind of axis") {
  CHECK(ParseAxis("100,0,1000")->kind() == AxisKind::kRegular);
  CHECK(ParseAxis("100,0,1000")->HighEdge(1) == 10);
  CHECK(ParseAxis("1e2,-5,+5")->bins() == 100);
  CHECK(ParseAxis("log:2,1,100")->LowEdge(2) == doctest::Approx(10));
  CHECK(ParseAxis("circle:36,0,360")->kind() == AxisKind::kCircular);
  CHECK(ParseAxis("edges:0,1,5,20")->bins() == 3);
  CHECK(ParseAxes("10,0,1")->size() == 1);
  CHECK(ParseAxes(" 10,0,1  log:5,1,9 ")->size() == 2);
}

TEST_CASE("an error names the axis and what is wrong") {
  const auto axis = ParseAxis("10,5,x");
  REQUIRE(!axis);
  CHECK(axis.error().message() == "\"10,5,x\": \"x\" is no number");
  CHECK(!ParseAxes(""));
  CHECK(!ParseAxes("1,0,1 1,0,1 1,0,1"));
}

}  // namespace
}  // namespace mapfile::tools
