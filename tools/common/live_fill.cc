#include "tools/common/live_fill.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"
#include "mapfile/counter_set.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/time_series.h"
#include "tools/common/interrupt.h"
#include "tools/common/line_reader.h"
#include "tools/common/numbers.h"

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// For each class: an empty object, how one that is there differs, and what a
// line of input adds.

Histogram1D Empty(const LiveFill& fill, const Histogram1D*) {
  return Histogram1D(fill.record, fill.axes[0]);
}
Histogram2D Empty(const LiveFill& fill, const Histogram2D*) {
  return Histogram2D(fill.record, fill.axes[0], fill.axes[1]);
}
Graph Empty(const LiveFill& fill, const Graph*) { return Graph(fill.record); }
TimeSeries Empty(const LiveFill& fill, const TimeSeries*) {
  return TimeSeries(fill.record, fill.capacity);
}
CounterSet Empty(const LiveFill& fill, const CounterSet*) {
  return CounterSet(fill.record);
}

std::string Difference(const Histogram1D& a, const Histogram1D& b) {
  return a.axis().DifferenceTo(b.axis());
}
std::string Difference(const Histogram2D& a, const Histogram2D& b) {
  const std::string x = a.x_axis().DifferenceTo(b.x_axis());
  if (!x.empty()) return "x axis: " + x;
  const std::string y = a.y_axis().DifferenceTo(b.y_axis());
  return y.empty() ? y : "y axis: " + y;
}
std::string Difference(const Graph& a, const Graph&) { return a.Fault(); }
std::string Difference(const TimeSeries& a, const TimeSeries& b) {
  if (a.capacity() == b.capacity()) return a.Fault();
  return fmt::format("room for {} and {}", a.capacity(),
                     text::Counted(b.capacity(), "sample"));
}
std::string Difference(const CounterSet& a, const CounterSet&) {
  return a.Fault();
}

Status Need(bool holds, const std::vector<double>& numbers, const char* what) {
  if (holds) return {};
  return Fail(Code::kInvalidArgument,
              fmt::format("{}, where {} are needed",
                          text::Counted(numbers.size(), "number"), what));
}

Result<bool> Fill(Histogram1D& histogram, std::string_view line) {
  MAPFILE_ASSIGN_OR_RETURN(const auto numbers, ParseNumbers(line));
  for (const double number : numbers) histogram.Fill(number);
  return !numbers.empty();
}
Result<bool> Fill(Histogram2D& histogram, std::string_view line) {
  MAPFILE_ASSIGN_OR_RETURN(const auto numbers, ParseNumbers(line));
  MAPFILE_RETURN_IF_ERROR(Need(numbers.size() % 2 == 0, numbers, "pairs"));
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    histogram.Fill(numbers[i], numbers[i + 1]);
  }
  return !numbers.empty();
}
Result<bool> Fill(TimeSeries& series, std::string_view line) {
  MAPFILE_ASSIGN_OR_RETURN(const auto numbers, ParseNumbers(line));
  for (const double number : numbers) series.Add(number);
  return !numbers.empty();
}
Result<bool> Fill(Graph& graph, std::string_view line) {
  MAPFILE_ASSIGN_OR_RETURN(const auto n, ParseNumbers(line));
  if (n.empty()) return false;
  MAPFILE_RETURN_IF_ERROR(Need(n.size() == 2, n, "two"));
  graph.Add(n[0], n[1]);
  return true;
}
Result<bool> Fill(CounterSet& counters, std::string_view line) {
  MAPFILE_ASSIGN_OR_RETURN(const auto count, ParseCount(line));
  if (count.name.empty()) return false;
  const std::uint64_t former = counters.count(count.name);
  if (count.number > UINT64_MAX - former) {
    return Fail(Code::kInvalidArgument,
                text::Quote(count.name) + " would pass 2^64 - 1; it stays at " +
                    std::to_string(former));
  }
  counters.Add(counters.FindOrAdd(count.name), count.number);
  return true;
}

template <class T>
class Filler {
 public:
  Filler(MapFile& file, const LiveFill& fill)
      : file_(file),
        fill_(fill),
        object_(Empty(fill, static_cast<const T*>(nullptr))) {}

  // What is there already, unless a new one is wanted.
  Status Begin() {
    if (fill_.fresh) return Store();
    auto former = file_.Get<T>(fill_.record);
    if (!former) {
      const Code code = former.error().code();
      if (code == Code::kNotFound) return Store();
      if (code != Code::kTypeMismatch) return Fail(former.error());
      return Refuse(code, "holds a value of another class");
    }
    const std::string difference = Difference(*former, object_);
    if (!difference.empty()) {
      return Refuse(Code::kConflict, "differs: " + difference);
    }
    object_ = *std::move(former);
    return {};
  }

  Status Run() {
    while (!Interrupted()) {
      MAPFILE_ASSIGN_OR_RETURN(const auto state, in_.Next(UntilDue()));
      if (state == LineReader::State::kEnd) break;
      if (state == LineReader::State::kLine) MAPFILE_RETURN_IF_ERROR(Take());
      if (is_changed_ && Clock::now() >= due_) MAPFILE_RETURN_IF_ERROR(Store());
    }
    return is_changed_ ? Store() : Status();
  }

  // What has come, whatever ended it.
  Status Finish(Status ran) {
    if (!ran && is_changed_) (void)Store();
    return ran;
  }

  std::uint64_t wrong() const { return wrong_; }
  const std::string& first_wrong() const { return first_wrong_; }
  std::uint64_t lines() const { return lines_; }

 private:
  Status Refuse(Code code, const std::string& reason) const {
    return Fail(Error(code, reason + "; --fresh begins a new one in its "
                                     "place")
                    .In(text::Quote(fill_.record))
                    .In(file_.path()));
  }

  // Nobody waits for a version while nothing comes.
  std::optional<milliseconds> UntilDue() const {
    if (!is_changed_) return std::nullopt;
    const auto left =
        std::chrono::ceil<milliseconds>(due_ - Clock::now()).count();
    return milliseconds(std::max<std::int64_t>(left, 0));
  }

  Status Take() {
    ++lines_;
    const auto filled = Fill(object_, in_.line());
    if (filled) {
      is_changed_ = is_changed_ || *filled;
      return {};
    }
    const std::string fault =
        fmt::format("line {}: {}", lines_, filled.error().message());
    if (fill_.strict) {
      return Fail(Error(Code::kInvalidArgument, fault)
                      .In(text::Quote(fill_.record))
                      .In(file_.path()));
    }
    if (wrong_++ == 0) first_wrong_ = fault;
    return {};
  }

  Status Store() {
    const auto stored = file_.Put(fill_.record, object_);
    if (!stored) return Fail(stored.error());
    is_changed_ = false;
    due_ = Clock::now() + std::chrono::nanoseconds(
                              static_cast<std::int64_t>(1e9 / fill_.rate_hz));
    return {};
  }

  MapFile& file_;
  const LiveFill& fill_;
  T object_;
  LineReader in_{STDIN_FILENO};
  Clock::time_point due_;
  bool is_changed_ = false;
  std::uint64_t lines_ = 0;
  std::uint64_t wrong_ = 0;
  std::string first_wrong_;
};

template <class T>
Status FillClass(MapFile& file, const LiveFill& fill, Output& output) {
  Filler<T> filler(file, fill);
  CatchInterrupts();
  MAPFILE_RETURN_IF_ERROR(filler.Begin());
  MAPFILE_RETURN_IF_ERROR(filler.Finish(filler.Run()));
  if (filler.wrong() != 0) {
    output.Note(fmt::format("{} of {} lines were passed over; the first: {}",
                            filler.wrong(), filler.lines(),
                            filler.first_wrong()));
  }
  return {};
}

}  // namespace

Status CheckRoom(const MapFile& file, const LiveFill& fill) {
  double bytes = fill.object == LiveObject::kSeries
                     ? 16 * static_cast<double>(fill.capacity)
                     : 8;
  for (const Axis& axis : fill.axes) {
    bytes *= static_cast<double>(axis.cells());
  }
  if (bytes <= static_cast<double>(file.max_size_bytes())) return {};
  return Fail(
      Code::kNoSpace,
      fmt::format("{}: {} would need {:.3g} bytes, the file may have {}",
                  file.path(), text::Quote(fill.record), bytes,
                  file.max_size_bytes()));
}

Status FillFromInput(MapFile& file, const LiveFill& fill, Output& output) {
  MAPFILE_RETURN_IF_ERROR(CheckRoom(file, fill));
  switch (fill.object) {
    case LiveObject::kGraph: return FillClass<Graph>(file, fill, output);
    case LiveObject::kSeries: return FillClass<TimeSeries>(file, fill, output);
    case LiveObject::kCounters:
      return FillClass<CounterSet>(file, fill, output);
    case LiveObject::kHistogram: break;
  }
  return fill.axes.size() == 1 ? FillClass<Histogram1D>(file, fill, output)
                               : FillClass<Histogram2D>(file, fill, output);
}

}  // namespace mapfile::tools
