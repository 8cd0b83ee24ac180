// What all histograms share, seen through one of them.
#include "mapfile/histogram_base.h"

#include <doctest/doctest.h>

#include <cmath>

#include "mapfile/histogram.h"

namespace mapfile {
namespace {

TEST_CASE("errors are roots of contents until a weight isn't 1") {
  Histogram1D h("h", RegularAxis(2, 0, 2));
  for (int i = 0; i < 9; ++i) h.Fill(0.5);
  CHECK(!h.keeps_squares());
  CHECK(h.CellContent(1) == 9);
  CHECK(h.CellError(1) == 3);
  CHECK(h.EffectiveEntries() == 9);
  h.Fill(0.5, 4);
  CHECK(h.keeps_squares());
  CHECK(h.squares()[1] == 25);
  CHECK(h.CellError(1) == 5);
  CHECK(h.sum_w() == 13);
  CHECK(h.sum_w2() == 25);
  CHECK(h.EffectiveEntries() == doctest::Approx(169 / 25.));
  CHECK(h.CellContent(99) == 0);
  CHECK(h.CellError(99) == 0);
}

TEST_CASE("sums are over what fell inside") {
  Histogram1D h("h", RegularAxis(1, 0, 1));
  CHECK(h.EffectiveEntries() == 0);
  h.Fill(-1, 2);
  h.Fill(9, 3);
  h.Fill(std::nan(""));
  h.Fill(0.5, std::nan(""));
  CHECK(h.sum_w() == 0);
  CHECK(h.sum_w2() == 0);
  CHECK(h.entries() == 2);
  CHECK(h.nans() == 2);
  CHECK(h.contents() == std::vector<double>{2, 0, 3});
}

TEST_CASE("squares are kept by a merge when either has them") {
  Histogram1D a("a", RegularAxis(1, 0, 1));
  a.Fill(0.5);
  Histogram1D b("b", RegularAxis(1, 0, 1));
  b.Fill(0.5, 3);
  Histogram1D sum = a;
  REQUIRE(sum.Merge(b));
  CHECK(sum.squares()[1] == 10);
  sum = b;
  REQUIRE(sum.Merge(a));
  CHECK(sum.squares()[1] == 10);
  sum = a;
  REQUIRE(sum.Merge(a));
  CHECK(!sum.keeps_squares());
  CHECK(sum.CellError(1) == doctest::Approx(std::sqrt(2.)));
}

}  // namespace
}  // namespace mapfile
