#include "lib/base/try.h"
#include "lib/types/cells.h"
#include "mapfile/profile.h"

namespace mapfile {

Profile2D::Profile2D(std::string name, Axis x_axis, Axis y_axis,
                     std::string title)
    : Profile(std::move(name), std::move(title),
              internal::UsableCells({&x_axis, &y_axis})),
      x_axis_(std::move(x_axis)),
      y_axis_(std::move(y_axis)) {}

void Profile2D::Fill(const AxisValue& x, const AxisValue& y, double z,
                     double w) {
  if (Rejects(z, x.number(), y.number(), w)) return;
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  const std::size_t before[] = {x_axis_.cells(), y_axis_.cells()};
  double values[] = {x.number(), y.number()};
  const std::size_t i = FindOrAdd(x_axis_, x, values[0]);
  const std::size_t j = FindOrAdd(y_axis_, y, values[1]);
  FollowAxes(axes, before);
  AddValue({i, j}, values[0], values[1], z, w);
}

void Profile2D::Reset() {
  ResetCells();
  for (const auto sum : kSums) this->*sum = 0;
}

Status Profile2D::Merge(const Profile2D& other) {
  Axis* const axes[] = {&x_axis_, &y_axis_};
  const Axis* const others[] = {&other.x_axis_, &other.y_axis_};
  MAPFILE_RETURN_IF_ERROR(MergeCells(other, axes, others));
  for (const auto sum : kSums) this->*sum += other.*sum;
  return {};
}

Status Profile2D::SetCells(std::vector<double> weights,
                           std::vector<double> sums,
                           std::vector<double> sum_squares,
                           std::vector<double> weight_squares,
                           std::uint64_t entries) {
  MAPFILE_RETURN_IF_ERROR(Profile::SetCells(
      std::move(weights), std::move(sums), std::move(sum_squares),
      std::move(weight_squares), entries));
  for (const auto sum : kSums) this->*sum = 0;
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  internal::ForEachInside(axes, this->weights().size(),
                          [&](std::size_t cell, const auto& middle) {
                            const double w = CellEntries(cell);
                            AddCellToSums(cell);
                            sum_wx_ += w * middle[0];
                            sum_wx2_ += w * middle[0] * middle[0];
                            sum_wy_ += w * middle[1];
                            sum_wy2_ += w * middle[1] * middle[1];
                            sum_wxy_ += w * middle[0] * middle[1];
                          });
  return {};
}

void Profile2D::SetSums(const Sums& sums) {
  SetValueSums(sums);
  sum_wx_ = sums.wx;
  sum_wx2_ = sums.wx2;
  sum_wy_ = sums.wy;
  sum_wy2_ = sums.wy2;
  sum_wxy_ = sums.wxy;
}

std::string Profile2D::Fault() const {
  const Axis* const axes[] = {&x_axis_, &y_axis_};
  return FaultOver(axes);
}

double Profile2D::MeanX() const { return internal::MeanOf(sum_w(), sum_wx_); }

double Profile2D::MeanY() const { return internal::MeanOf(sum_w(), sum_wy_); }

double Profile2D::StdDevX() const {
  return internal::StdDevOf(sum_w(), sum_wx_, sum_wx2_);
}

double Profile2D::StdDevY() const {
  return internal::StdDevOf(sum_w(), sum_wy_, sum_wy2_);
}

}  // namespace mapfile
