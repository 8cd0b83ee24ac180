#include "mapfile/axis.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

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
  CHECK(!Axis::Regular(10, 0, 1.7e308));  // FindBin would overflow
  CHECK(!Axis::Regular(Axis::kMaxBins + 1, 0, 1));
  CHECK(Axis::Regular(1'000'000'000'000, 0, 1).error().message() ==
        "an axis of 1000000000000 bins: 1 to 1073741824 are allowed");
  CHECK(!Axis::Variable({}));
  CHECK(!Axis::Variable({1}));
  CHECK(!Axis::Variable({1, kNan, 2}));
  CHECK(!Axis::Variable({kNan, 1}));
  CHECK(!Axis::Variable({0, kInf}));
  CHECK(Axis::Variable({1, 3, 2}).error().message() ==
        "edge 2 of an axis, 2, is not above the one before, 3");
  CHECK(!Axis::Logarithmic(10, 0, 1));
  CHECK(!Axis::Logarithmic(10, -1, 1));
  CHECK(!Axis::Logarithmic(10, 5, 1));
  CHECK(!Axis::Logarithmic(10, 5e-324, 1e300));
  CHECK(!Axis::Integer(3, 3));
  CHECK(!Axis::Integer(0, 1LL << 60));
  CHECK(!Axis::Category({}));
  CHECK(Axis::Category({}, true));
  CHECK(Axis::Category({"a", "b", "a"}).error().message() ==
        "an axis has the label \"a\" twice");
  CHECK(!Axis::Circular(4, 1, 0));
  CHECK(!RegularAxis(0, 0, 1).is_valid());
  CHECK(RegularAxis(0, 0, 1).kind() == AxisKind::kNone);
  CHECK(RegularAxis(0, 0, 1).FindBin(0.5) == 1);  // Overflow of no bins
}

TEST_CASE("every edge belongs to the bin above it") {
  const Axis axis = RegularAxis(7, -0.7, 0.7, "t", "mm");
  CHECK(axis.title() == "t");
  CHECK(axis.unit() == "mm");
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
  CHECK(axis.LowEdge(9) == 0);
}

TEST_CASE("a logarithmic axis has edges of one ratio") {
  const Axis axis = LogarithmicAxis(3, 1, 1000);
  CHECK(axis.LowEdge(2) == doctest::Approx(10));
  CHECK(axis.HighEdge(3) == 1000);
  CHECK(axis.FindBin(0) == 0);
  CHECK(axis.FindBin(-5) == 0);
  CHECK(axis.FindBin(1) == 1);
  CHECK(axis.FindBin(9.99) == 1);
  CHECK(axis.FindBin(10.01) == 2);
  CHECK(axis.FindBin(999.9) == 3);
  CHECK(axis.FindBin(1000) == 4);
  CHECK(axis.FindBin(kInf) == 4);
}

TEST_CASE("an integer axis has a bin for each") {
  const Axis axis = IntegerAxis(-2, 3);
  CHECK(axis.bins() == 5);
  for (int i = -2; i < 3; ++i) CHECK(axis.FindBin(i) == std::size_t(i + 3));
  CHECK(axis.FindBin(-3) == 0);
  CHECK(axis.FindBin(3) == 6);
  CHECK(axis.FindBin(0.5) == 3);
}

TEST_CASE("a circular axis has neither beginning nor end") {
  const Axis axis = CircularAxis(4, 0, 360);
  CHECK(axis.FindBin(0) == 1);
  CHECK(axis.FindBin(359) == 4);
  CHECK(axis.FindBin(360) == 1);
  CHECK(axis.FindBin(-1) == 4);
  CHECK(axis.FindBin(-1e-300) == 1);  // Rounds to a full turn
  CHECK(axis.FindBin(725) == 1);
  CHECK(axis.FindBin(kInf) == 5);
  CHECK(axis.FindBin(-kInf) == 5);
  double x = -90;
  CHECK(axis.Locate(x) == 4);
  CHECK(x == 270);
}

TEST_CASE("labels have bins, new ones where the axis grows") {
  Axis axis = CategoryAxis({"a", "b"});
  CHECK(axis.FindBin("b") == 2);
  CHECK(axis.FindBin("c") == 3);
  CHECK(axis.FindOrAdd("c") == 3);
  CHECK(axis.bins() == 2);
  CHECK(axis.Label(1) == "a");
  CHECK(axis.Label(0) == "");
  CHECK(axis.Label(3) == "");
  CHECK(axis.FindBin(1) == 2);  // By number
  Axis growing = CategoryAxis({}, true);
  CHECK(growing.is_valid());
  CHECK(growing.FindOrAdd("x") == 1);
  CHECK(growing.FindOrAdd("y") == 2);
  CHECK(growing.FindOrAdd("x") == 1);
  CHECK(growing.bins() == 2);
  CHECK(growing.is_valid());
}

TEST_CASE("what differs is said, labels included") {
  CHECK(RegularAxis(4, 0, 4, "x").DifferenceTo(RegularAxis(4, 0, 4, "y")) ==
        "");
  CHECK(RegularAxis(4, 0, 4).DifferenceTo(IntegerAxis(0, 4)) ==
        "regular and integer");
  CHECK(VariableAxis({0, 1, 4}).DifferenceTo(VariableAxis({0, 2, 4})) ==
        "edge 1 at 1 and at 2");
  CHECK(CategoryAxis({"a", "b"}).DifferenceTo(CategoryAxis({"a", "c"})) ==
        "label 2 is \"b\" and \"c\"");
}

TEST_CASE("parts that don't fit each other are named") {
  const auto fault = [](Axis axis, double low, double high) {
    std::apply(
        [&](auto, auto, auto first, auto last, auto...) {
          axis.*first.member = low;
          axis.*last.member = high;
        },
        Schema<Axis>::Fields());
    return axis.Fault();
  };
  CHECK(fault(VariableAxis({0, 1, 3}), 0, 3) == "");
  CHECK(fault(VariableAxis({0, 1, 3}), 0.5, 3) ==
        "edges from 0 to 3 of an axis from 0.5 to 3");
  CHECK(fault(IntegerAxis(0, 3), 0, 4) == "3 integers from 0 to 4");
  CHECK(fault(IntegerAxis(0, 3), 0.5, 3.5) == "3 integers from 0.5 to 3.5");
  CHECK(fault(LogarithmicAxis(3, 1, 9), -1, 9) ==
        "a logarithmic axis begins at -1");
  CHECK(fault(RegularAxis(3, 0, 1), 1, 0) ==
        "an axis from 1 to 0: it has to rise, and be finite");
}

// Every axis that the stored class can be, as far as bytes go.
TEST_CASE("no bin is out of range, whatever was read") {
  struct Parts {
    std::string kind;
    std::uint32_t bins;
    double low, high;
    std::vector<double> edges;
  };
  const double values[] = {kNan, -kInf,  kInf,    -1,    0,
                           1,    5e-324, 1.7e308, -2e300};
  std::mt19937 random(1);
  const auto any = [&] { return values[random() % std::size(values)]; };
  for (int i = 0; i < 20000; ++i) {
    const Parts parts{
        std::string(AxisKindName(static_cast<AxisKind>(random() % 8))),
        static_cast<std::uint32_t>(random() % 3 == 0 ? 4294967295u
                                                     : random() % 4),
        any(), any(), std::vector<double>(random() % 5, any())};
    Axis axis;
    // By their description, as a decoder stores them.
    std::apply(
        [&](auto kind, auto bins, auto low, auto high, auto edges, auto...) {
          axis.*kind.member = parts.kind;
          axis.*bins.member = parts.bins;
          axis.*low.member = parts.low;
          axis.*high.member = parts.high;
          axis.*edges.member = parts.edges;
        },
        Schema<Axis>::Fields());
    const double x = any();
    CHECK(axis.FindBin(x) <= std::size_t{parts.bins} + 1);
    CHECK(axis.FindOrAdd("a") <= std::size_t{axis.bins()} + 1);
    for (const std::size_t bin :
         {std::size_t{0}, std::size_t{1}, axis.cells(), ~std::size_t{0}}) {
      axis.LowEdge(bin);
      axis.Label(bin);
    }
    axis.Fault();
  }
}

}  // namespace
}  // namespace mapfile
