#include "lib/text/draw/plot.h"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string Draw(const GraphData& data, PrintOptions options) {
  options.width = 24;
  options.height = 6;
  return "\n" + DrawPlot(data, options);
}

GraphData Line(std::vector<double> y) {
  GraphData data;
  for (std::size_t i = 0; i < y.size(); ++i) {
    data.x.push_back(static_cast<double>(i));
  }
  data.y = std::move(y);
  return data;
}

TEST_CASE("points are joined, a NaN is a gap") {
  std::vector<double> y;
  for (int i = 0; i < 40; ++i) y.push_back(i < 20 || i > 25 ? i : kNan);
  CHECK(Draw(Line(y), {}) == R"(
  │               ⣀⠤⠔⠊⠉
  │             ⠊⠉
  │     ⣀⡠⠔⠒⠉
0 ┤⣀⡠⠔⠒⠉
  └─────────┬──────────
  0        20
)");
  CHECK(Draw(Line(y), {.unicode = false}) == R"(
  |               ..:''
  |             ''
  |     ..:''
0 +..:''
  +---------+----------
  0        20
)");
}

TEST_CASE("few points are marked, and have their errors") {
  GraphData data = Line({1, 2, 4});
  data.y_errors_low = {0.5, 0.5, 2};
  CHECK(Draw(data, {.unicode = false, .errors = true}) == R"(
  |                   :
  |               ...'*
  |        ..*.'''    :
  |*..'''''  '
  +---------+---------+
  0         1         2
)");
}

TEST_CASE("on a logarithmic scale, what is not above 0 is left out") {
  CHECK(Draw(Line({1, 10, 100, 0, 1000}), {.unicode = false, .log = true}) ==
        R"(
  |                   *
  |       ..'*
  |   ..*'
1 +*''
  +---------+---------+
  0         2         4
          (logarithmic)
)");
}

TEST_CASE("no point at all, and one") {
  CHECK(DrawPlot({}, {}).empty());
  CHECK(Draw(Line({5}), {.unicode = false}).find('*') != std::string::npos);
  CHECK(!Draw(Line({kNan}), {}).empty());
}

TEST_CASE("never wider than asked, whatever the numbers") {
  std::mt19937 random(3);
  constexpr double kOdd[] = {0,
                             1,
                             -1e300,
                             5e-324,
                             1.7976931348623157e308,
                             -1.7976931348623157e308,
                             std::numeric_limits<double>::infinity(),
                             kNan};
  for (int width = 20; width < 140; width += 7) {
    std::vector<double> y(1 + random() % 300);
    for (double& value : y) value = kOdd[random() % std::size(kOdd)];
    GraphData data = Line(std::move(y));
    for (double& x : data.x) x = kOdd[random() % std::size(kOdd)];
    data.y_errors_low = data.y;
    data.x_title = "\x1b[2J a long title that goes on and on, 日本語 \xff";
    data.y_title = data.title = data.x_title;
    if (random() % 2 == 0) data.start_ns = static_cast<std::int64_t>(random());
    for (const bool flag : {true, false}) {
      std::string text = DrawPlot(
          data, {.width = width, .unicode = flag, .errors = true, .log = flag});
      while (!text.empty()) {
        const std::size_t end = text.find('\n');
        REQUIRE(end != text.npos);
        CHECK(DisplayWidth(text.substr(0, end)) <= width);
        CHECK(text.substr(0, end).find('\x1b') == text.npos);
        text.erase(0, end + 1);
      }
    }
  }
}

}  // namespace
}  // namespace mapfile::text
