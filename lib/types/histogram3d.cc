#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/types/cells.h"
#include "mapfile/histogram.h"

namespace mapfile {

Histogram3D::Histogram3D(std::string name, Axis x_axis, Axis y_axis,
                         Axis z_axis, std::string title)
    : Histogram(std::move(name), std::move(title),
                internal::UsableCells({&x_axis, &y_axis, &z_axis})),
      x_axis_(std::move(x_axis)),
      y_axis_(std::move(y_axis)),
      z_axis_(std::move(z_axis)) {}

void Histogram3D::Fill(const AxisValue& x, const AxisValue& y,
                       const AxisValue& z, double w) {
  if (CountNans(x.number(), y.number(), z.number(), w)) return;
  const Axis* const axes[] = {&x_axis_, &y_axis_, &z_axis_};
  const std::size_t before[] = {x_axis_.cells(), y_axis_.cells(),
                                z_axis_.cells()};
  double values[] = {x.number(), y.number(), z.number()};
  const std::size_t at[] = {FindOrAdd(x_axis_, x, values[0]),
                            FindOrAdd(y_axis_, y, values[1]),
                            FindOrAdd(z_axis_, z, values[2])};
  FollowAxes(axes, before);
  AddValue({at[0], at[1], at[2]}, values[0], values[1], values[2], w);
}

void Histogram3D::Reset() {
  ResetCells();
  for (const auto sum : kSums) this->*sum = 0;
}

void Histogram3D::Scale(double factor) {
  ScaleCells(factor);
  for (const auto sum : kSums) this->*sum *= factor;
}

Status Histogram3D::Merge(const Histogram3D& other) {
  Axis* const axes[] = {&x_axis_, &y_axis_, &z_axis_};
  const Axis* const others[] = {&other.x_axis_, &other.y_axis_, &other.z_axis_};
  MAPFILE_RETURN_IF_ERROR(MergeCells(other, axes, others));
  for (const auto sum : kSums) this->*sum += other.*sum;
  return {};
}

Status Histogram3D::SetContents(std::vector<double> contents,
                                std::vector<double> squares,
                                std::uint64_t entries) {
  MAPFILE_RETURN_IF_ERROR(
      SetCells(std::move(contents), std::move(squares), entries));
  for (const auto sum : kSums) this->*sum = 0;
  const Axis* const axes[] = {&x_axis_, &y_axis_, &z_axis_};
  internal::ForEachInside(
      axes, this->contents().size(), [&](std::size_t cell, const auto& middle) {
        const double square = CellError(cell) * CellError(cell);
        AddToSums(CellContent(cell), square, middle[0], middle[1], middle[2]);
      });
  return {};
}

void Histogram3D::SetSums(const Sums& sums) {
  SetWeights(sums.w, sums.w2);
  sum_wx_ = sums.wx;
  sum_wx2_ = sums.wx2;
  sum_wy_ = sums.wy;
  sum_wy2_ = sums.wy2;
  sum_wxy_ = sums.wxy;
  sum_wz_ = sums.wz;
  sum_wz2_ = sums.wz2;
  sum_wxz_ = sums.wxz;
  sum_wyz_ = sums.wyz;
}

std::string Histogram3D::Fault() const {
  const Axis* const axes[] = {&x_axis_, &y_axis_, &z_axis_};
  return FaultOver(axes);
}

double Histogram3D::Integral() const {
  const Axis* const axes[] = {&x_axis_, &y_axis_, &z_axis_};
  return SumInside(axes);
}

double Histogram3D::MeanX() const { return internal::MeanOf(sum_w(), sum_wx_); }

double Histogram3D::MeanY() const { return internal::MeanOf(sum_w(), sum_wy_); }

double Histogram3D::MeanZ() const { return internal::MeanOf(sum_w(), sum_wz_); }

double Histogram3D::StdDevX() const {
  return internal::StdDevOf(sum_w(), sum_wx_, sum_wx2_);
}

double Histogram3D::StdDevY() const {
  return internal::StdDevOf(sum_w(), sum_wy_, sum_wy2_);
}

double Histogram3D::StdDevZ() const {
  return internal::StdDevOf(sum_w(), sum_wz_, sum_wz2_);
}

double Histogram3D::CovarianceXY() const {
  return internal::CovarianceOf(sum_w(), sum_wx_, sum_wy_, sum_wxy_);
}

double Histogram3D::CovarianceXZ() const {
  return internal::CovarianceOf(sum_w(), sum_wx_, sum_wz_, sum_wxz_);
}

double Histogram3D::CovarianceYZ() const {
  return internal::CovarianceOf(sum_w(), sum_wy_, sum_wz_, sum_wyz_);
}

}  // namespace mapfile
