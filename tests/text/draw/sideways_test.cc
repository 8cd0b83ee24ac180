#include "lib/text/draw/sideways.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <string>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

HistogramData Data(std::vector<double> contents) {
  HistogramData data;
  for (std::size_t i = 0; i <= contents.size(); ++i) {
    data.edges.push_back(static_cast<double>(i) * 10);
  }
  data.contents = std::move(contents);
  data.statistics = {{"Entries", "7"}};
  return data;
}

std::string Draw(const HistogramData& data, PrintOptions options = {}) {
  if (options.width == 80) options.width = 30;
  return "\n" + DrawSideways(data, options);
}

TEST_CASE("a row for each bin, edges before, contents behind") {
  HistogramData data = Data({4, 0, 16, 1});
  data.overflow = 2;
  data.axis_title = "Energy";
  CHECK(Draw(data) == R"(
Energy
   0 │█████▎ 4
  10 │ 0
  20 │█████████████████████ 16
  30 │█▍ 1
≥ 40 │██▋ 2
     └────────────┬────────
     0           10
Entries 7
)");
}

TEST_CASE("error bars, with ASCII, and on a logarithmic scale") {
  CHECK(Draw(Data({4, 9}), {.unicode = false, .errors = true}) == R"(
 0 |###|--+--| 4 +- 2
10 |#########|----+---| 9 +- 3
20 +---------------+---
   0              10
Entries 7
)");
  CHECK(Draw(Data({1, 100}), {.log = true}) == R"(
 0 │██▉ 1
10 │██████████████████████ 100
20 └──┬──────────────────┬
      1                 100
(logarithmic)
Entries 7
)");
}

TEST_CASE("zero is inside where there are values of either sign") {
  CHECK(Draw(Data({-2, 4})) == R"(
 0 │████████ -2
10 │        ███████████████ 4
20 └───────┬───────────────
           0
Entries 7
)");
}

TEST_CASE("bins that do not fit are put together, and it is said") {
  const std::string text =
      Draw(Data(std::vector<double>(100, 1)), {.height = 14});
  CHECK(text.find("\n   0 │████") != text.npos);
  CHECK(text.find(" 10\n") != text.npos);
  CHECK(text.find("(10 bins/row)\n") != text.npos);
  CHECK(std::count(text.begin(), text.end(), '\n') <= 15);
}

TEST_CASE("never wider than asked, whatever the numbers") {
  std::mt19937 random(3);
  constexpr double kOdd[] = {0,
                             1,
                             -1,
                             1e300,
                             5e-324,
                             1.7976931348623157e308,
                             -1.7976931348623157e308,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};
  for (int width = 20; width < 140; width += 7) {
    std::vector<double> contents(1 + random() % 100);
    for (double& value : contents) value = kOdd[random() % std::size(kOdd)];
    HistogramData data = Data(std::move(contents));
    data.title = "\x1b[2J a long title that goes on and on, 日本語 \xff";
    data.axis_title = data.title;
    data.underflow = kOdd[random() % std::size(kOdd)];
    for (const bool flag : {true, false}) {
      std::string text = DrawSideways(
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
