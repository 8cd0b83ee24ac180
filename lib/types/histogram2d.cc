#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"
#include "mapfile/histogram.h"

namespace mapfile {

Histogram2D::Histogram2D(std::string name, Axis x_axis, Axis y_axis,
                         std::string title)
    : Histogram(std::move(name), std::move(title),
                internal::UsableCells({&x_axis, &y_axis})),
      x_axis_(std::move(x_axis)),
      y_axis_(std::move(y_axis)) {}

void Histogram2D::Fill(const AxisValue& x, const AxisValue& y, double w) {
  if (CountNans(x.number(), y.number(), w)) return;
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  const std::size_t before[] = {x_axis_.cells(), y_axis_.cells()};
  double values[] = {x.number(), y.number()};
  const std::size_t at[] = {FindOrAdd(x_axis_, x, values[0]),
                            FindOrAdd(y_axis_, y, values[1])};
  FollowAxes(axes, before);
  AddValue(at[0], at[1], values[0], values[1], w);
}

void Histogram2D::Reset() {
  ResetCells();
  for (const auto sum : kSums) this->*sum = 0;
}

void Histogram2D::Scale(double factor) {
  ScaleCells(factor);
  for (const auto sum : kSums) this->*sum *= factor;
}

Status Histogram2D::Merge(const Histogram2D& other) {
  Axis* const axes[] = {&x_axis_, &y_axis_};
  const Axis* const others[] = {&other.x_axis_, &other.y_axis_};
  MAPFILE_RETURN_IF_ERROR(MergeCells(other, axes, others));
  for (const auto sum : kSums) this->*sum += other.*sum;
  return {};
}

Status Histogram2D::SetContents(std::vector<double> contents,
                                std::vector<double> squares,
                                std::uint64_t entries) {
  MAPFILE_RETURN_IF_ERROR(
      SetCells(std::move(contents), std::move(squares), entries));
  for (const auto sum : kSums) this->*sum = 0;
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  internal::ForEachInside(
      axes, this->contents().size(), [&](std::size_t cell, const auto& middle) {
        const double square = CellError(cell) * CellError(cell);
        AddToSums(CellContent(cell), square, middle[0], middle[1]);
      });
  return {};
}

void Histogram2D::SetSums(const Sums& sums) {
  SetWeights(sums.w, sums.w2);
  sum_wx_ = sums.wx;
  sum_wx2_ = sums.wx2;
  sum_wy_ = sums.wy;
  sum_wy2_ = sums.wy2;
  sum_wxy_ = sums.wxy;
}

std::string Histogram2D::Fault() const {
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  return FaultOver(axes);
}

double Histogram2D::Integral() const {
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  return SumInside(axes);
}

double Histogram2D::MeanX() const { return internal::MeanOf(sum_w(), sum_wx_); }

double Histogram2D::MeanY() const { return internal::MeanOf(sum_w(), sum_wy_); }

double Histogram2D::StdDevX() const {
  return internal::StdDevOf(sum_w(), sum_wx_, sum_wx2_);
}

double Histogram2D::StdDevY() const {
  return internal::StdDevOf(sum_w(), sum_wy_, sum_wy2_);
}

double Histogram2D::Covariance() const {
  return internal::CovarianceOf(sum_w(), sum_wx_, sum_wy_, sum_wxy_);
}

double Histogram2D::Correlation() const {
  const double deviations = StdDevX() * StdDevY();
  return deviations == 0 ? 0 : Covariance() / deviations;
}

}  // namespace mapfile
