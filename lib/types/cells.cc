#include "lib/types/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "mapfile/histogram_base.h"

namespace mapfile::internal {
namespace {

constexpr std::size_t kMostAxes = 3;

AxisMap SameAxis(std::size_t cells) { return GrownAxis(cells, cells); }

bool IsSame(const AxisMap& map) {
  if (map.to.size() != map.after) return false;
  for (std::size_t i = 0; i < map.after; ++i) {
    if (map.to[i] != i) return false;
  }
  return true;
}

std::size_t CellsBefore(std::span<const AxisMap> maps) {
  std::size_t cells = 1;
  for (const AxisMap& map : maps) cells *= map.to.size();
  return cells;
}

std::size_t CellsAfter(std::span<const AxisMap> maps) {
  std::size_t cells = 1;
  for (const AxisMap& map : maps) cells *= map.after;
  return cells;
}

// InvalidArgument, naming the first difference.
Status CheckSame(Axes own, Axes other) {
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (own[i]->is_category() && other[i]->is_category()) continue;
    const std::string why = own[i]->DifferenceTo(*other[i]);
    if (why.empty()) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("different {}: {}",
                            own.size() == 1 ? "axes" : AxisName(i, 3), why));
  }
  return {};
}

std::string TooManyCells() {
  return fmt::format("more than {} cells", Histogram::kMaxCells);
}

// Whether lists as long as the axes say may be made, and labels are as many.
bool Fits(const Cells& cells) {
  return CountCells(cells.axes) == cells.count &&
         std::all_of(cells.axes.begin(), cells.axes.end(), [](const Axis* a) {
           return !a->is_category() || a->labels().size() == a->bins();
         });
}

}  // namespace

std::optional<std::size_t> CountCells(Axes axes) {
  std::size_t cells = 1;
  for (const Axis* axis : axes) {
    // Both are below 2^33: the product doesn't wrap.
    cells *= axis->cells();
    if (cells > Histogram::kMaxCells) return std::nullopt;
  }
  return cells;
}

std::size_t UsableCells(std::initializer_list<Axis*> axes) {
  const std::vector<const Axis*> all(axes.begin(), axes.end());
  const auto cells = CountCells(all);
  std::string fault;
  if (!cells) fault = TooManyCells();
  for (std::size_t i = 0; i < all.size() && fault.empty(); ++i) {
    fault = all[i]->Fault();
    if (!fault.empty() && i > 0) {
      // Of the first one it is told, which isn't to blame.
      fault =
          fmt::format("the {} isn't valid: {}", AxisName(i, all.size()), fault);
    }
  }
  if (fault.empty()) return *cells;
  for (Axis* axis : axes) *axis = Axis::NotValid(fault);
  return std::size_t{1} << axes.size();
}

std::string AxisName(std::size_t i, std::size_t count) {
  return count == 1 ? "axis"
                    : std::string(1, static_cast<char>('x' + i)) + " axis";
}

std::string FaultOf(Axes axes, std::size_t cells) {
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::string fault = axes[i]->Fault();
    if (!fault.empty()) return AxisName(i, axes.size()) + ": " + fault;
  }
  const auto wanted = CountCells(axes);
  if (!wanted) return TooManyCells();
  if (*wanted == cells) return {};
  return fmt::format("{} contents for {} cells", cells, *wanted);
}

AxisMap GrownAxis(std::size_t before, std::size_t after) {
  AxisMap map{std::vector<std::size_t>(before), after};
  for (std::size_t i = 0; i < before; ++i) map.to[i] = i;
  if (before > 0) map.to.back() = after - 1;
  return map;
}

std::vector<AxisMap> GrownAxes(Axes axes, std::span<const std::size_t> before) {
  bool grew = false;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    grew = grew || axes[i]->cells() != before[i];
  }
  std::vector<AxisMap> maps;
  for (std::size_t i = 0; grew && i < axes.size(); ++i) {
    maps.push_back(GrownAxis(before[i], axes[i]->cells()));
  }
  return maps;
}

void AddCells(const std::vector<double>& from, std::span<const AxisMap> maps,
              std::vector<double>& into) {
  const AxisMap single = SameAxis(1);
  const auto map = [&](std::size_t i) -> const AxisMap& {
    return i < maps.size() ? maps[i] : single;
  };
  std::size_t cell = 0;
  for (const std::size_t k : map(2).to) {
    for (const std::size_t j : map(1).to) {
      const std::size_t row = map(0).after * (j + map(1).after * k);
      for (const std::size_t i : map(0).to) into[row + i] += from[cell++];
    }
  }
}

void MoveCells(std::span<const AxisMap> maps, std::vector<double>& cells) {
  if (maps.empty() || cells.empty() || cells.size() != CellsBefore(maps)) {
    return;
  }
  std::vector<double> moved(CellsAfter(maps));
  AddCells(cells, maps, moved);
  cells = std::move(moved);
}

Result<MergePlan> PlanMerge(Cells own, Cells other) {
  MAPFILE_RETURN_IF_ERROR(CheckSame(own.axes, other.axes));
  for (const Cells& cells : {own, other}) {
    if (!Fits(cells)) {
      return Fail(Code::kInvalidArgument, "cells that don't fit their axes");
    }
  }
  MergePlan plan;
  for (std::size_t i = 0; i < own.axes.size(); ++i) {
    Axis axis = *own.axes[i];
    const std::size_t before = axis.cells();
    AxisMap map = SameAxis(other.axes[i]->cells());
    if (axis.is_category()) {
      MAPFILE_ASSIGN_OR_RETURN(map.to, axis.AdoptLabels(*other.axes[i]));
    }
    map.after = axis.cells();
    plan.own.push_back(GrownAxis(before, axis.cells()));
    plan.moves = plan.moves || !IsSame(plan.own.back()) || !IsSame(map);
    plan.other.push_back(std::move(map));
    plan.axes.push_back(std::move(axis));
  }
  std::vector<const Axis*> axes;
  for (const Axis& axis : plan.axes) axes.push_back(&axis);
  if (CountCells(axes)) return plan;
  return Fail(Code::kInvalidArgument,
              fmt::format("more than {} cells together", Histogram::kMaxCells));
}

void MergeInto(const MergePlan& plan, const std::vector<double>& from,
               std::vector<double>& into) {
  if (plan.moves) {
    MoveCells(plan.own, into);
    AddCells(from, plan.other, into);
    return;
  }
  for (std::size_t i = 0; i < into.size(); ++i) into[i] += from[i];
}

std::size_t FindOrAdd(Axis& axis, std::size_t cells, const AxisValue& value,
                      double& number) {
  if (!value.has_label()) return axis.Locate(number);
  const std::size_t bin = axis.FindBin(value.label());
  const std::size_t per_bin = cells / axis.cells();
  if (bin <= axis.bins() || cells + per_bin > Histogram::kMaxCells) return bin;
  return axis.FindOrAdd(value.label());
}

void ForEachInside(Axes axes, std::size_t cells, VisitCell visit) {
  if (CountCells(axes) != cells) return;
  // Bin by bin, without the two outside; one that isn't there has one middle.
  std::array<std::vector<double>, kMostAxes> middles;
  std::array<std::size_t, kMostAxes> size = {1, 1, 1};
  for (std::size_t a = 0; a < kMostAxes; ++a) {
    if (a >= axes.size()) {
      middles[a] = {0};
      continue;
    }
    size[a] = axes[a]->cells();
    for (std::size_t i = 1; i + 1 < size[a]; ++i) {
      middles[a].push_back(axes[a]->Center(i));
    }
  }
  const auto first = [&](std::size_t a) { return a < axes.size() ? 1u : 0u; };
  for (std::size_t k = 0; k < middles[2].size(); ++k) {
    for (std::size_t j = 0; j < middles[1].size(); ++j) {
      const std::size_t row =
          size[0] * (j + first(1) + size[1] * (k + first(2)));
      for (std::size_t i = 0; i < middles[0].size(); ++i) {
        visit(row + i + 1, {middles[0][i], middles[1][j], middles[2][k]});
      }
    }
  }
}

double MeanOf(double sum_w, double sum_wx) {
  return sum_w == 0 ? 0 : sum_wx / sum_w;
}

double StdDevOf(double sum_w, double sum_wx, double sum_wx2) {
  if (sum_w == 0) return 0;
  const double mean = sum_wx / sum_w;
  // Rounding can make a tiny variance negative.
  return std::sqrt(std::max(0.0, sum_wx2 / sum_w - mean * mean));
}

double CovarianceOf(double sum_w, double sum_wx, double sum_wy,
                    double sum_wxy) {
  if (sum_w == 0) return 0;
  return sum_wxy / sum_w - sum_wx / sum_w * (sum_wy / sum_w);
}

}  // namespace mapfile::internal
