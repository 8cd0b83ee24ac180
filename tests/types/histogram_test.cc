#include "mapfile/histogram.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "tests/types/test_classes.h"

namespace mapfile {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST_CASE("each value goes into its bin") {
  Histogram1D h("h", RegularAxis(10, 0, 5));
  for (const double x : {-0.1, 0.0, 0.49, 0.5, 4.99, 5.0, kInf, -kInf}) {
    h.Fill(x);
  }
  CHECK(h.underflow() == 2);
  CHECK(h.overflow() == 2);
  CHECK(h.BinContent(1) == 2);
  CHECK(h.BinContent(2) == 1);
  CHECK(h.BinContent(10) == 1);
  CHECK(h.BinContent(99) == 0);
  CHECK(h.Integral() == 4);
  CHECK(h.Integral(0, 11) == 8);
  CHECK(h.Integral(2, std::numeric_limits<std::size_t>::max()) == 4);
  CHECK(h.entries() == 8);
}

TEST_CASE("NaN is counted apart") {
  Histogram1D h("h", RegularAxis(10, 0, 5));
  h.Fill(kNan);
  h.Fill(1, kNan);
  CHECK(h.nans() == 2);
  CHECK(h.entries() == 0);
  CHECK(h.Integral(0, 11) == 0);
  CHECK(h.Mean() == 0);
}

TEST_CASE("mean and standard deviation are those of the values") {
  Histogram1D h("h", RegularAxis(7, -3, 3));
  std::mt19937 random(1);
  std::normal_distribution<double> normal(0.3, 0.8);
  double w = 0, w2 = 0, wx = 0, wxx = 0;
  for (int i = 0; i < 10000; ++i) {
    const double x = normal(random);
    const double weight = 0.5 + i % 3;
    h.Fill(x, weight);
    if (x < -3 || x >= 3) continue;
    w += weight;
    w2 += weight * weight;
    wx += weight * x;
    wxx += weight * x * x;
  }
  CHECK(h.sum_w() == w);
  CHECK(h.sum_w2() == w2);
  CHECK(h.Mean() == doctest::Approx(wx / w));
  CHECK(h.StdDev() == doctest::Approx(std::sqrt(wxx / w - wx / w * wx / w)));
  CHECK(h.EffectiveEntries() == doctest::Approx(w * w / w2));
}

// Figures of a histogram of 25,000 normal values that another program kept.
TEST_CASE("sums give the figures that others get of them") {
  Histogram1D h("hpx", RegularAxis(100, -4, 4));
  const double mean = 86.11539405375515 / 24999;
  const double std_dev = 1.0036670295055081;
  // Two values stand for 24,999: the same sums, the same statistics.
  h.Fill(mean - std_dev, 24999 / 2.0);
  h.Fill(mean + std_dev, 24999 / 2.0);
  h.Fill(4.5);
  CHECK(h.Mean() == doctest::Approx(0.003444753552292298));
  CHECK(h.StdDev() == doctest::Approx(1.0036670295055081));
  CHECK(h.sum_wx2() == doctest::Approx(25182.976951713717));
  CHECK(h.overflow() == 1);
}

TEST_CASE("errors by bin, with and without squares") {
  Histogram1D h("h", RegularAxis(2, 0, 2));
  h.Fill(0.5);
  h.KeepSquares();
  h.Fill(0.5, 3);
  CHECK(h.BinError(1) == doctest::Approx(std::sqrt(10)));
  Histogram1D plain("p", RegularAxis(2, 0, 2));
  for (int i = 0; i < 4; ++i) plain.Fill(0.5);
  CHECK(plain.BinError(1) == 2);
  CHECK(plain.BinError(7) == 0);
}

TEST_CASE("Reset empties, Merge adds") {
  Histogram1D a("a", RegularAxis(4, 0, 4, "x"));
  Histogram1D b("b", RegularAxis(4, 0, 4, "y"));
  a.Fill(1);
  b.Fill(1, 2);
  b.Fill(9);
  b.Fill(kNan);
  b.KeepSquares();
  REQUIRE(a.Merge(b));
  CHECK(a.BinContent(2) == 3);
  CHECK(a.overflow() == 1);
  CHECK(a.entries() == 3);
  CHECK(a.nans() == 1);
  CHECK(a.keeps_squares());
  CHECK(a.sum_wx() == 3);
  a.Reset();
  CHECK(a.entries() == 0);
  CHECK(a.Integral(0, 5) == 0);
  CHECK(a.name() == "a");
}

TEST_CASE("Merge refuses another axis and names what differs") {
  Histogram1D a("a", RegularAxis(4, 0, 4));
  a.Fill(1);
  const auto refusal = [&](Axis axis) {
    auto status = a.Merge(Histogram1D("b", std::move(axis)));
    REQUIRE(!status);
    CHECK(status.error().code() == Code::kInvalidArgument);
    return status.error().message();
  };
  const std::string start = "histograms a and b have different axes: ";
  CHECK(refusal(RegularAxis(5, 0, 4)) == start + "4 bins and 5 bins");
  CHECK(refusal(RegularAxis(4, -1, 4)) == start + "from 0 and from -1");
  CHECK(refusal(RegularAxis(4, 0, 5)) == start + "up to 4 and up to 5");
  CHECK(refusal(VariableAxis({0, 1, 2, 3, 4})) ==
        start + "regular and variable");
  CHECK(a.BinContent(2) == 1);
}

TEST_CASE("a histogram is stored whole, its contents on a cache line") {
  Histogram1D h("energy", VariableAxis({0, 1, 10, 100}, "E"), "title");
  h.KeepSquares();
  for (int i = -5; i < 150; ++i) h.Fill(i, 0.5);
  h.Fill(kNan);
  MemoryTypeTable types;
  auto bytes = zoo::Store(h, types);
  REQUIRE(bytes);
  Histogram1D copy;
  REQUIRE(zoo::Load(TypeOf<Histogram1D>(), *bytes, types, &copy));
  CHECK(copy.name() == "energy");
  CHECK(copy.title() == "title");
  CHECK(copy.axis().title() == "E");
  CHECK(copy.axis().DifferenceTo(h.axis()) == "");
  CHECK(copy.contents() == h.contents());
  CHECK(copy.BinError(2) == h.BinError(2));
  CHECK(copy.nans() == 1);
  CHECK(copy.Mean() == h.Mean());
  CHECK(TypeOf<Histogram1D>().name() == "Histogram1D");
}

TEST_CASE("one that contradicts itself can be filled, and does no harm") {
  const auto stored =
      Type::Parse(
          "Histogram1D\nclass Histogram1D 1 : Histogram { Axis x_axis; }\n"
          "class Histogram 1 { vector<f64> contents; }\n"
          "class Axis 1 { u32 bins; f64 low; f64 high; }")
          .value();
  struct {
    std::uint64_t contents[2] = {0, 0};
    std::uint32_t bins = 4000000000;
    std::uint32_t zero = 0;
    double low = -kInf;
    double high = kInf;
  } bytes;
  MemoryTypeTable types;
  // Kind and labels stay those of the object that it is read into.
  for (const Axis& axis :
       {Axis(), RegularAxis(1, 0, 1), CircularAxis(1, 0, 1),
        LogarithmicAxis(2, 1, 5), CategoryAxis({"a"}, true)}) {
    Histogram1D h("h", axis);
    h.KeepSquares();
    REQUIRE(zoo::Load(*stored, std::as_bytes(std::span(&bytes, 1)), types, &h));
    for (const double x : {-1e300, 0.0, 5.0, 1e300, kInf}) h.Fill(x);
    h.Fill("a");
    h.Fill("b", 2);
    CHECK(h.entries() == 7);
    CHECK(h.contents().empty());
    CHECK(!h.Fault().empty());
    CHECK(h.Integral() == 0);
    CHECK(h.Skewness() == 0);
    CHECK(!h.Merge(Histogram1D("x", RegularAxis(1, 0, 1))));
    CHECK(!h.Merge(h));
    CHECK(!h.SetContents({1, 2, 3}, {}, 6));
  }
}

TEST_CASE("the first weight that isn't 1 keeps squares") {
  Histogram1D h("h", RegularAxis(2, 0, 2));
  h.Fill(0.5);
  h.Fill(0.5);
  CHECK(!h.keeps_squares());
  h.Fill(0.5, 3);
  CHECK(h.squares() == std::vector<double>{0, 11, 0, 0});
  h.Scale(2);
  CHECK(h.BinContent(1) == 10);
  CHECK(h.BinError(1) == doctest::Approx(std::sqrt(44)));
  CHECK(h.sum_w2() == 44);
}

TEST_CASE("labels are filled, an axis that grows keeps all that was there") {
  Histogram1D h("h", CategoryAxis({}, true));
  h.Fill("b", 2);
  h.Fill(std::string("a"));
  h.Fill("b");
  h.Fill(7);  // By number: there is no such label
  CHECK(h.axis().labels() == std::vector<std::string>{"b", "a"});
  CHECK(h.contents() == std::vector<double>{0, 3, 1, 1});
  CHECK(h.squares() == std::vector<double>{0, 5, 1, 1});
  CHECK(h.entries() == 4);
  CHECK(h.Fault() == "");
  Histogram1D fixed("f", CategoryAxis({"a"}));
  fixed.Fill("x");
  CHECK(fixed.overflow() == 1);
}

TEST_CASE("axes of labels merge by what they say") {
  Histogram1D a("a", CategoryAxis({"x", "y"}));
  Histogram1D b("b", CategoryAxis({"z", "y"}));
  a.Fill("x");
  a.Fill("none");
  b.Fill("y", 2);
  b.Fill("z", 3);
  b.Fill("none");
  REQUIRE(a.Merge(b));
  CHECK(a.axis().labels() == std::vector<std::string>{"x", "y", "z"});
  CHECK(a.contents() == std::vector<double>{0, 1, 2, 3, 2});
  CHECK(a.squares() == std::vector<double>{0, 1, 4, 9, 2});
  CHECK(a.Fault() == "");
}

TEST_CASE("a histogram merges with itself") {
  Histogram2D h("h", RegularAxis(1, 0, 1), CategoryAxis({"a"}));
  h.Fill(0.5, "a", 2);
  REQUIRE(h.Merge(h));
  CHECK(h.Integral() == 4);
  CHECK(h.entries() == 2);
  CHECK(h.MeanX() == 0.5);
}

TEST_CASE("shape of a distribution") {
  Histogram1D h("h", RegularAxis(1000, -10, 10));
  std::mt19937 random(2);
  std::normal_distribution<double> normal(1, 2);
  std::exponential_distribution<double> exponential(1);
  for (int i = 0; i < 100000; ++i) h.Fill(normal(random));
  CHECK(std::abs(h.Skewness()) < 0.05);
  CHECK(std::abs(h.Kurtosis()) < 0.1);
  CHECK(h.MeanError() == doctest::Approx(2 / std::sqrt(1e5)).epsilon(0.02));
  Histogram1D e("e", RegularAxis(3000, 0, 30));
  for (int i = 0; i < 100000; ++i) e.Fill(exponential(random));
  CHECK(e.Skewness() == doctest::Approx(2).epsilon(0.1));
  CHECK(e.Kurtosis() == doctest::Approx(6).epsilon(0.25));
}

TEST_CASE("what is older than a field is read, and the field stays") {
  const auto stored =
      Type::Parse(
          "Histogram1D\nclass Histogram1D 1 : Histogram { Axis x_axis; }\n"
          "class Histogram 1 { u32 entries; string name; }\n"
          "class Axis 1 { u8 bins; f32 high; }")
          .value();
  struct {
    std::uint32_t entries = 7;
    std::uint32_t zero = 0;
    std::uint64_t name[2] = {32, 2};
    std::uint8_t bins = 5;
    char padding[3] = {};
    float high = 2.5;
    char text[8] = {'o', 'l'};
  } bytes;
  MemoryTypeTable types;
  Histogram1D h("h", RegularAxis(3, 0, 3));
  REQUIRE(zoo::Load(*stored, std::as_bytes(std::span(&bytes, 1)), types, &h));
  CHECK(h.entries() == 7);
  CHECK(h.name() == "ol");
  CHECK(h.axis().bins() == 5);
  CHECK(h.axis().high() == 2.5);
  CHECK(h.axis().kind() == AxisKind::kRegular);
  CHECK(h.contents().size() == 5);
  CHECK(h.Fault() == "5 contents for 7 cells");
}

}  // namespace
}  // namespace mapfile
