#include "mapfile/efficiency.h"

#include <doctest/doctest.h>

#include <cmath>

namespace mapfile {
namespace {

TEST_CASE("shares by bin, beside and over all") {
  Efficiency e("e", RegularAxis(2, 0, 2));
  for (int i = 0; i < 10; ++i) e.Fill(i < 5, 0.5);
  for (int i = 0; i < 4; ++i) e.Fill(false, 1.5);
  e.Fill(true, -1);
  e.Fill(true, 9);
  e.Fill(true, std::nan(""));
  CHECK(e.entries() == 16);
  CHECK(e.nans() == 1);
  CHECK(e.BinEfficiency(0) == 1);
  CHECK(e.BinEfficiency(1) == 0.5);
  CHECK(e.BinEfficiency(2) == 0);
  CHECK(e.BinEfficiency(3) == 1);
  CHECK(e.BinEfficiency(99) == 0);
  CHECK(e.Overall() == doctest::Approx(5 / 14.));
  e.Reset();
  CHECK(e.entries() == 0);
  CHECK(e.Overall() == 0);
}

// By hand, with z = 1: (p + 1/2 -+ sqrt(e (1 - e) n + 1/4)) / (n + 1).
TEST_CASE("Wilson's interval") {
  Efficiency e("e", RegularAxis(3, 0, 3));
  REQUIRE(e.SetCounts({0, 5, 0, 4, 0}, {0, 10, 4, 4, 0}));
  CHECK(e.BinInterval(1).low == doctest::Approx(0.5 - std::sqrt(2.75) / 11));
  CHECK(e.BinInterval(1).high == doctest::Approx(0.5 + std::sqrt(2.75) / 11));
  CHECK(e.BinInterval(2).low == 0);
  CHECK(e.BinInterval(2).high == doctest::Approx(0.2));
  CHECK(e.BinInterval(3).low == doctest::Approx(0.8));
  CHECK(e.BinInterval(3).high == 1);
  CHECK(e.BinInterval(4).low == 0);
  CHECK(e.BinInterval(4).high == 1);
  CHECK(e.BinInterval(99).high == 1);
}

TEST_CASE("counts that can't be are refused, and nothing changes") {
  Efficiency e("e", RegularAxis(1, 0, 1));
  e.Fill(true, 0.5);
  CHECK(!e.SetCounts({0, 1}, {0, 1}));
  CHECK(!e.SetCounts({0, 2, 0}, {0, 1, 0}));
  CHECK(!e.SetCounts({0, -1, 0}, {0, 1, 0}));
  CHECK(!e.SetCounts({0, std::nan(""), 0}, {0, 1, 0}));
  CHECK(e.BinEfficiency(1) == 1);
  CHECK(e.entries() == 1);
}

TEST_CASE("efficiencies merge, their labels by name") {
  Efficiency a("a", CategoryAxis({}, true));
  a.Fill(true, "x");
  Efficiency b("b", CategoryAxis({}, true));
  b.Fill(false, "y");
  b.Fill(false, "x");
  REQUIRE(a.Merge(b));
  CHECK(a.BinEfficiency(1) == 0.5);
  CHECK(a.BinEfficiency(2) == 0);
  CHECK(a.entries() == 3);
  CHECK(a.Fault() == "");
  const auto refused = a.Merge(Efficiency("r", RegularAxis(1, 0, 1)));
  REQUIRE(!refused);
  CHECK(refused.error().code() == Code::kInvalidArgument);
  CHECK(a.entries() == 3);
}

}  // namespace
}  // namespace mapfile
