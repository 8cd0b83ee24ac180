#include "lib/text/draw/upright.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

HistogramData Peak(int bins) {
  HistogramData data;
  data.title = "Energy in ECAL";
  data.axis_title = "E [keV]";
  for (int i = 0; i < bins; ++i) {
    const double x = (i + 0.5) * 100 / bins;
    data.edges.push_back(i * 100.0 / bins);
    data.contents.push_back(std::floor(std::max(0.0, 60 - std::fabs(x - 40)) *
                                       std::max(0.0, 60 - std::fabs(x - 40))));
  }
  data.edges.push_back(100);
  data.underflow = 3;
  data.overflow = 17;
  data.entries = 60155;
  data.mean = 40.018;
  data.std_dev = 11.965;
  return data;
}

constexpr std::string_view kPeak80 = R"(
Energy in ECAL
      │                  ▁██▁                                ┌─────────────────┐
      │                 ▁████▁                               │ Entries   60155 │
      │                ▂██████▂                              │ Mean     40.018 │
      │               ▄████████▄                             │ Std Dev  11.965 │
10000 ┤              ▅██████████▅                            │ Underflow     3 │
      │            ▁▇████████████▇▁                          │ Overflow     17 │
      │           ▃████████████████▃                         └─────────────────┘
      │         ▁▆██████████████████▆▁
      │        ▄██████████████████████▄
 5000 ┤      ▃▇████████████████████████▇▃
      │    ▃▇████████████████████████████▇▃
      │ ▁▄▇████████████████████████████████▇▄▁
      │▆██████████████████████████████████████▆▄▁
      │██████████████████████████████████████████▇▅▄▃▂▁▁▁
    0 ┼─────────┬─────────┬─────────┬─────────┬─────────┬
      0        20        40        60        80        100
                                 E [keV]  (4 bins/column)
)";

constexpr std::string_view kPeak120 = R"(
Energy in ECAL
      │                         ▃█▅                                                                  ┌─────────────────┐
10000 ┤                        ▆███▇▂                                                                │ Entries   60155 │
      │                      ▃███████▅                                                               │ Mean     40.018 │
      │                    ▁▆██████████▃                                                             │ Std Dev  11.965 │
      │                   ▅█████████████▆▁                                                           │ Underflow     3 │
      │                 ▃█████████████████▅▁                                                         │ Overflow     17 │
      │               ▃▇████████████████████▄                                                        └─────────────────┘
 5000 ┤             ▃▇████████████████████████▄▁
      │           ▄▇████████████████████████████▅▁
      │        ▂▅█████████████████████████████████▆▃
      │     ▁▄▇██████████████████████████████████████▅▂
      │  ▂▄▇███████████████████████████████████████████▇▅▃
      │▆███████████████████████████████████████████████████▆▄▃▁
      │████████████████████████████████████████████████████████▇▆▅▄▃▂▁▁▁▁
    0 ┼────────────┬─────────────┬────────────┬─────────────┬────────────┬
      0           20            40           60            80           100
                                                  E [keV]  (3 bins/column)
)";

constexpr std::string_view kPeak80Ascii = R"(
Energy in ECAL
      |                  .##.                                +-----------------+
      |                 .####.                               | Entries   60155 |
      |                .######.                              | Mean     40.018 |
      |               ##########                             | Std Dev  11.965 |
10000 +              ############                            | Underflow     3 |
      |            .##############.                          | Overflow     17 |
      |           .################.                         +-----------------+
      |         .####################.
      |        ########################
 5000 +      .##########################.
      |    .##############################.
      | .####################################.
      |#########################################.
      |#############################################.....
    0 +---------+---------+---------+---------+---------+
      0        20        40        60        80        100
                                 E [keV]  (4 bins/column)
)";

constexpr std::string_view kPeak120Ascii = R"(
Energy in ECAL
      |                         .##                                                                  +-----------------+
10000 +                        #####.                                                                | Entries   60155 |
      |                      .########                                                               | Mean     40.018 |
      |                    .###########.                                                             | Std Dev  11.965 |
      |                   ###############.                                                           | Underflow     3 |
      |                 .##################.                                                         | Overflow     17 |
      |               .######################                                                        +-----------------+
 5000 +             .##########################.
      |           ###############################.
      |        .###################################.
      |     .#########################################.
      |  .###############################################.
      |######################################################..
      |############################################################......
    0 +------------+-------------+------------+-------------+------------+
      0           20            40           60            80           100
                                                  E [keV]  (3 bins/column)
)";

constexpr std::string_view kPeak20 = R"(
Energy in ECAL
      │   ██
50000 ┤   ██
      │  ████
      │ ▄████▄
      │▂██████▂
      │████████▄▁
    0 ┼─────────┬
      0        100
          E [keV]
 (20 bins/column)
Entries 60155
Mean 40.018
Std Dev 11.965
Underflow 3
Overflow 17
)";

constexpr std::string_view kNegative = R"(
Energy in ECAL
 2000 ┤               █▅▂                    ┌─────────────────┐
      │               ███▇▅▂                 │ Entries   60155 │
      │               ███████▆▅▃▂▁▁▁▁        │ Mean     40.018 │
    0 ┼──────────────┬──────────────┬        │ Std Dev  11.965 │
      │▀██████████████                       │ Underflow     3 │
      │   ▔▀██████████                       │ Overflow     17 │
-2000 ┤      ▔▀███████                       └─────────────────┘
      │         ▀████▀
      │           ▀▀
      0             50             100
)";

std::string Drawn(const HistogramData& data, const PrintOptions& options,
                  int height = 14) {
  return "\n" + DrawUpright(data, options, height);
}

TEST_CASE("as looked at by eye") {
  CHECK(Drawn(Peak(200), {.width = 80}) == kPeak80);
  CHECK(Drawn(Peak(200), {.width = 120}) == kPeak120);
  CHECK(Drawn(Peak(200), {.width = 80, .unicode = false}) == kPeak80Ascii);
  CHECK(Drawn(Peak(200), {.width = 120, .unicode = false}) == kPeak120Ascii);
  CHECK(Drawn(Peak(200), {.width = 20}, 6) == kPeak20);
  HistogramData negative = Peak(30);
  negative.axis_title = "";
  for (std::size_t i = 0; i < 15; ++i) negative.contents[i] *= -1;
  CHECK(Drawn(negative, {.width = 64}, 8) == kNegative);
}

TEST_CASE("colour only when asked") {
  CHECK(Drawn(Peak(20), {}).find('\x1b') == std::string::npos);
  CHECK(Drawn(Peak(20), {.color = true}).find('\x1b') != std::string::npos);
}

void CheckWidth(const HistogramData& data, int width, bool unicode) {
  std::string text =
      DrawUpright(data, {.width = width, .unicode = unicode}, 10);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    REQUIRE(end != text.npos);
    const std::string line = text.substr(0, end);
    CHECK(DisplayWidth(line) <= width);
    CHECK(IsUtf8(line));
    CHECK(line.find('\x1b') == line.npos);
    text.erase(0, end + 1);
  }
}

TEST_CASE("never wider than asked, whatever the numbers") {
  std::mt19937 random(3);
  constexpr double kOdd[] = {0,
                             1,
                             -1,
                             1e300,
                             -1e300,
                             5e-324,
                             1.7976931348623157e308,
                             -1.7976931348623157e308,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};
  for (int width = 20; width < 140; width += 3) {
    HistogramData data = Peak(1 + static_cast<int>(random() % 300));
    data.title = "\x1b[2J a long title that goes on and on, 日本語 \xff";
    data.axis_title = data.title;
    data.regular = random() % 2 == 0;
    for (double& value : data.contents) {
      value = kOdd[random() % std::size(kOdd)];
    }
    data.mean = kOdd[random() % std::size(kOdd)];
    CheckWidth(data, width, true);
    CheckWidth(data, width, false);
  }
}

}  // namespace
}  // namespace mapfile::text
