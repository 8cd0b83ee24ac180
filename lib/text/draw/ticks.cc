#include "lib/text/draw/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastLabel = 3;

}  // namespace

std::vector<ColumnTick> ColumnTicks(const Scale& scale, int columns) {
  std::vector<ColumnTick> ticks;
  for (Tick& tick : scale.Ticks(columns / kColumnsPerTick)) {
    ticks.push_back({static_cast<int>(std::lround(tick.place * columns)),
                     std::move(tick.label)});
  }
  return ticks;
}

std::vector<ColumnTick> LabelTicks(const std::vector<std::string>& labels,
                                   double columns_per_bin, bool unicode) {
  std::vector<ColumnTick> ticks;
  const int width =
      std::max(static_cast<int>(columns_per_bin) - 1, kLeastLabel);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double middle = (static_cast<double>(i) + 0.5) * columns_per_bin;
    ticks.push_back({static_cast<int>(middle) + 1,
                     Shorten(Escape(labels[i], unicode), width, unicode)});
  }
  return ticks;
}

std::string AxisLine(const std::vector<ColumnTick>& ticks, int columns,
                     std::string_view corner, const Pen& pen) {
  std::vector<std::string_view> cells(static_cast<std::size_t>(columns) + 1,
                                      pen.horizontal);
  cells[0] = corner;
  for (const ColumnTick& tick : ticks) {
    if (tick.column > 0 && tick.column <= columns) {
      cells[static_cast<std::size_t>(tick.column)] = pen.tick_down;
    }
  }
  std::string line;
  for (const std::string_view cell : cells) line += cell;
  return line;
}

std::string TickLabels(const std::vector<ColumnTick>& ticks, int margin,
                       int width) {
  std::string line;
  for (const ColumnTick& tick : ticks) {
    const int size = DisplayWidth(tick.label);
    const int at = std::min(margin + tick.column - size / 2, width - size);
    const int used = DisplayWidth(line);
    if (at < (used == 0 ? 0 : used + 1)) continue;
    line.append(static_cast<std::size_t>(at - used), ' ');
    line += tick.label;
  }
  return line;
}

std::map<int, std::string> RowTicks(const Scale& scale, int rows) {
  std::map<int, std::string> labels;
  for (Tick& tick : scale.Ticks(std::max(1, rows / kRowsPerTick))) {
    const int row = std::min(static_cast<int>(tick.place * rows), rows - 1);
    labels.emplace(row, std::move(tick.label));
  }
  return labels;
}

int WidthOf(const std::map<int, std::string>& labels) {
  int width = 1;
  for (const auto& [row, label] : labels) {
    width = std::max(width, DisplayWidth(label));
  }
  return width;
}

std::string GroupNote(std::size_t bins, std::string_view place) {
  return bins > 1 ? fmt::format("({} bins/{})", bins, place) : std::string();
}

}  // namespace mapfile::text
