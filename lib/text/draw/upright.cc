#include "lib/text/draw/upright.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "lib/text/draw/bars.h"
#include "lib/text/draw/bins.h"
#include "lib/text/draw/moments.h"
#include "lib/text/draw/sheet.h"
#include "lib/text/draw/ticks.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kLeastRows = 4;
constexpr int kMostMargin = 10;
constexpr int kMarginGuess = 5;

// What is shown in each column.
struct Fitted {
  ValuesWithErrors shown;
  std::size_t bins_per_column = 1;
  double columns_per_bin = 1;
};

// Repeats values, and puts error bars in the middle of what repeats.
Fitted Widen(const ValuesWithErrors& one, std::size_t times) {
  Fitted fitted;
  fitted.columns_per_bin = static_cast<double>(times);
  for (std::size_t i = 0; i < one.values.size() * times; ++i) {
    const double value = one.values[i / times];
    fitted.shown.values.push_back(value);
    if (one.low.empty()) continue;
    const bool middle = i % times == times / 2;
    fitted.shown.low.push_back(middle ? one.low[i / times] : value);
    fitted.shown.high.push_back(middle ? one.high[i / times] : value);
  }
  return fitted;
}

Fitted FitRegular(const HistogramData& data, ErrorBars bars, int columns) {
  const std::size_t bins = data.contents.size();
  const auto room = static_cast<std::size_t>(std::max(columns, 1));
  if (bins <= room) return Widen(ValuesOf(data, {bins, 1}, bars), room / bins);
  const Groups groups = Groups::Of(bins, columns);
  Fitted fitted{ValuesOf(data, groups, bars), groups.size, 1};
  fitted.columns_per_bin = 1.0 / static_cast<double>(groups.size);
  // A last column that got fewer bins isn't to be mistaken for a drop.
  const std::size_t last = groups.count() - 1;
  const double scale = static_cast<double>(groups.size) /
                       static_cast<double>(bins - groups.begin(last));
  if (data.shown != Shown::kSums || scale == 1) return fitted;
  fitted.shown.values[last] *= scale;
  if (!fitted.shown.low.empty()) {
    fitted.shown.low[last] *= scale;
    fitted.shown.high[last] *= scale;
  }
  return fitted;
}

Fitted FitVariable(const HistogramData& data, ErrorBars bars, int columns) {
  const auto one = ValuesOf(data, {data.contents.size(), 1}, bars);
  Fitted fitted;
  fitted.shown.values = FitEdges(one.values, data.edges, columns).values;
  for (const auto& [from, to] : {std::pair(&one.low, &fitted.shown.low),
                                 std::pair(&one.high, &fitted.shown.high)}) {
    if (!from->empty()) *to = FitEdges(*from, data.edges, columns).values;
  }
  return fitted;
}

class Drawing {
 public:
  Drawing(const HistogramData& data, const PrintOptions& options, int rows)
      : data_(data),
        options_(options),
        sheet_(data.title, StatisticsOf(data, options.all_statistics), options),
        bars_(ErrorBarsOf(data, options.errors)),
        rows_(rows > 0 ? rows : sheet_.lines_left(kLeastRows + 3) - 3) {}

  std::string Draw();

 private:
  Fitted Fit(int columns) const;
  // Onto a logarithmic scale, where one was asked for: 0 is its low end.
  void Transform(ValuesWithErrors& shown) const;
  std::map<int, std::string> RowLabels(const Bars& bars,
                                       const Scale& scale) const;
  std::vector<ColumnTick> Ticks(const Fitted& fitted, int columns) const;
  void AddBars(const Bars& bars, const std::vector<ColumnTick>& ticks,
               int columns, const std::map<int, std::string>& labels,
               int margin);
  void AddAxisTitle(const Fitted& fitted, int end);

  const HistogramData& data_;
  const PrintOptions& options_;
  Sheet sheet_;
  const ErrorBars bars_;
  const int rows_;
};

Fitted Drawing::Fit(int columns) const {
  columns = std::max(columns, 1);
  return data_.regular ? FitRegular(data_, bars_, columns)
                       : FitVariable(data_, bars_, columns);
}

void Drawing::Transform(ValuesWithErrors& shown) const {
  if (!options_.log) return;
  const Scale scale = ScaleOf(shown, true);
  for (auto* const list : {&shown.values, &shown.low, &shown.high}) {
    for (double& value : *list) {
      value = std::isnan(value) ? value : std::max(scale.Place(value), 0.0);
    }
  }
}

// Of rows; "0" belongs to the line between.
std::map<int, std::string> Drawing::RowLabels(const Bars& bars,
                                              const Scale& scale) const {
  std::map<int, std::string> labels;
  const int rows = bars.rows_above() + bars.rows_below();
  const int ticks = std::max(1, rows / kRowsPerTick);
  if (options_.log) {
    for (Tick& tick : scale.Ticks(ticks)) {
      if (tick.place > 0) labels.emplace(bars.RowOf(tick.place), tick.label);
    }
    return labels;
  }
  const auto [low, high] = bars.range();
  const double step = NiceStep(std::max(high, -low), ticks);
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

std::vector<ColumnTick> Drawing::Ticks(const Fitted& fitted,
                                       int columns) const {
  if (!data_.labels.empty()) {
    return LabelTicks(data_.labels, fitted.columns_per_bin, options_.unicode);
  }
  const double low = data_.edges.front();
  const double high = data_.edges.back();
  return ColumnTicks(data_.logarithmic ? Scale::Logarithmic(low, high)
                                       : Scale::Linear(low, high),
                     columns);
}

// Up to column `end` if it is no longer. That bins were put together must be
// said even where the title leaves no room.
void Drawing::AddAxisTitle(const Fitted& fitted, int end) {
  std::string title = Escape(data_.axis_title, options_.unicode);
  std::string note = GroupNote(fitted.bins_per_column, "column");
  const auto add = [&](const std::string& more) {
    note += (note.empty() ? "" : "  ") + more;
  };
  if (options_.log) add("(logarithmic)");
  if (bars_ == ErrorBars::kSpread) add("(error bars: spread)");
  if (title.empty()) title.swap(note);
  const int both = DisplayWidth(title) + 2 + DisplayWidth(note);
  if (!note.empty() && both <= sheet_.room()) {
    title += "  " + note;
    note.clear();
  }
  for (const std::string& line : {title, note}) {
    if (!line.empty()) sheet_.Add(PadLeft(line, end));
  }
}

void Drawing::AddBars(const Bars& bars, const std::vector<ColumnTick>& ticks,
                      int columns, const std::map<int, std::string>& labels,
                      int margin) {
  const Pen& pen = sheet_.pen();
  const std::string axis = AxisLine(ticks, columns, pen.zero, pen);
  for (int row = bars.rows_above() - 1; row >= -bars.rows_below(); --row) {
    const auto label = labels.find(row);
    const bool tick = label != labels.end();
    sheet_.Add(fmt::format("{} {}{}",
                           PadLeft(tick ? label->second : "", margin),
                           tick ? pen.tick_left : pen.vertical, bars.Row(row)));
    if (row == 0) {
      sheet_.Add(PadLeft(options_.log ? "" : "0", margin) + " " + axis);
    }
  }
  if (bars.rows_above() == 0) sheet_.Add(PadLeft("", margin) + " " + axis);
}

std::string Drawing::Draw() {
  // The labels' width depends on how bins are put together, which depends on
  // the width that labels leave: guess first.
  int margin = kMarginGuess;
  for (int pass = 0;; ++pass) {
    Fitted fitted = Fit(sheet_.room() - margin - 3);
    const Scale scale = ScaleOf(fitted.shown, options_.log);
    Transform(fitted.shown);
    const ValuesWithErrors& shown = fitted.shown;
    const Bars bars(shown.values, rows_, options_.unicode,
                    {shown.low, shown.high});
    const auto labels = RowLabels(bars, scale);
    if (pass == 0) {
      margin = std::min(WidthOf(labels), kMostMargin);
      continue;
    }
    const int columns = static_cast<int>(shown.values.size());
    const auto ticks = Ticks(fitted, columns);
    AddBars(bars, ticks, columns, labels, margin);
    sheet_.Add(TickLabels(ticks, margin + 1, sheet_.room()));
    AddAxisTitle(fitted, margin + 2 + columns);
    return sheet_.Take();
  }
}

}  // namespace

std::string DrawUpright(const HistogramData& data, const PrintOptions& options,
                        int rows) {
  if (data.contents.empty()) {
    return Sheet(data.title, StatisticsOf(data, options.all_statistics),
                 options)
        .Take();
  }
  return Drawing(data, options, rows).Draw();
}

}  // namespace mapfile::text
