#include "lib/text/draw/bars.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mapfile::text {
namespace {

constexpr std::string_view kBlocks[] = {" ", "▁", "▂", "▃", "▄",
                                        "▅", "▆", "▇", "█"};

// Bins per column: a divisor of `bins` if one is near, as then all columns
// are alike.
int GroupSize(int bins, int width) {
  const int least = (bins + width - 1) / width;
  for (int size = least; size <= least + least / 4; ++size) {
    if (bins % size == 0) return size;
  }
  return least;
}

double SumOf(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// NaN only where there is nothing else.
double LargerOf(double a, double b) {
  if (std::isnan(a)) return b;
  return std::fabs(b) > std::fabs(a) ? b : a;
}

}  // namespace

Columns FitBins(std::span<const double> contents, int width) {
  Columns columns;
  const int bins = static_cast<int>(contents.size());
  if (bins == 0 || width <= 0) return columns;
  if (bins <= width) {
    columns.columns_per_bin = width / bins;
    for (const double value : contents) {
      columns.values.insert(columns.values.end(),
                            static_cast<std::size_t>(width / bins), value);
    }
    return columns;
  }
  const int group = GroupSize(bins, width);
  columns.bins_per_column = group;
  for (int first = 0; first < bins; first += group) {
    const int count = std::min(group, bins - first);
    const double sum = SumOf(contents.subspan(static_cast<std::size_t>(first),
                                              static_cast<std::size_t>(count)));
    columns.values.push_back(count == group ? sum : sum * group / count);
  }
  return columns;
}

Columns FitEdges(std::span<const double> contents,
                 std::span<const double> edges, int width) {
  Columns columns;
  const double low = edges.front();
  const double step = (edges.back() - low) / width;
  std::size_t bin = 0;
  for (int column = 0; column < width; ++column) {
    const double begin = low + step * column;
    const double end = low + step * (column + 1);
    while (bin + 1 < contents.size() && edges[bin + 1] <= begin) ++bin;
    double value = contents[bin];
    while (bin + 1 < contents.size() && edges[bin + 1] < end) {
      value = LargerOf(value, contents[++bin]);
    }
    columns.values.push_back(value);
  }
  return columns;
}

Bars::Bars(std::span<const double> values, int height, bool unicode,
           Whiskers whiskers)
    : values_(values),
      whiskers_(whiskers),
      height_(height),
      unicode_(unicode),
      range_(RangeOf(values)),
      above_(height) {
  range_.low = std::min(range_.low, RangeOf(whiskers.low).low);
  range_.high = std::max(range_.high, RangeOf(whiskers.high).high);
  unit_ = std::max(range_.high, -range_.low);
  if (!(unit_ > 0)) unit_ = 1;
  const double high = range_.high / unit_;
  const double low = -range_.low / unit_;
  if (low > 0) {
    above_ = static_cast<int>(std::lround(height * high / (high + low)));
    above_ = std::clamp(above_, high > 0 ? 1 : 0, height - 1);
  }
  const double per_row_above = above_ > 0 ? high / above_ : 0;
  const double per_row_below = low > 0 ? low / (height - above_) : 0;
  scale_ = std::max(per_row_above, per_row_below);
  if (!(scale_ > 0)) scale_ = 1;
}

double Bars::Height(double value) const { return value / unit_ / scale_; }

int Bars::RowOf(double value) const {
  const int rows = static_cast<int>(std::lround(Height(value)));
  return rows > 0 ? rows - 1 : rows;
}

std::string_view Bars::CellOf(double value, int row) const {
  if (std::isnan(value)) return row == 0 || above_ == 0 ? "?" : " ";
  const bool up = row >= 0;
  // Rows that the bar reaches into on this side of zero.
  const double size = up ? Height(value) : -Height(value);
  const double reach = size - (up ? row : -row - 1);
  if (size <= 0 || (reach <= 0 && (row != 0 && row != -1))) return " ";
  const int eighths = static_cast<int>(
      std::clamp(std::lround(std::min(reach, 1.0) * 8), 0L, 8L));
  // What is there must be seen, if only in the row next to zero.
  const int shown = row == 0 || row == -1 ? std::max(eighths, 1) : eighths;
  if (!unicode_) return shown >= 4 ? "#" : shown > 0 ? "." : " ";
  if (up) return kBlocks[shown];
  // There are no blocks that hang down but these.
  if (shown >= 6) return "█";
  return shown >= 3 ? "▀" : shown > 0 ? "▔" : " ";
}

std::string_view Bars::WhiskerOf(std::size_t i, int row) const {
  if (i >= whiskers_.low.size()) return {};
  const double low = whiskers_.low[i];
  const double high = whiskers_.high[i];
  if (!(low < high)) return {};
  const auto row_at = [this](double value) {
    return static_cast<int>(std::clamp(std::floor(Height(value)),
                                       1.0 * above_ - height_, above_ - 1.0));
  };
  const int bottom = row_at(low);
  const int top = row_at(high);
  if (row < bottom || row > top) return {};
  if (!unicode_) return top == bottom ? "+" : "|";
  if (top == bottom) return "┼";
  return row == top ? "┬" : row == bottom ? "┴" : "│";
}

std::string Bars::Row(int row) const {
  std::string text;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const std::string_view whisker = WhiskerOf(i, row);
    text += whisker.empty() ? CellOf(values_[i], row) : whisker;
  }
  return text;
}

}  // namespace mapfile::text
