#include "mapfile/time_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mapfile {

TimeSeries::TimeSeries(std::string name, std::uint64_t capacity,
                       std::string title, std::string unit)
    : name_(std::move(name)),
      title_(std::move(title)),
      unit_(std::move(unit)),
      capacity_(std::min(capacity, kMaxCapacity)) {
  times_ns_.reserve(capacity_);
  values_.reserve(capacity_);
}

void TimeSeries::Add(std::int64_t time_ns, double value) {
  if (capacity_ == 0 || samples_ == ~std::uint64_t{0}) return;
  const std::uint64_t at = samples_ % capacity_;
  ++samples_;
  // One that was read from a file may contradict itself.
  if (at < times_ns_.size() && at < values_.size()) {
    times_ns_[at] = time_ns;
    values_[at] = value;
  } else if (at == times_ns_.size() && at == values_.size()) {
    times_ns_.push_back(time_ns);
    values_.push_back(value);
  }
}

void TimeSeries::Clear() {
  times_ns_.clear();
  values_.clear();
  samples_ = 0;
}

Status TimeSeries::Merge(const TimeSeries& other) {
  std::vector<Sample> all;
  for (const TimeSeries* series :
       {static_cast<const TimeSeries*>(this), &other}) {
    const std::string fault = series->Fault();
    if (!fault.empty()) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("time series {} has {}", series->name_, fault));
    }
    for (std::size_t i = 0; i < series->size(); ++i) {
      all.push_back(series->At(i));
    }
  }
  std::stable_sort(
      all.begin(), all.end(),
      [](const Sample& a, const Sample& b) { return a.time_ns < b.time_ns; });
  const std::size_t kept =
      static_cast<std::size_t>(std::min<std::uint64_t>(capacity_, all.size()));
  const std::uint64_t samples =
      kept < capacity_ ? kept : samples_ + other.samples_;
  Clear();
  // Where the first of those that are kept is in the ring.
  samples_ = samples - kept;
  times_ns_.resize(kept);
  values_.resize(kept);
  for (auto at = all.end() - static_cast<std::ptrdiff_t>(kept); at != all.end();
       ++at) {
    Add(at->time_ns, at->value);
  }
  return {};
}

std::string TimeSeries::Fault() const {
  const std::uint64_t wanted = std::min(samples_, capacity_);
  if (times_ns_.size() == wanted && values_.size() == wanted) return {};
  return fmt::format("{} times_ns and {} values for {} samples in {} places",
                     times_ns_.size(), values_.size(), samples_, capacity_);
}

std::size_t TimeSeries::size() const {
  return std::min(times_ns_.size(), values_.size());
}

TimeSeries::Sample TimeSeries::At(std::size_t i) const {
  if (i >= size()) return {};
  const std::size_t first =
      samples_ > size() ? static_cast<std::size_t>(samples_ % size()) : 0;
  const std::size_t at = (first + i) % size();
  return {times_ns_[at], values_[at]};
}

}  // namespace mapfile
