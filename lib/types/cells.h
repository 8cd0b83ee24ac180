// The cells of objects over one to three axes, as plain lists of numbers.
#ifndef MAPFILE_LIB_TYPES_CELLS_H_
#define MAPFILE_LIB_TYPES_CELLS_H_

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/function_ref.h"
#include "mapfile/axis.h"
#include "mapfile/status.h"

namespace mapfile::internal {

using Axes = std::span<const Axis* const>;

// How many cells are over `axes`; none: more than Histogram::kMaxCells.
std::optional<std::size_t> CountCells(Axes axes);

// How many cells an object over these axes gets. Where one of them isn't
// valid, or there would be too many, all become not valid.
std::size_t UsableCells(std::initializer_list<Axis*> axes);

// "x axis", or "axis" where there is no other.
std::string AxisName(std::size_t i, std::size_t count);

// What is wrong with the axes of an object that has `cells`, by name; empty:
// nothing.
std::string FaultOf(Axes axes, std::size_t cells);

// Of each bin of one axis, where it goes among `after` cells.
struct AxisMap {
  std::vector<std::size_t> to;  // As many as there were cells
  std::size_t after = 0;
};
// The cells of an axis that got more bins: only overflow moves.
AxisMap GrownAxis(std::size_t before, std::size_t after);

// Of all of `axes`, which had the cells in `before`; none: none grew.
std::vector<AxisMap> GrownAxes(Axes axes, std::span<const std::size_t> before);

// Adds `from` to `into`, each cell where `maps` says. Both have as many cells
// as the maps say.
void AddCells(const std::vector<double>& from, std::span<const AxisMap> maps,
              std::vector<double>& into);
// Makes `cells` those after the axes changed; none stay none, and so do those
// that don't fit the maps.
void MoveCells(std::span<const AxisMap> maps, std::vector<double>& cells);

// How cells over the axes of one object are added to those of another.
struct MergePlan {
  std::vector<Axis> axes;  // As they are afterwards
  std::vector<AxisMap> own;
  std::vector<AxisMap> other;
  bool moves = false;  // Some cell isn't where it was in one of the two
};
// An object's axes and how many cells it has.
struct Cells {
  Axes axes;
  std::size_t count;
};
// InvalidArgument, naming the first difference: axes aren't the same, or not
// those of the cells. Labels of category axes are matched by what they say.
[[nodiscard]] Result<MergePlan> PlanMerge(Cells own, Cells other);
// Adds the cells of `from`, which are the other's, to `into`.
void MergeInto(const MergePlan& plan, const std::vector<double>& from,
               std::vector<double>& into);

// The bin of `value`, whose number is `number`, as Axis::Locate; of a new
// label a new one, if the axis grows and an object of `cells` has room.
std::size_t FindOrAdd(Axis& axis, std::size_t cells, const AxisValue& value,
                      double& number);

// Calls visit(cell, middles of its bins) for the cells inside all axes; not
// at all where `cells` aren't those of the axes.
using VisitCell =
    FunctionRef<void(std::size_t cell, const std::array<double, 3>& middles)>;
void ForEachInside(Axes axes, std::size_t cells, VisitCell visit);

// From running sums, as TH1 and TH2 do; 0 where there is no weight.
double MeanOf(double sum_w, double sum_wx);
double StdDevOf(double sum_w, double sum_wx, double sum_wx2);
double CovarianceOf(double sum_w, double sum_wx, double sum_wy, double sum_wxy);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_CELLS_H_
