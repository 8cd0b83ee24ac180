#include "mapfile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"

namespace mapfile {

void Profile::SetValueTitle(std::string title, std::string unit) {
  value_title_ = std::move(title);
  value_unit_ = std::move(unit);
}

void Profile::SetValueRange(double low, double high) {
  value_low_ = low;
  value_high_ = high;
}

double Profile::CellMean(std::size_t cell) const {
  const double weight = At(weights_, cell);
  return weight == 0 ? 0 : At(sums_, cell) / weight;
}

double Profile::CellSpread(std::size_t cell) const {
  const double weight = At(weights_, cell);
  if (weight == 0) return 0;
  const double mean = CellMean(cell);
  return std::sqrt(std::abs(At(sum_squares_, cell) / weight - mean * mean));
}

double Profile::CellEffectiveEntries(std::size_t cell) const {
  const double weight = At(weights_, cell);
  if (weight_squares_.empty()) return weight;
  const double square = At(weight_squares_, cell);
  return square == 0 ? 0 : weight * weight / square;
}

double Profile::CellError(std::size_t cell) const {
  const double entries = CellEffectiveEntries(cell);
  return entries > 0 ? CellSpread(cell) / std::sqrt(entries) : 0;
}

double Profile::MeanValue() const { return internal::MeanOf(sum_w_, sum_wv_); }

double Profile::StdDevValue() const {
  return internal::StdDevOf(sum_w_, sum_wv_, sum_wv2_);
}

std::size_t Profile::FindOrAdd(Axis& axis, const AxisValue& value,
                               double& number) {
  return internal::FindOrAdd(axis, weights_.size(), value, number);
}

void Profile::FollowAxes(std::span<const Axis* const> axes,
                         std::span<const std::size_t> before) {
  const auto maps = internal::GrownAxes(axes, before);
  for (auto* list : {&weights_, &sums_, &sum_squares_, &weight_squares_}) {
    internal::MoveCells(maps, *list);
  }
}

std::string Profile::FaultOver(std::span<const Axis* const> axes) const {
  std::string fault = internal::FaultOf(axes, weights_.size());
  const std::size_t squares = weight_squares_.size();
  if (fault.empty() && (sums_.size() != weights_.size() ||
                        sum_squares_.size() != weights_.size() ||
                        (squares != 0 && squares != weights_.size()))) {
    fault = fmt::format(
        "{} sums, {} sum_squares and {} weight_squares for {} weights",
        sums_.size(), sum_squares_.size(), squares, weights_.size());
  }
  return fault;
}

void Profile::ResetCells() {
  for (auto* list : {&weights_, &sums_, &sum_squares_, &weight_squares_}) {
    std::fill(list->begin(), list->end(), 0);
  }
  entries_ = nans_ = cut_ = 0;
  sum_w_ = sum_w2_ = sum_wv_ = sum_wv2_ = 0;
}

Status Profile::SetCells(std::vector<double> weights, std::vector<double> sums,
                         std::vector<double> sum_squares,
                         std::vector<double> weight_squares,
                         std::uint64_t entries) {
  const std::size_t cells = weights_.size();
  if (weights.size() != cells || sums.size() != cells ||
      sum_squares.size() != cells ||
      (!weight_squares.empty() && weight_squares.size() != cells)) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} weights, {} sums, {} sum_squares and {} "
                            "weight_squares for {} cells",
                            weights.size(), sums.size(), sum_squares.size(),
                            weight_squares.size(), cells));
  }
  weights_ = std::move(weights);
  sums_ = std::move(sums);
  sum_squares_ = std::move(sum_squares);
  weight_squares_ = std::move(weight_squares);
  entries_ = entries;
  sum_w_ = sum_w2_ = sum_wv_ = sum_wv2_ = 0;
  return {};
}

void Profile::SetValueSums(const Sums& sums) {
  sum_w_ = sums.w;
  sum_w2_ = sums.w2;
  sum_wv_ = sums.wv;
  sum_wv2_ = sums.wv2;
}

void Profile::AddCellToSums(std::size_t cell) {
  const double weight = At(weights_, cell);
  sum_w_ += weight;
  sum_w2_ += weight_squares_.empty() ? weight : At(weight_squares_, cell);
  sum_wv_ += At(sums_, cell);
  sum_wv2_ += At(sum_squares_, cell);
}

Status Profile::MergeCells(const Profile& other, std::span<Axis* const> axes,
                           std::span<const Axis* const> others) {
  const std::vector<const Axis*> own(axes.begin(), axes.end());
  const auto refuse = [&](const std::string& why) {
    return Fail(
        Code::kInvalidArgument,
        fmt::format("profiles {} and {} have {}", name_, other.name_, why));
  };
  auto plan = internal::PlanMerge({own, weights_.size()},
                                  {others, other.weights_.size()});
  if (!plan) return refuse(plan.error().message());
  if (value_low_ != other.value_low_ || value_high_ != other.value_high_) {
    return refuse(fmt::format(
        "different ranges of values: {} to {} and {} to "
        "{}",
        value_low_, value_high_, other.value_low_, other.value_high_));
  }
  for (std::string fault : {FaultOver(own), other.FaultOver(others)}) {
    if (!fault.empty()) return refuse("cells that don't fit: " + fault);
  }
  if (weight_squares_.empty() && !other.weight_squares_.empty()) {
    weight_squares_ = weights_;
  }
  if (!weight_squares_.empty()) {
    internal::MergeInto(
        *plan,
        other.weight_squares_.empty() ? other.weights_ : other.weight_squares_,
        weight_squares_);
  }
  internal::MergeInto(*plan, other.weights_, weights_);
  internal::MergeInto(*plan, other.sums_, sums_);
  internal::MergeInto(*plan, other.sum_squares_, sum_squares_);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    *axes[i] = std::move(plan->axes[i]);
  }
  AddCounts(other);
  return {};
}

void Profile::AddCounts(const Profile& other) {
  entries_ += other.entries_;
  nans_ += other.nans_;
  cut_ += other.cut_;
  sum_w_ += other.sum_w_;
  sum_w2_ += other.sum_w2_;
  sum_wv_ += other.sum_wv_;
  sum_wv2_ += other.sum_wv2_;
}

}  // namespace mapfile
