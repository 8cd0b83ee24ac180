#include "lib/text/draw/scale.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

std::string Labels(const Scale& scale, int most) {
  std::string labels;
  for (const Tick& tick : scale.Ticks(most)) labels += tick.label + " ";
  return labels;
}

TEST_CASE("steps of axes") {
  CHECK(NiceStep(100, 5) == 20);
  CHECK(NiceStep(100, 6) == 20);
  CHECK(NiceStep(7, 7) == 1);
  CHECK(NiceStep(0, 5) == 0);
  CHECK(NiceStep(kInf, 5) == 0);
  CHECK(NiceStep(kNan, 5) == 0);
}

TEST_CASE("linear scales") {
  const Scale scale = Scale::Linear(-10, 30);
  CHECK(scale.Place(-10) == 0);
  CHECK(scale.Place(10) == 0.5);
  CHECK(scale.Place(40) == 1.25);
  CHECK(Labels(scale, 4) == "-10 0 10 20 30 ");
  CHECK(Labels(Scale::Linear(5, 5), 4) == "4.5 5 5.5 ");
  CHECK(Labels(Scale::Linear(0, 0), 2) == "-0.5 0 0.5 ");
  const double huge = std::numeric_limits<double>::max();
  CHECK(Scale::Linear(-huge, huge).Place(0) == 0.5);
  CHECK(Labels(Scale::Linear(-huge, huge), 4).empty());
}

TEST_CASE("logarithmic scales") {
  const Scale scale = Scale::Logarithmic(1, 10000);
  CHECK(scale.Place(100) == doctest::Approx(0.5));
  CHECK(scale.Place(0) < 0);
  CHECK(scale.Place(-5) < 0);
  CHECK(Labels(scale, 5) == "1 10 100 1000 10000 ");
  CHECK(Labels(scale, 2) == "1 1000 ");
  CHECK(Labels(Scale::Logarithmic(1, 100), 9) == "1 2 5 10 20 50 100 ");
  CHECK(Labels(Scale::Logarithmic(2, 8), 3) == "2 4 6 8 ");
  const Scale fitted = LogarithmicFor(std::vector<double>{0, 4, -3, kNan, 400});
  CHECK(fitted.low() == 2);
  CHECK(fitted.high() == 400);
  CHECK(LogarithmicFor({}).Place(1) == 1);
}

TEST_CASE("whatever the ends, what lies between has a place") {
  constexpr double kLeast = std::numeric_limits<double>::denorm_min();
  constexpr double kMost = std::numeric_limits<double>::max();
  const double ends[] = {-kMost, -1, -kLeast, 0,         kLeast,
                         1e-300, 1,  1e10,    kMost / 2, kMost};
  for (const double low : ends) {
    for (const double high : {low, std::nextafter(low, kMost), kMost}) {
      CAPTURE(low);
      CAPTURE(high);
      std::vector<Scale> scales = {Scale::Linear(low, high),
                                   Scale::Time(low, high, 0)};
      if (low > 0) scales.push_back(Scale::Logarithmic(low, high));
      for (const Scale& scale : scales) {
        CHECK(std::isfinite(scale.low()));
        CHECK(std::isfinite(scale.high()));
        CHECK(scale.Place(low) >= 0);
        CHECK(scale.Place(high) <= 1);
        CHECK(scale.Ticks(10).size() <= 22);
      }
    }
  }
}

TEST_CASE("times at full minutes and the like") {
  constexpr std::int64_t kNoon = 1795608000'000'000'000;
  CHECK(Labels(Scale::Time(0, 0.004, kNoon), 4) ==
        "12:00:00.000 12:00:00.001 12:00:00.002 12:00:00.003 12:00:00.004 ");
  CHECK(Labels(Scale::Time(0, 60, kNoon), 4) ==
        "12:00:00 12:00:15 12:00:30 12:00:45 12:01:00 ");
  CHECK(Labels(Scale::Time(5, 7205, kNoon), 4) == "12:30 13:00 13:30 14:00 ");
  CHECK(Labels(Scale::Time(0, 3 * 86400, kNoon), 3) ==
        "2026-11-26 2026-11-27 2026-11-28 ");
  // Before 1970 they are seconds.
  CHECK(Labels(Scale::Time(0, 2, -kNoon), 2) == "0 1 2 ");
}

}  // namespace
}  // namespace mapfile::text
