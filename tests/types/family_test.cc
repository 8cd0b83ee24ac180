// Profiles, efficiencies, graphs, time series and counters.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"
#include "tests/types/test_classes.h"

namespace mapfile {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

// Stored and read back.
template <class T>
T Copied(const T& object) {
  MemoryTypeTable types;
  const auto bytes = zoo::Store(object, types);
  REQUIRE(bytes);
  T copy;
  REQUIRE(zoo::Load(TypeOf<T>(), *bytes, types, &copy));
  return copy;
}

// The error of a Merge that has to be refused.
template <class T>
std::string Refusal(T& into, const T& other) {
  const auto status = into.Merge(other);
  REQUIRE(!status);
  CHECK(status.error().code() == Code::kInvalidArgument);
  return status.error().message();
}

// An object whose one list is longer than the others: `more` bytes that
// decode to what no constructor makes.
template <class T>
T Contradicting(std::string_view description, std::size_t count) {
  MemoryTypeTable types;
  const auto stored = Type::Parse(description).value();
  std::vector<std::uint64_t> words = {64, count};
  words.resize(8 + count);
  T object;
  REQUIRE(zoo::Load(*stored, std::as_bytes(std::span(words)), types, &object));
  return object;
}

TEST_CASE("a profile has mean, spread and error by bin") {
  Profile1D p("p", RegularAxis(2, 0, 2), "title");
  p.SetValueTitle("U", "V");
  for (const double y : {1.0, 2.0, 3.0, 6.0}) p.Fill(0.5, y);
  p.Fill(1.5, 5);
  p.Fill(kInf, 7);
  p.Fill(0.5, kNan);
  p.Fill(kNan, 1);
  p.Fill(1, 1, kNan);
  CHECK(p.nans() == 3);
  CHECK(p.entries() == 6);
  CHECK(p.BinMean(1) == 3);
  CHECK(p.BinSpread(1) == doctest::Approx(std::sqrt(3.5)));
  CHECK(p.BinError(1) == doctest::Approx(std::sqrt(3.5 / 4)));
  CHECK(p.BinEntries(1) == 4);
  CHECK(p.BinMean(3) == 7);
  CHECK(p.BinMean(99) == 0);
  CHECK(p.BinError(0) == 0);
  CHECK(p.Mean() == doctest::Approx(0.7));
  CHECK(p.MeanValue() == doctest::Approx(17 / 5.));
  const Profile1D copy = Copied(p);
  CHECK(copy.BinError(1) == p.BinError(1));
  CHECK(copy.value_unit() == "V");
  CHECK(copy.Fault() == "");
}

TEST_CASE("weights of a profile change its effective entries") {
  Profile1D p("p", RegularAxis(1, 0, 1));
  p.Fill(0.5, 1);
  p.Fill(0.5, 3, 3);
  CHECK(p.BinMean(1) == 2.5);
  CHECK(p.CellEffectiveEntries(1) == doctest::Approx(16 / 10.));
  CHECK(p.BinError(1) ==
        doctest::Approx(std::sqrt(7 - 2.5 * 2.5) / std::sqrt(1.6)));
  CHECK(p.EffectiveEntries() == doctest::Approx(1.6));
}

TEST_CASE("a profile's range cuts, and is part of what merges") {
  Profile1D p("p", RegularAxis(1, 0, 1));
  p.SetValueRange(0, 20);
  for (const double y : {-1.0, 0.0, 20.0, 21.0}) p.Fill(0.5, y);
  CHECK(p.cut() == 2);
  CHECK(p.entries() == 2);
  Profile1D same = p;
  REQUIRE(same.Merge(p));
  CHECK(same.cut() == 4);
  CHECK(same.BinEntries(1) == 4);
  CHECK(same.BinMean(1) == 10);
  const Profile1D all("all", RegularAxis(1, 0, 1));
  CHECK(Refusal(same, all) ==
        "profiles p and all have different ranges of values: 0 to 20 and 0 to "
        "0");
  const Profile1D longer("l", RegularAxis(2, 0, 1));
  CHECK(Refusal(same, longer) ==
        "profiles p and l have different axes: 1 bins and 2 bins");
  same.Reset();
  CHECK(same.BinEntries(1) == 0);
  CHECK(same.value_high() == 20);
}

TEST_CASE("profiles with and without weights merge, labels by name") {
  Profile1D a("a", CategoryAxis({"x"}, true));
  Profile1D b("b", CategoryAxis({"y", "x"}));
  a.Fill("x", 1);
  a.Fill("x", 3);
  b.Fill("y", 5, 2);
  b.Fill("x", 5, 2);
  REQUIRE(a.Merge(b));
  CHECK(a.axis().labels() == std::vector<std::string>{"x", "y"});
  CHECK(a.BinMean(1) == doctest::Approx(3.5));
  CHECK(a.CellEffectiveEntries(1) == doctest::Approx(16 / 6.));
  CHECK(a.BinMean(2) == 5);
  CHECK(a.Fault() == "");
}

TEST_CASE("a profile over two axes") {
  Profile2D p("p", RegularAxis(2, 0, 2), CategoryAxis({}, true));
  p.Fill(0.5, "a", 10);
  p.Fill(0.5, "b", 20, 2);
  p.Fill(1.5, "b", 30);
  CHECK(p.BinMean(1, 1) == 10);
  CHECK(p.BinMean(1, 2) == 20);
  CHECK(p.BinMean(2, 2) == 30);
  CHECK(p.MeanX() == doctest::Approx(0.75));
  CHECK(p.MeanValue() == doctest::Approx(20));
  Profile2D copy = Copied(p);
  REQUIRE(copy.Merge(p));
  CHECK(copy.CellEntries(copy.Cell(1, 2)) == 4);
  CHECK(copy.MeanValue() == doctest::Approx(20));
}

TEST_CASE("an infinity and its opposite are not NaN") {
  Profile2D p("p", RegularAxis(2, 0, 2), RegularAxis(2, 0, 2));
  p.Fill(kInf, -kInf, 1);
  CHECK(p.nans() == 0);
  CHECK(p.entries() == 1);
  CHECK(p.CellEntries(p.Cell(3, 0)) == 1);
}

TEST_CASE("a profile that contradicts itself does no harm") {
  auto p = Contradicting<Profile1D>(
      "Profile1D\nclass Profile1D 1 : Profile { }\n"
      "class Profile 1 { vector<f64> weights; }",
      5);
  p.Fill(1, 2);
  p.Fill("a", 2, 3);
  CHECK(p.BinMean(4) == 0);
  CHECK(p.BinError(4) == 0);
  CHECK(p.Fault() != "");
  CHECK(!p.Merge(p));
}

TEST_CASE("an efficiency and its interval") {
  Efficiency e("e", RegularAxis(2, 0, 2));
  for (int i = 0; i < 10; ++i) e.Fill(i < 8, 0.5);
  e.Fill(true, kNan);
  e.Fill(true, -1);
  CHECK(e.nans() == 1);
  CHECK(e.entries() == 11);
  CHECK(e.BinEfficiency(1) == 0.8);
  CHECK(e.BinEfficiency(0) == 1);
  CHECK(e.BinEfficiency(2) == 0);
  CHECK(e.Overall() == 0.8);
  // (8.5 +- sqrt(0.8 * 0.2 * 10 + 1/4)) / 11
  const auto interval = e.BinInterval(1);
  CHECK(interval.low == doctest::Approx((8.5 - std::sqrt(1.85)) / 11));
  CHECK(interval.high == doctest::Approx((8.5 + std::sqrt(1.85)) / 11));
  CHECK(e.BinInterval(0).high == 1);
  CHECK(e.BinInterval(2).low == 0);
  CHECK(e.BinInterval(2).high == 1);
  Efficiency copy = Copied(e);
  REQUIRE(copy.Merge(e));
  CHECK(copy.total()[1] == 20);
  CHECK(copy.BinEfficiency(1) == 0.8);
  CHECK(Refusal(copy, Efficiency("f", RegularAxis(2, 0, 3))) ==
        "efficiencies e and f have different axes: up to 2 and up to 3");
  CHECK(!e.SetCounts({0, 5, 0, 0}, {0, 4, 0, 0}));
  CHECK(!e.SetCounts({0}, {0}));
  REQUIRE(e.SetCounts({0, 3, 0, 0}, {0, 4, 0, 0}));
  CHECK(e.BinEfficiency(1) == 0.75);
  Efficiency labels("l", CategoryAxis({}, true));
  labels.Fill(true, "a");
  labels.Fill(false, "b");
  CHECK(labels.passed() == std::vector<double>{0, 1, 0, 0});
  CHECK(labels.total() == std::vector<double>{0, 1, 1, 0});
}

TEST_CASE("an efficiency that contradicts itself does no harm") {
  auto e = Contradicting<Efficiency>(
      "Efficiency\nclass Efficiency 1 { vector<f64> total; }", 7);
  e.Fill(true, 1);
  e.Fill(true, "a");
  CHECK(e.BinEfficiency(5) == 0);
  CHECK(e.Fault() != "");
  CHECK(!e.Merge(e));
}

TEST_CASE("a graph keeps errors from the first point that has one") {
  Graph g("g", "title");
  g.SetXTitle("t", "s");
  g.SetYTitle("U", "V");
  g.Add(1, 2);
  CHECK(g.At(0).y_error_low == 0);
  g.Add(2, 3, 0.5);
  g.Add({.x = 3, .y = 4, .y_error_low = 0.1, .y_error_high = 0.2});
  g.Add(4, kNan);
  CHECK(g.size() == 4);
  CHECK(g.At(0).y_error_high == 0);
  CHECK(g.At(1).y_error_low == 0.5);
  CHECK(g.At(1).y_error_high == 0.5);
  CHECK(g.At(2).y_error_low == 0.1);
  CHECK(g.At(2).y_error_high == 0.2);
  CHECK(g.At(3).y_error_high == 0);
  CHECK(g.At(2).x_error_low == 0);
  CHECK(g.At(99).x == 0);
  CHECK(g.MeanX() == 2.5);
  CHECK(g.StdDevX() == doctest::Approx(std::sqrt(1.25)));
  CHECK(g.Fault() == "");
  Graph copy = Copied(g);
  CHECK(copy.x_unit() == "s");
  REQUIRE(copy.Merge(copy));
  CHECK(copy.size() == 8);
  CHECK(copy.At(6).y_error_high == 0.2);
  CHECK(copy.Fault() == "");
  copy.Clear();
  CHECK(copy.size() == 0);
  CHECK(copy.MeanY() == 0);
}

TEST_CASE("errors that begin asymmetric keep the symmetric ones before") {
  Graph g("g");
  g.Add({.x = 1, .y = 1, .x_error_low = 3, .x_error_high = 3});
  g.Add({.x = 2, .y = 1, .x_error_low = 0, .x_error_high = 2});
  CHECK(g.At(0).x_error_high == 3);
  CHECK(g.At(1).x_error_low == 0);
  CHECK(g.At(1).x_error_high == 2);
  CHECK(g.Fault() == "");
}

TEST_CASE("a graph that contradicts itself does no harm") {
  auto g = Contradicting<Graph>("Graph\nclass Graph 1 { vector<f64> x; }", 3);
  CHECK(g.size() == 0);
  CHECK(g.Fault() == "3 x and 0 y");
  Graph other("o");
  CHECK(!other.Merge(g));
  g.Add(1, 2);
  CHECK(g.At(0).y == 2);
  CHECK(g.Fault() == "");
}

TEST_CASE("a time series keeps the last samples, the oldest first") {
  TimeSeries t("t", 3, "title", "V");
  CHECK(t.size() == 0);
  for (int i = 1; i <= 5; ++i) t.Add(i * 1000, i);
  CHECK(t.samples() == 5);
  CHECK(t.size() == 3);
  CHECK(t.At(0).value == 3);
  CHECK(t.At(0).time_ns == 3000);
  CHECK(t.At(2).value == 5);
  CHECK(t.At(3).value == 0);
  const TimeSeries copy = Copied(t);
  CHECK(copy.At(0).time_ns == 3000);
  CHECK(copy.unit() == "V");
  CHECK(copy.Fault() == "");
  t.Add(1.5);
  CHECK(t.At(2).time_ns > 1'700'000'000'000'000'000);
  TimeSeries nothing;
  nothing.Add(1);
  CHECK(nothing.size() == 0);
}

TEST_CASE("time series merge by time") {
  TimeSeries a("a", 4);
  TimeSeries b("b", 2);
  for (int i = 0; i < 3; ++i) a.Add(i * 10, i);
  for (int i = 0; i < 9; ++i) b.Add(i * 10 + 5, 100 + i);
  REQUIRE(a.Merge(b));
  CHECK(a.size() == 4);
  CHECK(a.Fault() == "");
  CHECK(a.At(0).time_ns == 10);
  CHECK(a.At(3).value == 108);
  a.Add(1000, -1);
  CHECK(a.At(3).value == -1);
  CHECK(a.At(0).time_ns == 20);
  TimeSeries roomy("r", 100);
  REQUIRE(roomy.Merge(b));
  CHECK(roomy.size() == 2);
  CHECK(roomy.Fault() == "");
}

TEST_CASE("a time series that contradicts itself does no harm") {
  auto t = Contradicting<TimeSeries>(
      "TimeSeries\nclass TimeSeries 1 { vector<f64> values; }", 3);
  t.Add(1, 2);
  CHECK(t.size() == 0);
  CHECK(t.Fault() != "");
  CHECK(!t.Merge(t));
}

TEST_CASE("counters by number and by name") {
  CounterSet c("c", {"in", "out", "in"});
  CHECK(c.size() == 2);
  c.Add(c.Find("out"), 5);
  c.Add(c.FindOrAdd("lost"));
  c.Add(99);
  CHECK(c.count("out") == 5);
  CHECK(c.count("lost") == 1);
  CHECK(c.count("nobody") == 0);
  CounterSet other("o", {"lost", "new"});
  other.Add(0, 2);
  other.Add(1, 3);
  REQUIRE(c.Merge(other));
  CHECK(c.names() == std::vector<std::string>{"in", "out", "lost", "new"});
  CHECK(c.counts() == std::vector<std::uint64_t>{0, 5, 3, 3});
  CHECK(Copied(c).counts() == c.counts());
  c.Reset();
  CHECK(c.count("out") == 0);
}

TEST_CASE("counters that contradict themselves do no harm") {
  auto c = Contradicting<CounterSet>(
      "CounterSet\nclass CounterSet 1 { vector<u64> counts; }", 3);
  c.Add(2, 4);
  CHECK(c.count(2) == 4);
  CHECK(c.Find("x") == 0);
  CHECK(c.Fault() == "0 names for 3 counts");
  CHECK(!c.Merge(c));
  CHECK(c.FindOrAdd("x") < c.size());
}

}  // namespace
}  // namespace mapfile
