#include "lib/text/draw/shades.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

AxisData Axis(std::size_t bins, std::vector<std::string> labels = {}) {
  AxisData axis;
  for (std::size_t i = 0; i <= bins; ++i) {
    axis.edges.push_back(static_cast<double>(i));
  }
  axis.labels = std::move(labels);
  return axis;
}

std::string Draw(const Cells& cells, PrintOptions options = {}) {
  return "\n" + DrawShades(cells, options);
}

TEST_CASE("y rises upwards, x to the right, nothing but 0 is empty") {
  CHECK(Draw({Axis(3), Axis(2), {0, 1, 4, 0, 0, 0.001}, {}},
             {.unicode = false}) == R"(
2 +                        ............|
  |                        ............|
  |                        ............|
1 +                        ............|
  |            ------------@@@@@@@@@@@@|
  |            ------------@@@@@@@@@@@@|
  |            ------------@@@@@@@@@@@@|
0 +            ------------@@@@@@@@@@@@|
  +-----------+-----------+-----------+
  0           1           2           3
   0 [ .:-=+*#%@] 4
)");
}

TEST_CASE("labels, means by weight, NaN, in UTF-8") {
  CHECK(Draw({Axis(2, {"in", "out"}),
              Axis(2, {"a", "b"}),
              {6, kNan, 4, 0},
              {2, 1, 4, 0}}) == R"(
  │▒▒▒▒▒▒▒▒▒▒▒▒            │
b ┤▒▒▒▒▒▒▒▒▒▒▒▒            │
  │▒▒▒▒▒▒▒▒▒▒▒▒            │
  │▒▒▒▒▒▒▒▒▒▒▒▒            │
  │████████████????????????│
a ┤████████████????????????│
  │████████████????????????│
  │████████████????????????│
  └──────┬───────────┬─────
        in          out
   0 [ ░▒▓█] 3
)");
}

TEST_CASE("what does not fit is put together, and said") {
  Cells cells{Axis(100), Axis(40), std::vector<double>(4000, 1), {}};
  const std::string text = Draw(cells, {.width = 40, .unicode = false});
  CHECK(text.find("(3 x 2 bins each)") != text.npos);
  CHECK(text.find("0 [ .:-=+*#%@] 6") != text.npos);
  for (std::size_t at = 1; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    CHECK(end - at <= 40);
    at = end + 1;
  }
}

TEST_CASE("values beyond what a range can be, and axes without bins") {
  const double huge = std::numeric_limits<double>::max();
  const std::string text =
      Draw({Axis(2), Axis(1), {-huge, huge}, {}}, {.unicode = false});
  CHECK(text.find("+............@@@@@@@@@@@@|") != text.npos);
  CHECK(
      Draw({Axis(2), Axis(1), {0, 0}, {}}).find("│                        │") !=
      text.npos);
  CHECK(DrawShades({Axis(0), Axis(3), {}, {}}, {}).empty());
}

TEST_CASE("with colours, two rows of them in a line") {
  Cells cells{Axis(2), Axis(2), {0, 1, 2, kNan}, {}};
  const std::string text = Draw(cells, {.color = true});
  // The lowest and the highest colour, 53 and 220, above and below.
  CHECK(text.find("\x1b[38;5;220m\x1b[48;5;220m▀▀") != text.npos);
  CHECK(text.find("?") != text.npos);
  CHECK(text.find("\x1b[0m│\n") != text.npos);
  CHECK(Draw(cells, {.color = true, .unicode = false}).find('\x1b') ==
        std::string::npos);
}

TEST_CASE("bins of different widths are true to scale") {
  AxisData x;
  x.edges = {0, 1, 4};
  x.regular = false;
  CHECK(Draw({x, Axis(1), {1, 2}, {}}, {.width = 21, .unicode = false}) == R"(
1 +++++@@@@@@@@@@@@@|
  |++++@@@@@@@@@@@@@|
  |++++@@@@@@@@@@@@@|
0 +++++@@@@@@@@@@@@@|
  +--------+-------+
  0        2       4
   0 [ .:-=+*#%@] 2
)");
}

}  // namespace
}  // namespace mapfile::text
