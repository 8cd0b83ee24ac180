#include "mapfile/histogram_base.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"

namespace mapfile {

void Histogram::KeepSquares() {
  if (squares_.empty()) squares_ = contents_;
}

double Histogram::CellError(std::size_t cell) const {
  if (cell < squares_.size()) return std::sqrt(squares_[cell]);
  return std::sqrt(std::abs(CellContent(cell)));
}

std::size_t Histogram::FindOrAdd(Axis& axis, const AxisValue& value,
                                 double& number) {
  return internal::FindOrAdd(axis, contents_.size(), value, number);
}

void Histogram::FollowAxes(std::span<const Axis* const> axes,
                           std::span<const std::size_t> before) {
  const auto maps = internal::GrownAxes(axes, before);
  internal::MoveCells(maps, contents_);
  internal::MoveCells(maps, squares_);
}

std::string Histogram::FaultOver(std::span<const Axis* const> axes) const {
  std::string fault = internal::FaultOf(axes, contents_.size());
  if (fault.empty() && keeps_squares() && squares_.size() != contents_.size()) {
    fault = fmt::format("{} squares for {} contents", squares_.size(),
                        contents_.size());
  }
  return fault;
}

double Histogram::SumInside(std::span<const Axis* const> axes) const {
  double sum = 0;
  internal::ForEachInside(
      axes, contents_.size(),
      [&](std::size_t cell, const auto&) { sum += contents_[cell]; });
  return sum;
}

void Histogram::ResetCells() {
  std::fill(contents_.begin(), contents_.end(), 0);
  std::fill(squares_.begin(), squares_.end(), 0);
  entries_ = nans_ = 0;
  sum_w_ = sum_w2_ = 0;
}

void Histogram::ScaleCells(double factor) {
  KeepSquares();
  for (double& content : contents_) content *= factor;
  for (double& square : squares_) square *= factor * factor;
  sum_w_ *= factor;
  sum_w2_ *= factor * factor;
}

Status Histogram::SetCells(std::vector<double> contents,
                           std::vector<double> squares, std::uint64_t entries) {
  const std::size_t cells = contents_.size();
  if (contents.size() != cells ||
      (!squares.empty() && squares.size() != cells)) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} contents and {} squares for {} cells",
                            contents.size(), squares.size(), cells));
  }
  contents_ = std::move(contents);
  squares_ = std::move(squares);
  entries_ = entries;
  sum_w_ = sum_w2_ = 0;
  return {};
}

Status Histogram::MergeCells(const Histogram& other,
                             std::span<Axis* const> axes,
                             std::span<const Axis* const> others) {
  const std::vector<const Axis*> own(axes.begin(), axes.end());
  const auto refuse = [&](const std::string& why) {
    return Fail(
        Code::kInvalidArgument,
        fmt::format("histograms {} and {} have {}", name_, other.name_, why));
  };
  auto plan = internal::PlanMerge({own, contents_.size()},
                                  {others, other.contents_.size()});
  if (!plan) return refuse(plan.error().message());
  for (const Histogram* h : {static_cast<const Histogram*>(this), &other}) {
    if (h->keeps_squares() && h->squares_.size() != h->contents_.size()) {
      return refuse("squares that don't fit their contents");
    }
  }
  if (other.keeps_squares()) KeepSquares();
  if (keeps_squares()) {
    internal::MergeInto(
        *plan, other.keeps_squares() ? other.squares_ : other.contents_,
        squares_);
  }
  internal::MergeInto(*plan, other.contents_, contents_);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    *axes[i] = std::move(plan->axes[i]);
  }
  entries_ += other.entries_;
  nans_ += other.nans_;
  sum_w_ += other.sum_w_;
  sum_w2_ += other.sum_w2_;
  return {};
}

}  // namespace mapfile
