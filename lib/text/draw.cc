#include "lib/text/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "lib/text/bars.h"
#include "lib/text/human.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastWidth = 20;
constexpr int kWidthForBox = 64;  // Narrower: the statistics go below
constexpr int kBoxGap = 2;
constexpr int kColumnsPerTick = 8;
constexpr int kRowsPerTick = 3;
constexpr int kLeastLabel = 3;
constexpr int kStatDigits = 5;

std::string Repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

// The characters that lines are made of.
struct Pen {
  explicit Pen(bool unicode)
      : vertical(unicode ? "│" : "|"),
        horizontal(unicode ? "─" : "-"),
        tick_left(unicode ? "┤" : "+"),
        tick_down(unicode ? "┬" : "+"),
        zero(unicode ? "┼" : "+"),
        top_left(unicode ? "┌" : "+"),
        top_right(unicode ? "┐" : "+"),
        bottom_left(unicode ? "└" : "+"),
        bottom_right(unicode ? "┘" : "+") {}
  std::string_view vertical, horizontal, tick_left, tick_down, zero;
  std::string_view top_left, top_right, bottom_left, bottom_right;
};

using Statistic = std::pair<std::string, std::string>;

std::vector<Statistic> StatisticsOf(const HistogramData& data) {
  if (!data.statistics.empty()) return data.statistics;
  const auto number = [](const std::optional<double>& value) {
    return value ? HumanNumber(*value, kStatDigits) : std::string("-");
  };
  return {{"Entries", HumanNumber(data.entries, 15)},
          {"Mean", number(data.mean)},
          {"Std Dev", number(data.std_dev)},
          {"Underflow", HumanNumber(data.underflow, 8)},
          {"Overflow", HumanNumber(data.overflow, 8)}};
}

// The statistics in a frame.
std::vector<std::string> Box(const HistogramData& data, const Pen& pen) {
  const auto statistics = StatisticsOf(data);
  int width = 0;
  for (const auto& [name, value] : statistics) {
    width = std::max(width, DisplayWidth(name) + DisplayWidth(value) + 2);
  }
  const std::string line = Repeated(pen.horizontal, width + 2);
  std::vector<std::string> box;
  box.push_back(fmt::format("{}{}{}", pen.top_left, line, pen.top_right));
  for (const auto& [name, value] : statistics) {
    box.push_back(fmt::format("{} {}{} {}", pen.vertical, name,
                              PadLeft(value, width - DisplayWidth(name)),
                              pen.vertical));
  }
  box.push_back(fmt::format("{}{}{}", pen.bottom_left, line, pen.bottom_right));
  return box;
}

// The statistics as lines of text.
std::vector<std::string> StatisticsBelow(const HistogramData& data, int width) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : StatisticsOf(data)) {
    const std::string item = Shorten(name + " " + value, width, false);
    if (lines.empty() ||
        DisplayWidth(lines.back()) + 2 + DisplayWidth(item) > width) {
      lines.push_back(item);
    } else {
      lines.back() += "  " + item;
    }
  }
  return lines;
}

// Ticks of a vertical axis, by row; "0" belongs to the line between.
std::map<int, std::string> RowLabels(const Bars& bars) {
  std::map<int, std::string> labels;
  const auto [low, high] = bars.range();
  const int rows = bars.rows_above() + bars.rows_below();
  const double step =
      NiceStep(std::max(high, -low), std::max(1, rows / kRowsPerTick));
  if (step == 0) return labels;
  for (const auto& [end, sign] : {std::pair(high, 1), std::pair(-low, -1)}) {
    // Counted, as adding up would collect rounding errors.
    const int count = static_cast<int>(
        std::clamp(end / step * 1.0001, 0., static_cast<double>(rows)));
    for (int i = 1; i <= count; ++i) {
      const double value = sign * i * step;
      const int row = bars.RowOf(value);
      if (row < bars.rows_above() && -row <= bars.rows_below()) {
        labels.emplace(row, HumanNumber(value, 6));
      }
    }
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

struct Tick {
  int column;
  std::string label;
};

std::vector<Tick> ColumnTicks(double low, double high, int columns) {
  std::vector<Tick> ticks;
  const double range = high - low;
  const double step = NiceStep(range, std::max(1, columns / kColumnsPerTick));
  if (step == 0) return ticks;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + step * 1e-9;
       ++i) {
    const double value = i * step;
    const int column =
        static_cast<int>(std::lround((value - low) / range * columns));
    // Six digits tell neighbours apart unless the range is tiny.
    ticks.push_back(
        {std::clamp(column, 0, columns), HumanNumber(i == 0 ? 0 : value, 6)});
    if (ticks.size() > static_cast<std::size_t>(columns)) break;
  }
  return ticks;
}

// Labels of bins below their middles.
std::vector<Tick> LabelTicks(const std::vector<std::string>& labels,
                             const Columns& fitted, bool unicode) {
  std::vector<Tick> ticks;
  const int width = std::max(fitted.columns_per_bin - 1, kLeastLabel);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double middle = (static_cast<double>(i) + 0.5) *
                          fitted.columns_per_bin / fitted.bins_per_column;
    ticks.push_back({static_cast<int>(middle) + 1,
                     Shorten(Escape(labels[i], unicode), width, unicode)});
  }
  return ticks;
}

// Sums over weights, where there are weights; 0: no weight.
std::vector<double> Over(std::vector<double> sums,
                         const std::vector<double>& weights) {
  for (std::size_t i = 0; i < std::min(sums.size(), weights.size()); ++i) {
    sums[i] = weights[i] == 0 ? 0 : sums[i] / weights[i];
  }
  return sums;
}

// The line at zero, or below the bars, with its ticks.
std::string AxisLine(const std::vector<Tick>& ticks, int columns,
                     const Pen& pen) {
  std::vector<std::string_view> cells(static_cast<std::size_t>(columns) + 1,
                                      pen.horizontal);
  cells[0] = pen.zero;
  for (const Tick& tick : ticks) {
    if (tick.column > 0) {
      cells[static_cast<std::size_t>(tick.column)] = pen.tick_down;
    }
  }
  std::string line;
  for (const std::string_view cell : cells) line += cell;
  return line;
}

// Labels centred below their ticks, those left out that would touch.
std::string TickLabels(const std::vector<Tick>& ticks, int margin, int width) {
  std::string line;
  for (const Tick& tick : ticks) {
    const int size = DisplayWidth(tick.label);
    const int at = std::min(margin + tick.column - size / 2, width - size);
    const int used = DisplayWidth(line);
    if (at < (used == 0 ? 0 : used + 1)) continue;
    line.append(static_cast<std::size_t>(at - used), ' ');
    line += tick.label;
  }
  return line;
}

// Puts the parts of a drawing together.
class Drawing {
 public:
  Drawing(const HistogramData& data, const PrintOptions& options, int height)
      : data_(data),
        options_(options),
        width_(std::max(options.width, kLeastWidth)),
        height_(height),
        pen_(options.unicode) {
    if (width_ >= kWidthForBox) box_ = Box(data, pen_);
    box_width_ = box_.empty() ? 0 : DisplayWidth(box_[0]) + kBoxGap;
  }

  std::string Draw();

 private:
  // Width of bars and vertical axis with its labels.
  int Room() const { return width_ - box_width_; }
  Columns Fit(int columns) const;
  // Up to column `end` if it is no longer. That bins were put together must be
  // said even where the title leaves no room.
  void AddAxisTitle(const Columns& columns, int end);
  void AddLine(const std::string& line);
  void AddBars(const Bars& bars, const std::vector<Tick>& ticks, int columns,
               const std::map<int, std::string>& labels, int margin);

  const HistogramData& data_;
  const PrintOptions& options_;
  const int width_;
  const int height_;
  const Pen pen_;
  std::vector<std::string> box_;
  std::size_t box_used_ = 0;
  int box_width_ = 0;
  std::string out_;
};

Columns Drawing::Fit(int columns) const {
  if (!data_.regular) {
    return FitEdges(Over(data_.contents, data_.weights), data_.edges, columns);
  }
  Columns fitted = FitBins(data_.contents, columns);
  if (!data_.weights.empty()) {
    fitted.values =
        Over(std::move(fitted.values), FitBins(data_.weights, columns).values);
  }
  return fitted;
}

void Drawing::AddAxisTitle(const Columns& columns, int end) {
  std::string title = Escape(data_.axis_title, options_.unicode);
  std::string note;
  if (columns.bins_per_column > 1) {
    note = fmt::format("({} bins/column)", columns.bins_per_column);
  }
  if (title.empty()) title.swap(note);
  const int both = DisplayWidth(title) + 2 + DisplayWidth(note);
  if (!note.empty() && both <= Room()) {
    title += "  " + note;
    note.clear();
  }
  for (const std::string& line : {title, note}) {
    if (!line.empty()) AddLine(PadLeft(line, end));
  }
}

// Adds a line with the next one of the box behind it.
void Drawing::AddLine(const std::string& line) {
  std::string text = Shorten(line, Room(), options_.unicode);
  if (box_used_ < box_.size()) {
    text = PadRight(std::move(text), Room() + kBoxGap) + box_[box_used_++];
  }
  text.erase(text.find_last_not_of(' ') + 1);
  out_ += text + '\n';
}

void Drawing::AddBars(const Bars& bars, const std::vector<Tick>& ticks,
                      int columns, const std::map<int, std::string>& labels,
                      int margin) {
  for (int row = bars.rows_above() - 1; row >= -bars.rows_below(); --row) {
    const auto label = labels.find(row);
    const bool tick = label != labels.end();
    AddLine(fmt::format("{} {}{}", PadLeft(tick ? label->second : "", margin),
                        tick ? pen_.tick_left : pen_.vertical, bars.Row(row)));
    if (row == 0) {
      AddLine(PadLeft("0", margin) + " " + AxisLine(ticks, columns, pen_));
    }
  }
  if (bars.rows_above() > 0) return;
  AddLine(PadLeft("", margin) + " " + AxisLine(ticks, columns, pen_));
}

std::string Drawing::Draw() {
  const std::string title =
      Shorten(Escape(data_.title, options_.unicode), width_, options_.unicode);
  if (!title.empty()) {
    out_ += (options_.color ? Styled(title, Style::kBold) : title) + '\n';
  }
  // The labels' width depends on how bins are put together, which depends on
  // the width that labels leave: guess first.
  const Columns guess = Fit(Room() - 8);
  const int margin = std::min(
      WidthOf(RowLabels(Bars(guess.values, height_, options_.unicode))), 10);
  const Columns fitted = Fit(Room() - margin - 3);
  const int columns = static_cast<int>(fitted.values.size());
  const Bars bars(fitted.values, height_, options_.unicode);
  const auto ticks =
      data_.labels.empty()
          ? ColumnTicks(data_.edges.front(), data_.edges.back(), columns)
          : LabelTicks(data_.labels, fitted, options_.unicode);
  AddBars(bars, ticks, columns, RowLabels(bars), margin);
  AddLine(TickLabels(ticks, margin + 1, Room()));
  AddAxisTitle(fitted, margin + 2 + columns);
  if (box_.empty()) {
    for (const auto& line : StatisticsBelow(data_, width_)) AddLine(line);
  }
  return std::move(out_);
}

}  // namespace

std::string DrawHistogram(const HistogramData& data,
                          const PrintOptions& options, int height) {
  return Drawing(data, options, height).Draw();
}

}  // namespace mapfile::text
