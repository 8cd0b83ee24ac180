#include "lib/text/shades.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include "lib/text/bars.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastWidth = 20;
constexpr int kMostRows = 16;
constexpr int kMostColumnsPerBin = 4;
constexpr int kMostMargin = 12;
// From nothing to the highest.
constexpr std::string_view kShades[] = {" ", "░", "▒", "▓", "█"};
constexpr std::string_view kAsciiShades[] = {" ", ".", ":", "-", "=",
                                             "+", "*", "#", "%", "@"};

// How the bins of an axis go into `room` places: `group` of them into one, or
// each into `places`.
struct Fit {
  Fit(std::size_t n, int room, int most_places)
      : bins(n),
        group((n + static_cast<std::size_t>(room) - 1) /
              static_cast<std::size_t>(room)),
        places(group > 1 ? 1
                         : std::min(most_places, room / static_cast<int>(n))) {}
  std::size_t groups() const { return (bins + group - 1) / group; }

  std::size_t bins;
  std::size_t group;
  int places;
};

// The sum of the cells of a group, or their mean by weight; 0: no weight.
double ValueOf(const Cells& cells, const Fit& x, const Fit& y, std::size_t i,
               std::size_t j) {
  double sum = 0;
  double weight = 0;
  for (std::size_t b = j * y.group; b < std::min((j + 1) * y.group, y.bins);
       ++b) {
    for (std::size_t a = i * x.group; a < std::min((i + 1) * x.group, x.bins);
         ++a) {
      sum += cells.sums[a + b * x.bins];
      if (!cells.weights.empty()) weight += cells.weights[a + b * x.bins];
    }
  }
  if (cells.weights.empty()) return sum;
  return weight == 0 ? 0 : sum / weight;
}

std::string_view ShadeOf(double value, const ValueRange& range, bool unicode) {
  if (std::isnan(value)) return "?";
  const int most =
      static_cast<int>(unicode ? std::size(kShades) : std::size(kAsciiShades)) -
      1;
  // Halves first: the difference of two large values may be no double.
  const double part =
      (value / 2 - range.low / 2) / (range.high / 2 - range.low / 2);
  int level = std::isnan(part) ? most
                               : static_cast<int>(std::clamp(
                                     std::ceil(part * most), 0.0, 1.0 * most));
  if (value != 0) level = std::max(level, 1);  // Nothing but 0 looks empty
  if (value == 0 && range.low == 0) level = 0;
  return unicode ? kShades[level] : kAsciiShades[level];
}

// What stands beside line `line` of a grid, counted from the bottom: the
// label of its bin on that bin's upper line, or an end of the axis.
std::string LineLabel(const AxisData& y, const Fit& fit, std::size_t line,
                      bool unicode) {
  const auto places = static_cast<std::size_t>(fit.places);
  if (!y.labels.empty()) {
    const bool upper = line % places + 1 == places;
    return upper && fit.group == 1 ? Escape(y.labels[line / places], unicode)
                                   : "";
  }
  if (line == 0) return HumanNumber(y.edges.front());
  const bool top = line + 1 == fit.groups() * places;
  return top ? HumanNumber(y.edges.back()) : "";
}

// The ends of the x axis below a grid of `width` columns.
std::string Ends(const AxisData& x, int width, bool unicode) {
  const std::string low = x.labels.empty() ? HumanNumber(x.edges.front())
                                           : Escape(x.labels.front(), unicode);
  const std::string high = x.labels.empty() ? HumanNumber(x.edges.back())
                                            : Escape(x.labels.back(), unicode);
  if (x.bins() == 1 && !x.labels.empty()) return low;
  const int room = width - DisplayWidth(low);
  return room <= DisplayWidth(high) ? low + " " + high
                                    : low + PadLeft(high, room);
}

std::string Scale(const ValueRange& range, const Fit& x, const Fit& y,
                  bool unicode) {
  std::string text;
  if (unicode) {
    for (const std::string_view shade : kShades) text += shade;
  } else {
    for (const std::string_view shade : kAsciiShades) text += shade;
  }
  text = fmt::format("{} [{}] {}", HumanNumber(range.low, 4), text,
                     HumanNumber(range.high, 4));
  if (x.group > 1 || y.group > 1) {
    text += fmt::format("  ({} x {} bins each)", x.group, y.group);
  }
  return text;
}

struct Grid {
  std::vector<double> values;       // Of groups, x first
  std::vector<std::string> labels;  // Of lines, from the bottom
  int margin = 0;
};

Grid Arrange(const Cells& cells, const Fit& x, const Fit& y,
             const PrintOptions& options) {
  Grid grid;
  for (std::size_t j = 0; j < y.groups(); ++j) {
    for (std::size_t i = 0; i < x.groups(); ++i) {
      grid.values.push_back(ValueOf(cells, x, y, i, j));
    }
  }
  const int most = std::min(kMostMargin, options.width / 3);
  const std::size_t lines = y.groups() * static_cast<std::size_t>(y.places);
  for (std::size_t line = 0; line < lines; ++line) {
    grid.labels.push_back(Shorten(LineLabel(cells.y, y, line, options.unicode),
                                  most, options.unicode));
    grid.margin = std::max(grid.margin, DisplayWidth(grid.labels.back()));
  }
  return grid;
}

}  // namespace

std::string DrawShades(const Cells& cells, const PrintOptions& options) {
  const bool unicode = options.unicode;
  const int width = std::max(options.width, kLeastWidth);
  if (cells.x.bins() == 0 || cells.y.bins() == 0) return {};
  const Fit y(cells.y.bins(), kMostRows, 2);
  const Fit x(cells.x.bins(), width - std::min(kMostMargin, width / 3) - 3,
              kMostColumnsPerBin);
  const Grid grid = Arrange(cells, x, y, options);
  const ValueRange range = RangeOf(grid.values);
  const std::string_view frame = unicode ? "│" : "|";
  const std::string indent(static_cast<std::size_t>(grid.margin) + 1, ' ');
  std::vector<std::string> lines;
  for (std::size_t line = grid.labels.size(); line-- > 0;) {
    const std::size_t j = line / static_cast<std::size_t>(y.places);
    std::string row;
    for (std::size_t i = 0; i < x.groups(); ++i) {
      const double value = grid.values[i + j * x.groups()];
      for (int c = 0; c < x.places; ++c) row += ShadeOf(value, range, unicode);
    }
    lines.push_back(fmt::format("{} {}{}{}",
                                PadLeft(grid.labels[line], grid.margin), frame,
                                row, frame));
  }
  const int columns = static_cast<int>(x.groups()) * x.places;
  lines.push_back(indent + " " + Ends(cells.x, columns, unicode));
  lines.push_back(indent + " " + Scale(range, x, y, unicode));
  std::string out;
  for (const std::string& line : lines) {
    out += Shorten(line, width, unicode) + '\n';
  }
  return out;
}

}  // namespace mapfile::text
