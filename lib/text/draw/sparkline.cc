#include "lib/text/draw/sparkline.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "lib/text/draw/bars.h"
#include "lib/text/draw/scale.h"

namespace mapfile::text {
namespace {

constexpr std::string_view kBlocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::string_view kAsciiLevels = "_.:-=+*#";

}  // namespace

std::string Sparkline(std::span<const double> values, int width, bool unicode) {
  if (width <= 0) return {};
  std::vector<double> columns;
  if (values.size() > static_cast<std::size_t>(width)) {
    columns = FitBins(values, width).values;
  } else {
    columns.assign(values.begin(), values.end());
  }
  const double high = RangeOf(columns).high;
  std::string line;
  for (const double value : columns) {
    const double part = value > 0 ? std::min(value / high, 1.0) : 0;
    const auto level = static_cast<std::size_t>(std::lround(part * 7));
    if (std::isnan(value)) {
      line += '?';
    } else if (unicode) {
      line += kBlocks[level];
    } else {
      line += kAsciiLevels[value > 0 ? std::max<std::size_t>(level, 1) : 0];
    }
  }
  return line;
}

}  // namespace mapfile::text
