#include "lib/text/draw/plot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "lib/text/draw/frame.h"
#include "lib/text/draw/sheet.h"
#include "lib/text/human.h"

namespace mapfile::text {
namespace {

constexpr std::size_t kColumnsPerMark = 3;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The least and the greatest of what was told that is finite.
struct Span {
  void Tell(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  bool empty() const { return low > high; }
  double low = kInfinity;
  double high = -kInfinity;
};

Span SpanOf(const std::vector<double>& values, const std::vector<double>& low,
            const std::vector<double>& high, bool errors) {
  Span span;
  for (std::size_t i = 0; i < values.size(); ++i) {
    span.Tell(values[i]);
    if (!errors) continue;
    span.Tell(values[i] - ErrorOf(low, high, i));
    span.Tell(values[i] + ErrorOf(high, low, i));
  }
  return span;
}

// A line through dots. Of many in one column only how far up and down they
// reach is drawn: a million points take no longer than there are columns.
class LineDrawer {
 public:
  explicit LineDrawer(Canvas& canvas) : canvas_(canvas) {}
  ~LineDrawer() { Interrupt(); }

  void To(int x, int y) {
    if (open_ && x == x_) {
      low_ = std::min(low_, y);
      high_ = std::max(high_, y);
      y_ = y;
      return;
    }
    if (open_) {
      Flush();
      canvas_.Line(x_, y_, x, y);
    }
    open_ = true;
    x_ = x;
    y_ = low_ = high_ = y;
  }
  void Interrupt() {
    if (open_) Flush();
    open_ = false;
  }

 private:
  void Flush() { canvas_.Line(x_, low_, x_, high_); }

  Canvas& canvas_;
  bool open_ = false;
  int x_ = 0;
  int y_ = 0;
  int low_ = 0;
  int high_ = 0;
};

bool CanShow(const GraphData& data, std::size_t i, bool log) {
  return std::isfinite(data.x[i]) && std::isfinite(data.y[i]) &&
         !(log && data.y[i] <= 0);
}

void DrawLine(const GraphData& data, bool log, Frame& frame) {
  LineDrawer line(frame.canvas());
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    if (CanShow(data, i, log)) {
      line.To(frame.DotX(data.x[i]), frame.DotY(data.y[i]));
    } else {
      line.Interrupt();
    }
  }
}

// Few points are marked, as a line alone doesn't tell where they are.
void MarkPoints(const GraphData& data, bool log, bool unicode, Frame& frame) {
  const auto columns = static_cast<std::size_t>(frame.canvas().columns());
  if (data.x.size() * kColumnsPerMark > columns) return;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    if (!CanShow(data, i, log)) continue;
    frame.canvas().Mark(frame.Column(data.x[i]), frame.Row(data.y[i]),
                        unicode ? "•" : "*");
  }
}

void DrawErrors(const GraphData& data, bool log, Frame& frame) {
  Canvas& canvas = frame.canvas();
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    if (!CanShow(data, i, log)) continue;
    const double x = data.x[i];
    const double y = data.y[i];
    const int at_x = frame.DotX(x);
    const int at_y = frame.DotY(y);
    const double down = ErrorOf(data.y_errors_low, data.y_errors_high, i);
    const double up = ErrorOf(data.y_errors_high, data.y_errors_low, i);
    canvas.Line(at_x, frame.DotY(y - down), at_x, frame.DotY(y + up));
    const double left = ErrorOf(data.x_errors_low, data.x_errors_high, i);
    const double right = ErrorOf(data.x_errors_high, data.x_errors_low, i);
    canvas.Line(frame.DotX(x - left), at_y, frame.DotX(x + right), at_y);
  }
}

}  // namespace

double ErrorOf(const std::vector<double>& errors,
               const std::vector<double>& others, std::size_t i) {
  const std::vector<double>& list = errors.empty() ? others : errors;
  const double error = i < list.size() ? list[i] : 0;
  return std::isfinite(error) ? error : 0;
}

Scale ScaleOfX(const GraphData& data, bool errors) {
  const Span span =
      SpanOf(data.x, data.x_errors_low, data.x_errors_high, errors);
  if (span.empty()) return Scale::Linear(0, 1);
  return data.start_ns ? Scale::Time(span.low, span.high, *data.start_ns)
                       : Scale::Linear(span.low, span.high);
}

Scale ScaleOfY(const GraphData& data, bool errors, bool log) {
  if (log) return LogarithmicFor(data.y);
  const Span span =
      SpanOf(data.y, data.y_errors_low, data.y_errors_high, errors);
  return span.empty() ? Scale::Linear(0, 1)
                      : Scale::Linear(span.low, span.high);
}

std::string TitleOfX(const GraphData& data) {
  if (!data.start_ns || !data.x_title.empty()) return data.x_title;
  if (*data.start_ns < 0) return "s";
  const auto start = static_cast<std::uint64_t>(*data.start_ns);
  return Iso8601(start, 0).substr(0, 10) + ", UTC";
}

std::string DrawPlot(const GraphData& data, const PrintOptions& options) {
  Sheet sheet(data.title, data.statistics, options);
  if (data.x.empty()) return sheet.Take();
  const Axes axes{ScaleOfX(data, options.errors),
                  ScaleOfY(data, options.errors, options.log),
                  TitleOfX(data),
                  data.y_title,
                  {},
                  options.log ? "(logarithmic)" : ""};
  Frame frame(axes, sheet);
  DrawLine(data, options.log, frame);
  if (options.errors) DrawErrors(data, options.log, frame);
  MarkPoints(data, options.log, options.unicode, frame);
  frame.Add();
  return sheet.Take();
}

}  // namespace mapfile::text
