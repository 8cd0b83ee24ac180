#include "lib/base/try.h"
#include "lib/types/cells.h"
#include "mapfile/profile.h"

namespace mapfile {

Profile1D::Profile1D(std::string name, Axis axis, std::string title)
    : Profile(std::move(name), std::move(title),
              internal::UsableCells({&axis})),
      x_axis_(std::move(axis)) {}

void Profile1D::Fill(const AxisValue& x, double y, double w) {
  if (Rejects(y, x.number(), w)) return;
  const Axis* const axes[] = {&x_axis_};
  const std::size_t before[] = {x_axis_.cells()};
  double value = x.number();
  const std::size_t bin = FindOrAdd(x_axis_, x, value);
  FollowAxes(axes, before);
  AddValue(bin, value, y, w);
}

void Profile1D::Reset() {
  ResetCells();
  sum_wx_ = sum_wx2_ = 0;
}

Status Profile1D::Merge(const Profile1D& other) {
  Axis* const axes[] = {&x_axis_};
  const Axis* const others[] = {&other.x_axis_};
  MAPFILE_RETURN_IF_ERROR(MergeCells(other, axes, others));
  sum_wx_ += other.sum_wx_;
  sum_wx2_ += other.sum_wx2_;
  return {};
}

Status Profile1D::SetCells(std::vector<double> weights,
                           std::vector<double> sums,
                           std::vector<double> sum_squares,
                           std::vector<double> weight_squares,
                           std::uint64_t entries) {
  MAPFILE_RETURN_IF_ERROR(Profile::SetCells(
      std::move(weights), std::move(sums), std::move(sum_squares),
      std::move(weight_squares), entries));
  sum_wx_ = sum_wx2_ = 0;
  const Axis* const axes[] = {&x_axis_};
  internal::ForEachInside(
      axes, this->weights().size(), [&](std::size_t cell, const auto& middle) {
        AddCellToSums(cell);
        sum_wx_ += CellEntries(cell) * middle[0];
        sum_wx2_ += CellEntries(cell) * middle[0] * middle[0];
      });
  return {};
}

void Profile1D::SetSums(const Sums& sums) {
  SetValueSums(sums);
  sum_wx_ = sums.wx;
  sum_wx2_ = sums.wx2;
}

std::string Profile1D::Fault() const {
  const Axis* const axes[] = {&x_axis_};
  return FaultOver(axes);
}

double Profile1D::Mean() const { return internal::MeanOf(sum_w(), sum_wx_); }

double Profile1D::StdDev() const {
  return internal::StdDevOf(sum_w(), sum_wx_, sum_wx2_);
}

}  // namespace mapfile
