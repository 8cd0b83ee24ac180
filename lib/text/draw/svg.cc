#include "lib/text/draw/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lib/text/draw/svg_cells.h"
#include "lib/text/draw/svg_frame.h"

namespace mapfile::text {
namespace {

// Colours that the colour-blind tell apart (Okabe and Ito's), and dashes for
// those who print without colours.
struct Stroke {
  std::string_view color;
  std::string_view dashes;
};
constexpr Stroke kStrokes[kMostCurves] = {
    {"#0072b2", "none"},    {"#d55e00", "7 3"},        {"#009e73", "2 2"},
    {"#cc79a7", "9 3 2 3"}, {"#e69f00", "12 4"},       {"#56b4e9", "4 4"},
    {"#000000", "1 3"},     {"#777777", "6 2 2 2 2 2"}};
constexpr int kLegendMark = 24;
constexpr int kMarkedPoints = 80;  // More are a line alone

std::string PathOf(const char* word, double x, double y) {
  return word + Pixels(x) + " " + Pixels(y);
}

// Points that are joined, of which those in one column of pixels are as far
// as they reach up and down.
class Polyline {
 public:
  void To(double x, double y) {
    const double column = std::round(x * 2) / 2;
    if (open_ && column == column_) {
      low_ = std::min(low_, y);
      high_ = std::max(high_, y);
      last_ = y;
      return;
    }
    Flush();
    path_ += PathOf(open_ ? "L" : "M", column, y);
    open_ = true;
    column_ = column;
    first_ = last_ = low_ = high_ = y;
  }
  void Interrupt() {
    Flush();
    open_ = false;
  }
  std::string Take() {
    Interrupt();
    return std::move(path_);
  }

 private:
  void Flush() {
    if (!open_) return;
    if (low_ != first_) path_ += PathOf("L", column_, low_);
    if (high_ != low_) path_ += PathOf("L", column_, high_);
    if (last_ != high_) path_ += PathOf("L", column_, last_);
    first_ = low_ = high_ = last_;
  }

  std::string path_;
  bool open_ = false;
  double column_ = 0;
  double first_ = 0;
  double last_ = 0;
  double low_ = 0;
  double high_ = 0;
};

class Drawing {
 public:
  Drawing(const Curves& all, std::string_view title,
          const PrintOptions& options)
      : all_(all),
        options_(options),
        frame_(title, {all.axes.x, all.axes.x_title, all.axes.labels},
               {all.axes.y, all.axes.y_title, {}}) {}

  std::string Draw();

 private:
  bool CanShow(const Curve& curve, std::size_t i) const {
    return std::isfinite(curve.x[i]) && std::isfinite(curve.y[i]) &&
           !(options_.log && curve.y[i] <= 0);
  }
  // Where bars begin.
  double Floor() const { return frame_.Y(0); }
  std::string StepPath(const Curve& curve) const;
  std::string LinePath(const Curve& curve) const;
  void AddErrors(const Curve& curve, const std::string& style);
  void AddPoints(const Curve& curve, std::string_view color);
  void AddCurve(const Curve& curve, const Stroke& stroke);
  void AddLegend();

  const Curves& all_;
  const PrintOptions& options_;
  SvgFrame frame_;
};

std::string Drawing::StepPath(const Curve& curve) const {
  std::string path = PathOf("M", frame_.X(curve.x.front()), Floor());
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    const bool shown = CanShow(curve, i);
    const double y = shown ? frame_.Y(curve.y[i]) : Floor();
    path += PathOf("L", frame_.X(curve.x[i]), y);
    path += PathOf("L", frame_.X(curve.x[i + 1]), y);
  }
  return path + PathOf("L", frame_.X(curve.x.back()), Floor());
}

std::string Drawing::LinePath(const Curve& curve) const {
  Polyline line;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (CanShow(curve, i)) {
      line.To(frame_.X(curve.x[i]), frame_.Y(curve.y[i]));
    } else {
      line.Interrupt();
    }
  }
  return line.Take();
}

void Drawing::AddErrors(const Curve& curve, const std::string& style) {
  std::string path;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!CanShow(curve, i)) continue;
    const double x = frame_.X(curve.steps ? curve.x[i] / 2 + curve.x[i + 1] / 2
                                          : curve.x[i]);
    if (i < curve.low.size() && curve.low[i] < curve.high[i]) {
      path += PathOf("M", x, frame_.Y(curve.low[i]));
      path += PathOf("L", x, frame_.Y(curve.high[i]));
    }
    if (i < curve.left.size() && curve.left[i] < curve.right[i]) {
      path += PathOf("M", frame_.X(curve.left[i]), frame_.Y(curve.y[i]));
      path += PathOf("L", frame_.X(curve.right[i]), frame_.Y(curve.y[i]));
    }
  }
  if (!path.empty()) frame_.svg().Path(path, style);
}

void Drawing::AddPoints(const Curve& curve, std::string_view color) {
  if (curve.y.size() > kMarkedPoints) return;
  std::string path;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!CanShow(curve, i)) continue;
    // A line of no length with round ends is a dot.
    path += PathOf("M", frame_.X(curve.x[i]), frame_.Y(curve.y[i])) + "h0";
  }
  if (path.empty()) return;
  frame_.svg().Path(path, fmt::format(R"(fill="none" stroke="{}" )"
                                      R"(stroke-width="6" )"
                                      R"(stroke-linecap="round")",
                                      color));
}

void Drawing::AddCurve(const Curve& curve, const Stroke& stroke) {
  // Alone it is filled; several would hide each other.
  const bool filled = curve.steps && all_.curves.size() == 1;
  const std::string fill = filled ? std::string(stroke.color) : "none";
  const std::string path = curve.steps ? StepPath(curve) : LinePath(curve);
  if (!path.empty()) {
    frame_.svg().Path(
        path, fmt::format(R"(fill="{}" fill-opacity="0.25" stroke="{}" )"
                          R"(stroke-width="1.5" stroke-dasharray="{}")",
                          fill, stroke.color, stroke.dashes));
  }
  AddErrors(curve, fmt::format(R"(fill="none" stroke="{}")", stroke.color));
  if (!curve.steps) AddPoints(curve, stroke.color);
}

void Drawing::AddLegend() {
  double top = SvgFrame::kTop;
  for (std::size_t i = 0; i < all_.curves.size(); ++i) {
    const Curve& curve = all_.curves[i];
    if (all_.curves.size() == 1) {
      frame_.AddStatistics(curve.statistics, top);
      return;
    }
    const Stroke& stroke = kStrokes[i];
    frame_.svg().Line(
        SvgFrame::kBeside, top + 14, SvgFrame::kBeside + kLegendMark - 6,
        top + 14,
        fmt::format(R"(stroke="{}" stroke-width="2" stroke-dasharray="{}")",
                    stroke.color, stroke.dashes));
    top = frame_.AddStatistics(LegendOf(curve, options_.all_statistics), top,
                               kLegendMark);
  }
}

std::string Drawing::Draw() {
  for (std::size_t i = 0; i < all_.curves.size(); ++i) {
    AddCurve(all_.curves[i], kStrokes[i]);
  }
  AddLegend();
  return frame_.Finish(all_.axes.note);
}

}  // namespace

std::string DrawSvg(std::span<const NamedPicture> pictures,
                    const PrintOptions& options) {
  if (const auto* cells = std::get_if<Cells>(&pictures[0].picture)) {
    return DrawSvgCells(*cells, options);
  }
  const Curves all = CurvesOf(pictures, SvgFrame::kWidth, options);
  const std::string title = TitleOf(pictures);
  return Drawing(all, title, options).Draw();
}

}  // namespace mapfile::text
