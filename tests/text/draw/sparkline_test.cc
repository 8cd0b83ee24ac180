#include "lib/text/draw/sparkline.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("a line of bars") {
  const std::vector<double> values = {0, 1, 4, 7, kNan, -3};
  CHECK(Sparkline(values, 10, true) == "▁▂▅█?▁");
  CHECK(Sparkline(values, 10, false) == "_.=#?_");
  CHECK(Sparkline(values, 0, true).empty());
  CHECK(Sparkline(std::vector<double>(100, 1.0), 10, true) == "██████████");
}

}  // namespace
}  // namespace mapfile::text
