#include "lib/text/draw/overlay.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

NamedPicture Steps(std::string name, std::vector<double> contents,
                   double low = 0) {
  HistogramData data;
  for (std::size_t i = 0; i <= contents.size(); ++i) {
    data.edges.push_back(low + static_cast<double>(i));
  }
  data.contents = std::move(contents);
  data.entries = 7;
  return {std::move(name), std::move(data)};
}

NamedPicture Line(std::string name, std::vector<double> x,
                  std::vector<double> y) {
  GraphData data;
  data.x = std::move(x);
  data.y = std::move(y);
  data.statistics = {{"Points", "3"}};
  return {std::move(name), std::move(data)};
}

std::string Draw(const std::vector<NamedPicture>& pictures,
                 PrintOptions options = {}) {
  REQUIRE(OverlayFault(pictures).empty());
  options.width = 40;
  options.height = 9;
  return "\n" + DrawOverlay(pictures, options);
}

TEST_CASE("each has a mark of its own, in turns where they meet") {
  const std::vector<NamedPicture> pictures = {Steps("a", {1, 4, 2}),
                                              Steps("b", {3, 4, 0})};
  CHECK(Draw(pictures) == R"(
4 ┤            ●○●○●○●○●○●○
  │○○○○○○○○○○○○
2 ┤                        ●●●●●●●●●●●●
  │
  │●●●●●●●●●●●●
0 ┤                        ○○○○○○○○○○○○
  └───────────┬───────────┬───────────┬
  0           1           2           3
● a 7  ○ b 7
)");
  CHECK(Draw(pictures, {.unicode = false}) == R"(
4 +            oxoxoxoxoxox
  |xxxxxxxxxxxx
2 +                        oooooooooooo
  |
  |oooooooooooo
0 +                        xxxxxxxxxxxx
  +-----------+-----------+-----------+
  0           1           2           3
o a 7  x b 7
)");
}

TEST_CASE("lines and steps, over axes that overlap") {
  CHECK(Draw({Steps("a", {1, 4, 2}), Line("b", {1, 4}, {0, 5})},
             {.unicode = false}) == R"(
5 +                                 xxx
  |         ooooooooo          xxxxx
  |                      xxxxxx
  |                 xoxoxoooooo
  |ooooooooo   xxxxx
0 +         xxx
  +--------+--------+--------+--------+
  0        1        2        3        4
o a 7  x b 3
)");
}

TEST_CASE("what has no axis in common is refused, and why") {
  const auto fault = [](std::vector<NamedPicture> pictures) {
    return OverlayFault(pictures);
  };
  CHECK(fault({}) == "there is nothing to draw");
  CHECK(fault({Steps("a", {1}), Steps("b", {1}, 5)}) ==
        "\"a\" and \"b\" have no part of an axis in common: 0 to 1, 5 to 6");
  NamedPicture labels = Steps("c", {1});
  std::get<HistogramData>(labels.picture).labels = {"x"};
  CHECK(fault({Steps("a", {1}), labels}) ==
        "\"a\" and \"c\" have no axis in common: one is over numbers, one "
        "over labels");
  NamedPicture others = labels;
  std::get<HistogramData>(others.picture).labels = {"y"};
  CHECK(fault({labels, others}) == "\"c\" and \"c\" have different labels");
  NamedPicture times = Line("t", {0, 1}, {0, 1});
  std::get<GraphData>(times.picture).start_ns = 0;
  CHECK(fault({Line("g", {0, 1}, {0, 1}), times}) ==
        "\"g\" and \"t\" have no axis in common: one is over numbers, one "
        "over time");
  CHECK(fault({{"p", Cells{}}}) == "\"p\" has more than one axis");
  CHECK(fault(std::vector<NamedPicture>(9, Steps("a", {1}))) ==
        "9 objects; at most 8 can be told apart");
}

TEST_CASE("time series that began at different times share their axis") {
  NamedPicture a = Line("a", {0, 60}, {1, 1});
  NamedPicture b = Line("b", {0, 30}, {2, 2});
  std::get<GraphData>(a.picture).start_ns = 60'000'000'000;
  std::get<GraphData>(b.picture).start_ns = 90'000'000'000;
  const std::string text = Draw({a, b}, {.unicode = false});
  CHECK(text == R"(
2 +                  xxxxxxxxxxxxxxxxxx
  |
  |
  |
1 +oooooooooooooooooooooooooooooooooooo
  +--------+--------+--------+--------+
       00:01:15 00:01:30 00:01:45
                        1970-01-01, UTC
o a 3  x b 3
)");
}

TEST_CASE("never wider than asked, whatever the numbers") {
  constexpr double kOdd[] = {0,
                             -1,
                             1e300,
                             -1.7976931348623157e308,
                             std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};
  const std::vector<double> odd(std::begin(kOdd), std::end(kOdd));
  const std::vector<NamedPicture> pictures = {
      Steps("\x1b[2J a name that goes on and on, 日本語 \xff", odd),
      Steps("b", std::vector<double>(100, 5.0)), Line("c", odd, odd)};
  REQUIRE(OverlayFault(pictures).empty());
  for (int width = 20; width < 140; width += 7) {
    for (const bool flag : {true, false}) {
      std::string text = DrawOverlay(pictures, {.width = width,
                                                .unicode = flag,
                                                .errors = true,
                                                .log = flag,
                                                .all_statistics = flag});
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
