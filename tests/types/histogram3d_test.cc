#include <doctest/doctest.h>

#include <limits>

#include "mapfile/histogram.h"

namespace mapfile {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("three axes") {
  Histogram3D h("h", RegularAxis(2, 0, 2), RegularAxis(1, 0, 1),
                IntegerAxis(0, 2));
  h.Fill(0.5, 0.5, 1, 2);
  h.Fill(1.5, 0.5, 0);
  h.Fill(1.5, 0.5, 7);
  h.Fill(1.5, 0.5, kNan);
  CHECK(h.BinContent(1, 1, 2) == 2);
  CHECK(h.BinContent(2, 1, 1) == 1);
  CHECK(h.BinContent(2, 1, 3) == 1);
  CHECK(h.Integral() == 3);
  CHECK(h.nans() == 1);
  CHECK(h.MeanZ() == doctest::Approx(2 / 3.));
  CHECK(h.CovarianceXZ() == doctest::Approx(1 / 3. - 2.5 / 3 * 2 / 3));
  Histogram3D twice = h;
  REQUIRE(twice.Merge(h));
  CHECK(twice.BinContent(1, 1, 2) == 4);
  CHECK(twice.MeanZ() == doctest::Approx(h.MeanZ()));
  twice.Reset();
  CHECK(twice.Integral() == 0);
  CHECK(twice.MeanX() == 0);
}

}  // namespace
}  // namespace mapfile
