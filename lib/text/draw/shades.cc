#include "lib/text/draw/shades.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/draw/grid.h"
#include "lib/text/draw/palette.h"
#include "lib/text/draw/sheet.h"
#include "lib/text/draw/ticks.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastRows = 4;
constexpr int kMostColumnsPerBin = 12;
constexpr int kMostRowsPerBin = 4;
constexpr int kMostMargin = 12;
constexpr int kScaleSteps = 16;
// From nothing to the highest.
constexpr std::string_view kShades[] = {" ", "░", "▒", "▓", "█"};
constexpr std::string_view kAsciiShades[] = {" ", ".", ":", "-", "=",
                                             "+", "*", "#", "%", "@"};
constexpr int kNoColor = -1;

// Colours of the cells of a line, changed only where they differ.
class ColoredLine {
 public:
  // Characters in the colours of the upper and the lower half.
  void Add(int upper, int lower) {
    const bool swapped = upper == kNoColor;
    Set(swapped ? lower : upper, swapped ? kNoColor : lower);
    line_ += upper == kNoColor && lower == kNoColor ? " " : swapped ? "▄" : "▀";
  }
  void AddPlain(std::string_view text) {
    Set(kNoColor, kNoColor);
    line_ += text;
  }
  std::string Take() {
    Set(kNoColor, kNoColor);
    return std::move(line_);
  }

 private:
  void Set(int foreground, int background) {
    if (foreground == foreground_ && background == background_) return;
    const bool less = foreground == kNoColor ||
                      (background == kNoColor && background_ != kNoColor);
    if (less) {
      line_ += "\x1b[0m";
      foreground_ = background_ = kNoColor;
    }
    if (foreground != foreground_) {
      line_ += fmt::format("\x1b[38;5;{}m", foreground);
    }
    if (background != background_) {
      line_ += fmt::format("\x1b[48;5;{}m", background);
    }
    foreground_ = foreground;
    background_ = background;
  }

  std::string line_;
  int foreground_ = kNoColor;
  int background_ = kNoColor;
};

class Drawing {
 public:
  Drawing(const Cells& cells, const PrintOptions& options)
      : cells_(cells),
        options_(options),
        sheet_(cells.title, cells.statistics, options),
        half_blocks_(options.color && options.unicode),
        // Titles, the axis, its labels and the scale take lines, too.
        most_rows_(std::max(kLeastRows, sheet_.lines_left(kLeastRows) - 3 -
                                            (cells.x.title.empty() ? 0 : 1) -
                                            (cells.y.title.empty() ? 0 : 1))),
        y_(cells.y, most_rows_ * dots(), kMostRowsPerBin * dots()),
        margin_(Margin()),
        grid_(MakeGrid(
            cells,
            GridAxis(cells.x, sheet_.room() - margin_ - 3, kMostColumnsPerBin),
            y_)),
        shading_(grid_.values, options.log) {}

  std::string Draw();

 private:
  int dots() const { return half_blocks_ ? 2 : 1; }
  int rows() const {
    return (static_cast<int>(y_.places.size()) + dots() - 1) / dots();
  }
  int Margin() const;
  std::map<int, std::string> RowLabels() const;
  int ColorOf(std::size_t i, std::size_t j) const;
  std::string_view ShadeOf(double value) const;
  std::string ColoredRow(int row) const;
  std::string ShadedRow(int row) const;
  void AddRows();
  void AddBelow();
  void AddScale();

  const Cells& cells_;
  const PrintOptions& options_;
  Sheet sheet_;
  const bool half_blocks_;
  const int most_rows_;
  const GridAxis y_;
  const int margin_;
  const Grid grid_;
  const Shading shading_;
};

int Drawing::Margin() const {
  return std::min({WidthOf(RowLabels()), kMostMargin, options_.width / 3});
}

std::map<int, std::string> Drawing::RowLabels() const {
  if (cells_.y.labels.empty()) return RowTicks(y_.scale, rows());
  std::map<int, std::string> labels;
  const auto per_bin = 1.0 * static_cast<double>(y_.places.size()) /
                       static_cast<double>(cells_.y.labels.size()) / dots();
  for (std::size_t i = 0; i < cells_.y.labels.size(); ++i) {
    const auto row = static_cast<int>((static_cast<double>(i) + 0.5) * per_bin);
    labels.emplace(row, Escape(cells_.y.labels[i], options_.unicode));
  }
  return labels;
}

int Drawing::ColorOf(std::size_t i, std::size_t j) const {
  if (j >= y_.places.size()) return kNoColor;
  const double value = grid_.At(i, j);
  if (std::isnan(value) || shading_.IsEmpty(value)) return kNoColor;
  return TerminalColor(ColorAt(shading_.PartOf(value)));
}

std::string_view Drawing::ShadeOf(double value) const {
  if (std::isnan(value)) return "?";
  const int most =
      static_cast<int>(options_.unicode ? std::size(kShades)
                                        : std::size(kAsciiShades)) -
      1;
  int level = static_cast<int>(std::ceil(shading_.PartOf(value) * most));
  if (value != 0) level = std::max(level, 1);  // Nothing but 0 looks empty
  if (shading_.IsEmpty(value)) level = 0;
  return options_.unicode ? kShades[level] : kAsciiShades[level];
}

std::string Drawing::ColoredRow(int row) const {
  ColoredLine line;
  const auto lower = static_cast<std::size_t>(row) * 2;
  for (std::size_t i = 0; i < grid_.x.places.size(); ++i) {
    const bool upper_nan =
        lower + 1 < y_.places.size() && std::isnan(grid_.At(i, lower + 1));
    if (upper_nan || std::isnan(grid_.At(i, lower))) {
      line.AddPlain("?");
    } else {
      line.Add(ColorOf(i, lower + 1), ColorOf(i, lower));
    }
  }
  return line.Take();
}

std::string Drawing::ShadedRow(int row) const {
  std::string line;
  for (std::size_t i = 0; i < grid_.x.places.size(); ++i) {
    line += ShadeOf(grid_.At(i, static_cast<std::size_t>(row)));
  }
  return line;
}

void Drawing::AddRows() {
  const Pen& pen = sheet_.pen();
  const auto labels = RowLabels();
  const int columns = static_cast<int>(grid_.x.places.size());
  for (int row = rows() - 1; row >= 0; --row) {
    const auto label = labels.find(row);
    const bool tick = label != labels.end();
    const std::string text =
        tick ? Shorten(label->second, margin_, options_.unicode) : "";
    sheet_.AddStyled(
        fmt::format("{} {}{}{}", PadLeft(text, margin_),
                    tick ? pen.tick_left : pen.vertical,
                    half_blocks_ ? ColoredRow(row) : ShadedRow(row),
                    pen.vertical),
        margin_ + 3 + columns);
  }
}

void Drawing::AddBelow() {
  const int columns = static_cast<int>(grid_.x.places.size());
  const auto ticks =
      cells_.x.labels.empty()
          ? ColumnTicks(grid_.x.scale, columns)
          : LabelTicks(
                cells_.x.labels,
                1.0 * columns / static_cast<double>(cells_.x.labels.size()),
                options_.unicode);
  const Pen& pen = sheet_.pen();
  sheet_.Add(PadLeft("", margin_) + " " +
             AxisLine(ticks, columns, pen.bottom_left, pen));
  sheet_.Add(TickLabels(ticks, margin_ + 1, sheet_.room()));
  if (!cells_.x.title.empty()) {
    sheet_.Add(PadLeft(Escape(cells_.x.title, options_.unicode),
                       margin_ + 2 + columns));
  }
}

void Drawing::AddScale() {
  const std::string low = HumanNumber(shading_.low(), 4);
  const std::string high = HumanNumber(shading_.high(), 4);
  std::string note;
  if (grid_.x.group > 1 || y_.group > 1) {
    note = fmt::format("  ({} x {} bins each)", grid_.x.group, y_.group);
  }
  if (options_.log) note += "  (logarithmic)";
  ColoredLine line;
  line.AddPlain(low + " [");
  int width = DisplayWidth(low + high + note) + 4;
  if (half_blocks_) {
    for (int i = 0; i < kScaleSteps; ++i) {
      const int color = TerminalColor(ColorAt(1.0 * i / (kScaleSteps - 1)));
      line.Add(color, color);
    }
    width += kScaleSteps;
  } else {
    const auto add = [&](const auto& shades) {
      for (const std::string_view shade : shades) line.AddPlain(shade);
      width += static_cast<int>(std::size(shades));
    };
    options_.unicode ? add(kShades) : add(kAsciiShades);
  }
  line.AddPlain("] " + high + note);
  const std::string indent(static_cast<std::size_t>(margin_) + 2, ' ');
  width += margin_ + 2;
  // Where it doesn't fit it is cut, which colours would not survive.
  const bool fits = width <= sheet_.room();
  if (fits || !half_blocks_) {
    sheet_.AddStyled(indent + line.Take(), fits ? width : -1);
  } else {
    sheet_.Add(fmt::format("{}{} {} {}{}", indent, low, sheet_.pen().ellipsis,
                           high, note));
  }
}

std::string Drawing::Draw() {
  if (!cells_.y.title.empty()) {
    sheet_.Add(Escape(cells_.y.title, options_.unicode));
  }
  AddRows();
  AddBelow();
  AddScale();
  return sheet_.Take();
}

}  // namespace

std::string DrawShades(const Cells& cells, const PrintOptions& options) {
  if (cells.x.bins() == 0 || cells.y.bins() == 0) {
    return Sheet(cells.title, cells.statistics, options).Take();
  }
  return Drawing(cells, options).Draw();
}

}  // namespace mapfile::text
