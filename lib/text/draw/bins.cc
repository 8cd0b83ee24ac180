#include "lib/text/draw/bins.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace mapfile::text {
namespace {

double Sum(std::span<const double> values, std::size_t begin, std::size_t end) {
  const std::size_t last = std::min(end, values.size());
  double sum = 0;
  for (std::size_t i = begin; i < last; ++i) sum += values[i];
  return sum;
}

struct Bar {
  double value;
  double low;
  double high;
};

Bar SumOf(const HistogramData& data, std::size_t begin, std::size_t end,
          ErrorBars bars) {
  const double sum = Sum(data.contents, begin, end);
  if (bars == ErrorBars::kNone) return {sum, sum, sum};
  // Weights of 1 are their own squares.
  const double squares =
      data.squares.empty() ? sum : Sum(data.squares, begin, end);
  const double error = std::sqrt(std::max(0.0, squares));
  return {sum, sum - error, sum + error};
}

Bar MeanOf(const HistogramData& data, std::size_t begin, std::size_t end,
           ErrorBars bars) {
  const double weight = Sum(data.weights, begin, end);
  if (weight == 0) return {0, 0, 0};
  const double mean = Sum(data.contents, begin, end) / weight;
  if (bars == ErrorBars::kNone || data.squares.empty()) {
    return {mean, mean, mean};
  }
  // As profile.h has it.
  double error = std::sqrt(
      std::fabs(Sum(data.squares, begin, end) / weight - mean * mean));
  if (bars == ErrorBars::kErrors) {
    const double effective =
        data.weight_squares.empty()
            ? weight
            : weight * weight / Sum(data.weight_squares, begin, end);
    error = effective > 0 ? error / std::sqrt(effective) : 0;
  }
  return {mean, mean - error, mean + error};
}

Bar ShareOf(const HistogramData& data, std::size_t begin, std::size_t end) {
  const double total = Sum(data.weights, begin, end);
  if (!(total > 0)) return {0, 0, 0};
  const double share = Sum(data.contents, begin, end) / total;
  // As efficiency.h has it.
  const double middle = (share * total + 0.5) / (total + 1);
  const double half =
      std::sqrt(std::max(0.0, share * (1 - share) * total + 0.25)) /
      (total + 1);
  return {share, std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Bar BarOf(const HistogramData& data, std::size_t begin, std::size_t end,
          ErrorBars bars) {
  switch (data.shown) {
    case Shown::kSums: return SumOf(data, begin, end, bars);
    case Shown::kMeans: return MeanOf(data, begin, end, bars);
    case Shown::kShares: return ShareOf(data, begin, end);
  }
  return {};
}

}  // namespace

Groups Groups::Of(std::size_t bins, int places) {
  const auto room = static_cast<std::size_t>(std::max(places, 1));
  const std::size_t least = std::max<std::size_t>(1, (bins + room - 1) / room);
  for (std::size_t size = least; size <= least + least / 4; ++size) {
    if (bins % size == 0) return {bins, size};
  }
  return {bins, least};
}

ValuesWithErrors ValuesOf(const HistogramData& data, const Groups& groups,
                          ErrorBars bars) {
  ValuesWithErrors shown;
  for (std::size_t i = 0; i < groups.count(); ++i) {
    const Bar bar = BarOf(data, groups.begin(i), groups.end(i), bars);
    shown.values.push_back(bar.value);
    if (bars == ErrorBars::kNone) continue;
    shown.low.push_back(bar.low);
    shown.high.push_back(bar.high);
  }
  return shown;
}

ErrorBars ErrorBarsOf(const HistogramData& data, bool asked) {
  if (asked) return ErrorBars::kErrors;
  const bool spread = data.shown == Shown::kMeans && !data.squares.empty();
  return spread ? ErrorBars::kSpread : ErrorBars::kNone;
}

Scale ScaleOf(const ValuesWithErrors& shown, bool log) {
  std::vector<double> all = shown.values;
  all.insert(all.end(), shown.high.begin(), shown.high.end());
  if (log) return LogarithmicFor(all);
  all.insert(all.end(), shown.low.begin(), shown.low.end());
  const ValueRange range = RangeOf(all);
  return range.low == range.high ? Scale::Linear(0, 1)
                                 : Scale::Linear(range.low, range.high);
}

}  // namespace mapfile::text
