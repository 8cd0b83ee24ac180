#include "tools/common/live_fill.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "mapfile/histogram.h"
#include "tools/common/axis_spec.h"
#include "tools/common/interrupt.h"
#include "tools/common/line_reader.h"

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// The axes of the class, and how a line fills it.
Histogram1D Empty(const LiveFill& fill, const Histogram1D*) {
  return Histogram1D(fill.record, fill.axes[0]);
}
Histogram2D Empty(const LiveFill& fill, const Histogram2D*) {
  return Histogram2D(fill.record, fill.axes[0], fill.axes[1]);
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
bool FillLine(Histogram1D& histogram, const std::vector<double>& numbers) {
  for (const double number : numbers) histogram.Fill(number);
  return true;
}
bool FillLine(Histogram2D& histogram, const std::vector<double>& numbers) {
  if (numbers.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    histogram.Fill(numbers[i], numbers[i + 1]);
  }
  return true;
}

template <class H>
class Filler {
 public:
  Filler(MapFile& file, const LiveFill& fill)
      : file_(file),
        fill_(fill),
        histogram_(Empty(fill, static_cast<const H*>(nullptr))) {}

  // What is there already, unless a new one is wanted.
  Status Begin() {
    if (fill_.fresh) return Store();
    auto former = file_.Get<H>(fill_.record);
    if (!former) {
      const Code code = former.error().code();
      if (code == Code::kNotFound) return Store();
      if (code != Code::kTypeMismatch) return Fail(former.error());
      return Refuse(code, "holds a value of another class");
    }
    const std::string difference = Difference(*former, histogram_);
    if (!difference.empty()) {
      return Refuse(Code::kConflict, "has other axes: " + difference);
    }
    histogram_ = *std::move(former);
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
    return Fail(Error(code, reason + "; --fresh begins a new histogram in its "
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
    const auto numbers = ParseNumbers(in_.line());
    if (numbers && FillLine(histogram_, *numbers)) {
      is_changed_ = is_changed_ || !numbers->empty();
      return {};
    }
    const std::string fault = fmt::format(
        "line {}: {}", lines_,
        numbers
            ? fmt::format("{} numbers, where pairs are needed", numbers->size())
            : numbers.error().message());
    if (fill_.strict) return Fail(Code::kInvalidArgument, fault);
    if (wrong_++ == 0) first_wrong_ = fault;
    return {};
  }

  Status Store() {
    const auto stored = file_.Put(fill_.record, histogram_);
    if (!stored) return Fail(stored.error());
    is_changed_ = false;
    due_ = Clock::now() + std::chrono::nanoseconds(
                              static_cast<std::int64_t>(1e9 / fill_.rate_hz));
    return {};
  }

  MapFile& file_;
  const LiveFill& fill_;
  H histogram_;
  LineReader in_{STDIN_FILENO};
  Clock::time_point due_;
  bool is_changed_ = false;
  std::uint64_t lines_ = 0;
  std::uint64_t wrong_ = 0;
  std::string first_wrong_;
};

template <class H>
Status FillClass(MapFile& file, const LiveFill& fill, Output& output) {
  Filler<H> filler(file, fill);
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

Status FillFromInput(MapFile& file, const LiveFill& fill, Output& output) {
  double bytes = 8;
  for (const Axis& axis : fill.axes) {
    bytes *= static_cast<double>(axis.cells());
  }
  if (bytes > static_cast<double>(file.max_size_bytes())) {
    return Fail(Code::kNoSpace,
                fmt::format("{}: the histogram's bins need {:.3g} bytes, the "
                            "file may have {}",
                            file.path(), bytes, file.max_size_bytes()));
  }
  return fill.axes.size() == 1 ? FillClass<Histogram1D>(file, fill, output)
                               : FillClass<Histogram2D>(file, fill, output);
}

}  // namespace mapfile::tools
