#include "tools/common/live_words.h"

#include "lib/base/try.h"
#include "mapfile/time_series.h"
#include "tools/common/axis_spec.h"

namespace mapfile::tools {

void LiveWords::Define(Arguments& args) {
  args.Text("--histogram", "SPEC", &histogram_,
            "fill a histogram with the numbers of standard input for as "
            "long as they come: BINS,LOW,HIGH, log:BINS,LOW,HIGH, "
            "circle:BINS,LOW,HIGH or edges:A,B,...; two of them, with a "
            "blank between, for pairs of numbers");
  args.Flag("--graph", &graph_,
            "the same for a graph: lines are points, x and y");
  args.Count("--series", &series_,
             "the same for a time series of the last so many numbers");
  args.Flag("--counter", &counter_,
            "the same for named counters: lines are NAME or NAME N");
  args.Number("--rate", "HZ", 0.001, 1000, &fill_.rate_hz,
              "versions per second of these four, at most (10)");
  args.Flag("--strict", &fill_.strict,
            "with these four: end at the first line that is wrong");
  args.Flag("--fresh", &fill_.fresh,
            "with these four: begin anew, not with what is there");
}

Status LiveWords::Check() const {
  const auto usage = [](const char* message) {
    return Fail(Code::kInvalidArgument, message);
  };
  if (!are_given() && (fill_.strict || fill_.fresh)) {
    return usage(
        "--strict and --fresh go with --histogram, --graph, --series or "
        "--counter");
  }
  if (histogram_.has_value() + graph_ + series_.has_value() + counter_ > 1) {
    return usage(
        "--histogram, --graph, --series and --counter exclude each other");
  }
  if (series_ && (*series_ == 0 || *series_ > TimeSeries::kMaxCapacity)) {
    return usage("a series of so many numbers can't be");
  }
  return {};
}

Result<LiveFill> LiveWords::FillOf(const std::string& record) const {
  LiveFill fill = fill_;
  fill.record = record;
  if (graph_) fill.object = LiveObject::kGraph;
  if (counter_) fill.object = LiveObject::kCounters;
  if (series_) fill.object = LiveObject::kSeries;
  fill.capacity = series_.value_or(0);
  if (histogram_) {
    auto axes = ParseAxes(*histogram_);
    if (!axes) return Fail(axes.error().In("--histogram"));
    fill.axes = *std::move(axes);
  }
  return fill;
}

}  // namespace mapfile::tools
