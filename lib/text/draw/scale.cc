#include "lib/text/draw/scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/text/human.h"

namespace mapfile::text {
namespace {

constexpr int kMostTicks = 1000;
constexpr double kSecondNs = 1e9;
// Seconds of which the next is a multiple, as far as people count in them.
constexpr double kTimeSteps[] = {
    1,    2,    5,    10,    15,    30,    60,    120,    300,    600,  900,
    1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864e3};

// "12:30:15.250", as much of it as a step of `step_s` leaves to say.
std::string TimeLabel(std::int64_t time_ns, double step_s) {
  const std::string text = Iso8601(static_cast<std::uint64_t>(time_ns), 9);
  if (step_s >= 86400) return text.substr(0, 10);
  if (step_s >= 60) return text.substr(11, 5);
  const int digits =
      step_s >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step_s) - 1e-9));
  return text.substr(
      11, digits == 0 ? 8 : 9 + static_cast<std::size_t>(std::min(digits, 9)));
}

}  // namespace

ValueRange RangeOf(std::span<const double> values) {
  ValueRange range;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

Scale Scale::Linear(double low, double high) {
  // As Place() divides: the least numbers have no halves.
  if (low / 2 < high / 2) return Scale(Kind::kLinear, low, high);
  constexpr double kLeast = std::numeric_limits<double>::min();
  constexpr double kMost = std::numeric_limits<double>::max();
  const double tenth = std::fabs(low) / 10;
  const double half = tenth > kLeast ? tenth : 0.5;
  return Scale(Kind::kLinear, std::max(low - half, -kMost),
               std::min(low + half, kMost));
}

Scale Scale::Logarithmic(double low, double high) {
  if (!(low < high)) {
    high = low > 1 ? low : low * 10;
    low = low > 1 ? low / 10 : low;
  }
  return Scale(Kind::kLogarithmic, low, high);
}

Scale Scale::Time(double low, double high, std::int64_t start_ns) {
  Scale scale = Linear(low, high);
  // Times before 1970 have no name: they are seconds. So are those so late
  // that a tick or two behind them can't be counted.
  const double first = static_cast<double>(start_ns) + scale.low_ * kSecondNs;
  const double last = static_cast<double>(start_ns) + scale.high_ * kSecondNs;
  const bool named = first >= 0 && last + 4 * (last - first) < 9.2e18;
  if (named) scale.kind_ = Kind::kTime;
  scale.start_ns_ = start_ns;
  return scale;
}

double Scale::Place(double value) const {
  if (kind_ == Kind::kLogarithmic) {
    if (!(value > 0)) return std::isnan(value) ? value : -1;
    // Neighbours among large numbers have one logarithm.
    const double range = std::log(high_) - std::log(low_);
    return range > 0 ? (std::log(value) - std::log(low_)) / range : 0;
  }
  // Halves: the difference of two large values may be no double.
  return (value / 2 - low_ / 2) / (high_ / 2 - low_ / 2);
}

std::vector<Tick> Scale::Ticks(int most) const {
  most = std::clamp(most, 1, kMostTicks);
  switch (kind_) {
    case Kind::kLinear: return LinearTicks(most);
    case Kind::kLogarithmic: return Decades(most);
    case Kind::kTime: return Times(most);
  }
  return {};
}

std::vector<Tick> Scale::LinearTicks(int most) const {
  std::vector<Tick> ticks;
  const double step = NiceStep(high_ - low_, most);
  if (step == 0) return ticks;
  // Counted, as adding up would collect rounding errors. Where neighbouring
  // numbers are further apart than ticks, there are none.
  for (double i = std::ceil(low_ / step - 1e-9);
       i * step <= high_ + step * 1e-9; ++i) {
    const double value = i == 0 ? 0 : i * step;
    if (!std::isfinite(value) || i + 1 == i) break;
    // Six digits tell neighbours apart unless the range is tiny.
    ticks.push_back({std::clamp(Place(value), 0.0, 1.0), HumanNumber(value)});
    if (ticks.size() > static_cast<std::size_t>(2 * most + 2)) break;
  }
  return ticks;
}

std::vector<Tick> Scale::Decades(int most) const {
  const int first = static_cast<int>(std::ceil(std::log10(low_) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(high_) + 1e-9));
  if (last < first) return LinearTicks(most);
  const int step = std::max(1, (last - first) / most + 1);
  std::vector<Tick> ticks;
  const bool between = (last - first + 1) * 3 <= most;
  for (int power = between ? first - 1 : first; power <= last; power += step) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor > 1 && !between) break;
      const double value = factor * std::pow(10, power);
      const double place = Place(value);
      if (!(place >= -1e-9 && place <= 1 + 1e-9)) continue;
      ticks.push_back({std::clamp(place, 0.0, 1.0), HumanNumber(value)});
    }
  }
  return ticks;
}

std::vector<Tick> Scale::Times(int most) const {
  const double range = high_ - low_;
  double step = NiceStep(range, most);
  if (step > 0.5) {
    step = NiceStep(range / 86400, most) * 86400;
    for (const double nice : kTimeSteps) {
      if (nice < range / most * 0.9999) continue;
      step = nice;
      break;
    }
  }
  const double step_ns = std::round(step * kSecondNs);
  if (!(step_ns >= 1)) return {};
  const auto whole = static_cast<std::int64_t>(step_ns);
  std::vector<Tick> ticks;
  const auto begin = start_ns_ + static_cast<std::int64_t>(low_ * kSecondNs);
  for (std::int64_t time = (begin + whole - 1) / whole * whole;;
       time += whole) {
    const double place =
        Place(static_cast<double>(time - start_ns_) / kSecondNs);
    if (!(place <= 1 + 1e-9)) return ticks;
    ticks.push_back({std::clamp(place, 0.0, 1.0), TimeLabel(time, step)});
    if (ticks.size() > static_cast<std::size_t>(2 * most + 2)) return ticks;
  }
}

Scale LogarithmicFor(std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  for (const double value : values) {
    if (!(value > 0) || !std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (high == 0) return Scale::Logarithmic(0.5, 1);
  const double half = low / 2;
  return Scale::Logarithmic(half > 0 ? half : low, high);
}

double NiceStep(double range, int parts) {
  const double raw = range / parts;
  if (!(raw > 0) || !std::isfinite(raw)) return 0;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  if (!(power > 0)) return 0;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw * 0.9999) return factor * power;
  }
  return 10 * power;
}

}  // namespace mapfile::text
