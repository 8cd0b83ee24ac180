#include "tools/common/axis_spec.h"

#include <doctest/doctest.h>

#include <cmath>

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

TEST_CASE("numbers of a line") {
  CHECK(ParseNumbers("")->empty());
  CHECK(*ParseNumbers(" 1,-2.5;3e2\t+4\r") ==
        std::vector<double>{1, -2.5, 300, 4});
  CHECK(std::isinf(ParseNumbers("1e400")->front()));
  CHECK(ParseNumbers("1e-400")->front() == 0);
  CHECK(std::isnan(ParseNumbers("nan")->front()));
  for (const char* text : {"a", "1x", "1 2 b", "0x", "--1", "+", "+-1"}) {
    CAPTURE(text);
    const auto numbers = ParseNumbers(text);
    CHECK(!numbers);
  }
}

TEST_CASE("a name and its number") {
  CHECK(ParseCount(" a ")->name == "a");
  CHECK(ParseCount("a")->number == 1);
  CHECK(ParseCount("a 0\r")->number == 0);
  CHECK(ParseCount("a 18446744073709551615")->number == UINT64_MAX);
  CHECK(ParseCount("")->name.empty());
  for (const char* text : {"a b", "a -1", "a 1.5", "a 1 2"}) {
    CAPTURE(text);
    const bool is_count = ParseCount(text).has_value();
    CHECK_FALSE(is_count);
  }
}

}  // namespace
}  // namespace mapfile::tools
