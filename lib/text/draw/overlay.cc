#include "lib/text/draw/overlay.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/text/draw/sheet.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

// Told apart without colours, also in a small font.
constexpr std::string_view kMarks[kMostCurves] = {"●", "○", "×", "+",
                                                  "◆", "◇", "▲", "△"};
constexpr std::string_view kAsciiMarks[kMostCurves] = {"o", "x", "+", "*",
                                                       "#", "@", "%", "&"};
// What a legend and the labels of y may take.
constexpr int kBeside = 40;
constexpr int kWidthForBox = 64;
constexpr int kMargin = 10;

constexpr int kNowhere = -1;

// The row of a curve in each column.
using Rows = std::vector<int>;

bool CanShow(double value, const Scale& scale) {
  return std::isfinite(value) && !(scale.logarithmic() && value <= 0);
}

Rows StepRows(const Curve& curve, const Axes& axes, const Frame& frame,
              int columns) {
  Rows rows(static_cast<std::size_t>(columns), kNowhere);
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!CanShow(curve.y[i], axes.y)) continue;
    const int first = frame.Column(curve.x[i]);
    // The column of the upper edge is the next bin's.
    const int last = i + 1 < curve.y.size()
                         ? std::max(first, frame.Column(curve.x[i + 1]) - 1)
                         : frame.Column(curve.x[i + 1]);
    for (int column = first; column <= last; ++column) {
      rows[static_cast<std::size_t>(column)] = frame.Row(curve.y[i]);
    }
  }
  return rows;
}

Rows LineRows(const Curve& curve, const Axes& axes, const Frame& frame,
              int columns) {
  Rows rows(static_cast<std::size_t>(columns), kNowhere);
  std::size_t before = curve.y.size();  // None
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!CanShow(curve.y[i], axes.y) || !std::isfinite(curve.x[i])) {
      before = curve.y.size();
      continue;
    }
    const int column = frame.Column(curve.x[i]);
    const int row = frame.Row(curve.y[i]);
    rows[static_cast<std::size_t>(column)] = row;
    if (before < curve.y.size()) {
      const int from = frame.Column(curve.x[before]);
      const int from_row = frame.Row(curve.y[before]);
      for (int c = std::min(from, column) + 1; c < std::max(from, column);
           ++c) {
        const double part = 1.0 * (c - from) / (column - from);
        rows[static_cast<std::size_t>(c)] =
            from_row + static_cast<int>(std::lround(part * (row - from_row)));
      }
    }
    before = i;
  }
  return rows;
}

void MarkAll(const std::vector<Rows>& all, bool unicode, Canvas& canvas) {
  const auto& marks = unicode ? kMarks : kAsciiMarks;
  for (int column = 0; column < canvas.columns(); ++column) {
    const auto at = static_cast<std::size_t>(column);
    for (const Rows& rows : all) {
      if (rows[at] == kNowhere) continue;
      std::vector<std::size_t> here;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i][at] == rows[at]) here.push_back(i);
      }
      canvas.Mark(column, rows[at], marks[here[at % here.size()]]);
    }
  }
}

void DrawErrors(const Curve& curve, const Axes& axes, Frame& frame) {
  for (std::size_t i = 0; i < curve.low.size(); ++i) {
    if (!CanShow(curve.y[i], axes.y)) continue;
    const double x =
        curve.steps ? curve.x[i] / 2 + curve.x[i + 1] / 2 : curve.x[i];
    const int column = frame.DotX(x);
    frame.canvas().Line(column, frame.DotY(curve.low[i]), column,
                        frame.DotY(curve.high[i]));
  }
}

std::vector<Statistic> Legend(const std::vector<Curve>& curves,
                              const PrintOptions& options) {
  const auto& marks = options.unicode ? kMarks : kAsciiMarks;
  std::vector<Statistic> legend;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    auto rows = LegendOf(curves[i], options.all_statistics);
    rows[0].first =
        std::string(marks[i]) + " " + Escape(curves[i].name, options.unicode);
    legend.insert(legend.end(), rows.begin(), rows.end());
  }
  return legend;
}

}  // namespace

std::string DrawOverlay(std::span<const NamedPicture> pictures,
                        const PrintOptions& options) {
  const int width = std::max(options.width, kLeastPictureWidth);
  const int places =
      std::max(8, width - (width >= kWidthForBox ? kBeside : kMargin));
  const Curves all = CurvesOf(pictures, places, options);
  Sheet sheet("", Legend(all.curves, options), options);
  Frame frame(all.axes, sheet);
  std::vector<Rows> rows;
  for (const Curve& curve : all.curves) {
    if (options.errors) DrawErrors(curve, all.axes, frame);
    const int columns = frame.canvas().columns();
    rows.push_back(curve.steps ? StepRows(curve, all.axes, frame, columns)
                               : LineRows(curve, all.axes, frame, columns));
  }
  MarkAll(rows, options.unicode, frame.canvas());
  frame.Add();
  return sheet.Take();
}

}  // namespace mapfile::text
