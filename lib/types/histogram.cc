#include "mapfile/histogram.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"

namespace mapfile {

Histogram1D::Histogram1D(std::string name, Axis axis, std::string title)
    : Histogram(std::move(name), std::move(title),
                internal::UsableCells({&axis})),
      x_axis_(std::move(axis)) {}

void Histogram1D::Fill(const AxisValue& x, double w) {
  if (CountNans(x.number(), w)) return;
  const std::size_t before[] = {x_axis_.cells()};
  const Axis* const axes[] = {&x_axis_};
  double value = x.number();
  const std::size_t bin = FindOrAdd(x_axis_, x, value);
  FollowAxes(axes, before);
  AddValue(bin, value, w);
}

void Histogram1D::Reset() {
  ResetCells();
  sum_wx_ = sum_wx2_ = 0;
}

void Histogram1D::Scale(double factor) {
  ScaleCells(factor);
  sum_wx_ *= factor;
  sum_wx2_ *= factor;
}

Status Histogram1D::Merge(const Histogram1D& other) {
  Axis* const axes[] = {&x_axis_};
  const Axis* const others[] = {&other.x_axis_};
  MAPFILE_RETURN_IF_ERROR(MergeCells(other, axes, others));
  sum_wx_ += other.sum_wx_;
  sum_wx2_ += other.sum_wx2_;
  return {};
}

Status Histogram1D::SetContents(std::vector<double> contents,
                                std::vector<double> squares,
                                std::uint64_t entries) {
  MAPFILE_RETURN_IF_ERROR(
      SetCells(std::move(contents), std::move(squares), entries));
  sum_wx_ = sum_wx2_ = 0;
  const Axis* const axes[] = {&x_axis_};
  internal::ForEachInside(
      axes, this->contents().size(), [&](std::size_t cell, const auto& middle) {
        const double square = CellError(cell) * CellError(cell);
        AddToSums(CellContent(cell), square, middle[0]);
      });
  return {};
}

void Histogram1D::SetSums(const Sums& sums) {
  SetWeights(sums.w, sums.w2);
  sum_wx_ = sums.wx;
  sum_wx2_ = sums.wx2;
}

std::string Histogram1D::Fault() const {
  const Axis* const axes[] = {&x_axis_};
  return FaultOver(axes);
}

double Histogram1D::Integral(std::size_t first, std::size_t last) const {
  double sum = 0;
  for (std::size_t bin = first; bin <= last && bin < contents().size(); ++bin) {
    sum += contents()[bin];
  }
  return sum;
}

double Histogram1D::Mean() const { return internal::MeanOf(sum_w(), sum_wx_); }

double Histogram1D::StdDev() const {
  return internal::StdDevOf(sum_w(), sum_wx_, sum_wx2_);
}

double Histogram1D::MeanError() const {
  const double entries = EffectiveEntries();
  return entries > 0 ? StdDev() / std::sqrt(entries) : 0;
}

// Sum over bins of w (middle - mean)^power, over the sum of w and
// StdDev^power.
double Histogram1D::CentralMoment(int power) const {
  const double mean = Mean();
  const double std_dev = StdDev();
  double sum = 0;
  double weight = 0;
  const Axis* const axes[] = {&x_axis_};
  internal::ForEachInside(
      axes, contents().size(), [&](std::size_t cell, const auto& middle) {
        weight += CellContent(cell);
        sum += CellContent(cell) * std::pow(middle[0] - mean, power);
      });
  return weight == 0 || std_dev == 0
             ? 0
             : sum / (weight * std::pow(std_dev, power));
}

double Histogram1D::Skewness() const { return CentralMoment(3); }

double Histogram1D::Kurtosis() const {
  const double moment = CentralMoment(4);
  return moment == 0 ? 0 : moment - 3;
}

}  // namespace mapfile
