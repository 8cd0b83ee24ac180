#include "lib/text/draw/sideways.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/draw/bins.h"
#include "lib/text/draw/moments.h"
#include "lib/text/draw/sheet.h"
#include "lib/text/draw/ticks.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastRows = 4;
constexpr int kLeastBar = 8;  // Columns; narrower, and contents are left out
constexpr int kMostMargin = 20;
constexpr std::string_view kEighths[] = {" ", "▏", "▎", "▍", "▌",
                                         "▋", "▊", "▉", "█"};

struct Row {
  std::string label;
  double value = 0;
  double low = 0;
  double high = 0;
  std::string text;  // Behind the bar
};

// Draws bars of numbers in cells.
class BarPen {
 public:
  BarPen(const Scale& scale, int columns, const Pen& pen, bool unicode)
      : scale_(scale),
        columns_(columns),
        pen_(pen),
        unicode_(unicode),
        // Zero is at a border of cells, so that bars begin on it.
        zero_(scale.logarithmic() ? 0 : std::round(At(0))) {}

  // Cells up to the last one that isn't blank.
  std::vector<std::string_view> Bar(const Row& row, bool errors) const;

 private:
  double At(double value) const {
    return std::clamp(scale_.Place(value), 0.0, 1.0) * columns_;
  }
  std::string_view CellOf(double end, int column, bool visible) const;
  int CellAt(double value) const {
    return std::min(static_cast<int>(At(value)), columns_ - 1);
  }

  const Scale& scale_;
  const int columns_;
  const Pen& pen_;
  const bool unicode_;
  const double zero_;
};

std::string_view BarPen::CellOf(double end, int column, bool visible) const {
  const bool right = end >= zero_;
  const double part = right ? end - std::max<double>(column, zero_)
                            : std::min<double>(column + 1, zero_) - end;
  const bool first = right ? column == static_cast<int>(zero_)
                           : column + 1 == static_cast<int>(zero_);
  if (right ? column < zero_ : column >= zero_) return " ";
  int eighths = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * 8));
  // What is there must be seen.
  if (first && visible) eighths = std::max(eighths, 1);
  if (!unicode_) return eighths >= 4 ? "#" : eighths > 0 ? "." : " ";
  if (right) return kEighths[eighths];
  // There are no blocks that hang at the right but these.
  return eighths >= 6 ? "█" : eighths >= 3 ? "▐" : eighths > 0 ? "▕" : " ";
}

std::vector<std::string_view> BarPen::Bar(const Row& row, bool errors) const {
  std::vector<std::string_view> cells;
  if (std::isnan(row.value)) return {"?"};
  const bool shown = row.value != 0 && !(scale_.logarithmic() && row.value < 0);
  for (int column = 0; shown && column < columns_; ++column) {
    cells.push_back(CellOf(At(row.value), column, true));
  }
  while (!cells.empty() && cells.back() == " ") cells.pop_back();
  if (!errors || !(row.low < row.high)) return cells;
  const int low = CellAt(row.low);
  const int high = CellAt(row.high);
  const auto size = static_cast<std::size_t>(high) + 1;
  if (cells.size() < size) cells.resize(size, " ");
  for (int column = low; column <= high; ++column) {
    cells[static_cast<std::size_t>(column)] = pen_.horizontal;
  }
  cells[static_cast<std::size_t>(low)] = pen_.left_end;
  cells[static_cast<std::size_t>(high)] = pen_.right_end;
  cells[static_cast<std::size_t>(CellAt(row.value))] = pen_.zero;
  return cells;
}

// "12", "12 ± 3", "0.5 +0.1 -0.2".
std::string TextOf(const Row& row, int digits, ErrorBars bars, bool unicode) {
  std::string text = HumanNumber(row.value, digits);
  if (bars == ErrorBars::kNone || !(row.low < row.high)) return text;
  const double below = row.value - row.low;
  const double above = row.high - row.value;
  const std::string error = HumanNumber(above, 3);
  if (HumanNumber(below, 3) != error) {
    return fmt::format("{} +{} -{}", text, error, HumanNumber(below, 3));
  }
  const std::string_view sign = unicode ? "±" : "+-";
  return fmt::format("{} {} {}", text, sign, error);
}

class Drawing {
 public:
  Drawing(const HistogramData& data, const PrintOptions& options)
      : data_(data),
        options_(options),
        sheet_(data.title, StatisticsOf(data, options.all_statistics), options),
        bars_(ErrorBarsOf(data, options.errors)) {}

  std::string Draw();

 private:
  Groups Fit() const;
  std::string Label(const Groups& groups, std::size_t i) const;
  void AddOutside(double content, std::string_view sign, double edge);
  void MakeRows(const Groups& groups);
  void AddRows(const Scale& scale, int margin, int columns, bool texts);
  void AddNotes(const Groups& groups);

  const HistogramData& data_;
  const PrintOptions& options_;
  Sheet sheet_;
  const ErrorBars bars_;
  std::vector<Row> rows_;
  bool has_overflow_ = false;
};

std::string Drawing::Label(const Groups& groups, std::size_t i) const {
  const std::size_t first = groups.begin(i);
  if (data_.labels.empty()) return HumanNumber(data_.edges[first]);
  std::string label = Escape(data_.labels[first], options_.unicode);
  const std::size_t last = groups.end(i) - 1;
  if (last == first) return label;
  label += sheet_.pen().ellipsis;
  return label + Escape(data_.labels[last], options_.unicode);
}

void Drawing::AddOutside(double content, std::string_view sign, double edge) {
  if (content == 0 || data_.shown != Shown::kSums) return;
  Row row{data_.labels.empty() ? fmt::format("{} {}", sign, HumanNumber(edge))
                               : "others",
          content, content, content, ""};
  if (bars_ != ErrorBars::kNone && data_.squares.empty()) {
    row.low -= std::sqrt(std::max(content, 0.0));
    row.high += std::sqrt(std::max(content, 0.0));
  }
  rows_.push_back(std::move(row));
}

void Drawing::MakeRows(const Groups& groups) {
  AddOutside(data_.underflow, "<", data_.edges.front());
  const ValuesWithErrors shown = ValuesOf(data_, groups, bars_);
  for (std::size_t i = 0; i < groups.count(); ++i) {
    const double value = shown.values[i];
    const bool errors = !shown.low.empty();
    rows_.push_back({Label(groups, i), value, errors ? shown.low[i] : value,
                     errors ? shown.high[i] : value, ""});
  }
  AddOutside(data_.overflow, options_.unicode ? "≥" : ">=", data_.edges.back());
  has_overflow_ = data_.overflow != 0 && data_.shown == Shown::kSums;
  // Counts are exact, what comes of dividing them is not.
  const int digits = data_.shown == Shown::kSums ? 8 : 4;
  for (Row& row : rows_) {
    row.text = TextOf(row, digits, bars_, options_.unicode);
  }
}

void Drawing::AddRows(const Scale& scale, int margin, int columns, bool texts) {
  const bool errors = bars_ != ErrorBars::kNone;
  const Pen& pen = sheet_.pen();
  const BarPen bar(scale, columns, pen, options_.unicode);
  for (const Row& row : rows_) {
    std::string line =
        PadLeft(Shorten(row.label, margin, options_.unicode), margin);
    line += fmt::format(" {}", pen.vertical);
    for (const std::string_view cell : bar.Bar(row, errors)) line += cell;
    if (texts) line += " " + row.text;
    sheet_.Add(line);
  }
  const auto ticks = ColumnTicks(scale, columns);
  // The row of the overflow says where it begins.
  const bool open = data_.labels.empty() && !has_overflow_;
  const std::string last = open ? HumanNumber(data_.edges.back()) : "";
  sheet_.Add(PadLeft(Shorten(last, margin, options_.unicode), margin) + " " +
             AxisLine(ticks, columns, pen.bottom_left, pen));
  sheet_.Add(TickLabels(ticks, margin + 1, sheet_.room()));
}

void Drawing::AddNotes(const Groups& groups) {
  std::string notes;
  const auto add = [&](const std::string& note) {
    if (note.empty()) return;
    if (!notes.empty()) notes += "  ";
    notes += note;
  };
  add(Escape(data_.value_title, options_.unicode));
  add(GroupNote(groups.size, "row"));
  if (options_.log) add("(logarithmic)");
  if (bars_ == ErrorBars::kSpread) add("(error bars: spread)");
  if (!notes.empty()) sheet_.Add(notes);
}

// The axis, its labels, notes, and rows for what is outside take lines, too.
Groups Drawing::Fit() const {
  int places = sheet_.lines_left(kLeastRows) - 2;
  places -= data_.underflow != 0 ? 1 : 0;
  places -= data_.overflow != 0 ? 1 : 0;
  const bool notes = options_.log || bars_ == ErrorBars::kSpread ||
                     !data_.value_title.empty() ||
                     static_cast<int>(data_.contents.size()) > places;
  if (notes) --places;
  return Groups::Of(data_.contents.size(), std::max(places, kLeastRows));
}

std::string Drawing::Draw() {
  const std::string axis_title = Escape(data_.axis_title, options_.unicode);
  if (!axis_title.empty()) sheet_.Add(axis_title);
  const Groups groups = Fit();
  MakeRows(groups);
  ValuesWithErrors all;
  int margin = DisplayWidth(HumanNumber(data_.edges.back()));
  int text_width = 0;
  for (const Row& row : rows_) {
    all.values.push_back(row.value);
    all.low.push_back(row.low);
    all.high.push_back(row.high);
    margin = std::max(margin, DisplayWidth(row.label));
    text_width = std::max(text_width, DisplayWidth(row.text));
  }
  margin = std::min({margin, kMostMargin, sheet_.room() / 3});
  const int room = sheet_.room() - margin - 2;
  const bool texts = room - text_width - 1 >= kLeastBar;
  AddRows(ScaleOf(all, options_.log), margin,
          room - (texts ? text_width + 1 : 0), texts);
  AddNotes(groups);
  return sheet_.Take();
}

}  // namespace

std::string DrawSideways(const HistogramData& data,
                         const PrintOptions& options) {
  if (data.contents.empty()) {
    return Sheet(data.title, StatisticsOf(data, options.all_statistics),
                 options)
        .Take();
  }
  return Drawing(data, options).Draw();
}

}  // namespace mapfile::text
