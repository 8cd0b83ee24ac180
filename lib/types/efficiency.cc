#include "mapfile/efficiency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"

namespace mapfile {
namespace {

// One cell; neither need exist.
struct Counts {
  double passed;
  double total;
};

Counts At(const std::vector<double>& passed, const std::vector<double>& total,
          std::size_t bin) {
  return {bin < passed.size() ? passed[bin] : 0,
          bin < total.size() ? total[bin] : 0};
}

double Share(const Counts& counts) {
  return counts.total > 0 ? counts.passed / counts.total : 0;
}

}  // namespace

Efficiency::Efficiency(std::string name, Axis axis, std::string title)
    : name_(std::move(name)), title_(std::move(title)) {
  passed_.resize(internal::UsableCells({&axis}));
  total_ = passed_;
  x_axis_ = std::move(axis);
}

void Efficiency::Fill(bool passed, const AxisValue& x) {
  if (!x.has_label()) return Fill(passed, x.number());
  const Axis* const axes[] = {&x_axis_};
  const std::size_t before[] = {x_axis_.cells()};
  double value = 0;
  const std::size_t bin = internal::FindOrAdd(x_axis_, total_.size(), x, value);
  const auto maps = internal::GrownAxes(axes, before);
  internal::MoveCells(maps, passed_);
  internal::MoveCells(maps, total_);
  Add(bin, passed);
}

void Efficiency::Reset() {
  std::fill(passed_.begin(), passed_.end(), 0);
  std::fill(total_.begin(), total_.end(), 0);
  entries_ = nans_ = 0;
}

Status Efficiency::Merge(const Efficiency& other) {
  const Axis* const own[] = {&x_axis_};
  const Axis* const others[] = {&other.x_axis_};
  const auto refuse = [&](const std::string& why) {
    return Fail(
        Code::kInvalidArgument,
        fmt::format("efficiencies {} and {} have {}", name_, other.name_, why));
  };
  auto plan =
      internal::PlanMerge({own, total_.size()}, {others, other.total_.size()});
  if (!plan) return refuse(plan.error().message());
  for (const std::string& fault : {Fault(), other.Fault()}) {
    if (!fault.empty()) return refuse("counts that don't fit: " + fault);
  }
  internal::MergeInto(*plan, other.passed_, passed_);
  internal::MergeInto(*plan, other.total_, total_);
  x_axis_ = std::move(plan->axes[0]);
  entries_ += other.entries_;
  nans_ += other.nans_;
  return {};
}

Status Efficiency::SetCounts(std::vector<double> passed,
                             std::vector<double> total) {
  if (passed.size() != total_.size() || total.size() != total_.size()) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} passed and {} total for {} bins", passed.size(),
                            total.size(), total_.size()));
  }
  double sum = 0;
  for (std::size_t i = 0; i < total.size(); ++i) {
    if (!(0 <= passed[i] && passed[i] <= total[i])) {
      return Fail(
          Code::kInvalidArgument,
          fmt::format("{} passed of {} in bin {}", passed[i], total[i], i));
    }
    sum += total[i];
  }
  passed_ = std::move(passed);
  total_ = std::move(total);
  entries_ = sum < 0x1p64 ? static_cast<std::uint64_t>(sum) : 0;
  return {};
}

std::string Efficiency::Fault() const {
  const Axis* const axes[] = {&x_axis_};
  std::string fault = internal::FaultOf(axes, total_.size());
  if (fault.empty() && passed_.size() != total_.size()) {
    fault =
        fmt::format("{} passed for {} total", passed_.size(), total_.size());
  }
  return fault;
}

double Efficiency::BinEfficiency(std::size_t bin) const {
  return Share(At(passed_, total_, bin));
}

Efficiency::Interval Efficiency::BinInterval(std::size_t bin) const {
  const Counts counts = At(passed_, total_, bin);
  if (!(counts.total > 0)) return {0, 1};
  // With k = 1 standard deviation: the middle is (passed + k k / 2) over
  // (total + k k), the half width k sqrt(e (1 - e) total + k k / 4) over the
  // same.
  const double share = Share(counts);
  const double middle = (counts.passed + 0.5) / (counts.total + 1);
  const double half =
      std::sqrt(std::max(0.0, share * (1 - share) * counts.total + 0.25)) /
      (counts.total + 1);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

double Efficiency::Overall() const {
  Counts counts{0, 0};
  for (std::size_t bin = 1; bin + 1 < total_.size(); ++bin) {
    const Counts more = At(passed_, total_, bin);
    counts.passed += more.passed;
    counts.total += more.total;
  }
  return Share(counts);
}

}  // namespace mapfile
