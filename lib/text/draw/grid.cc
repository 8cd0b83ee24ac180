#include "lib/text/draw/grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/text/draw/bins.h"

namespace mapfile::text {
namespace {

bool IsRegular(const AxisData& axis) {
  return axis.regular || axis.kind == "logarithmic";
}

// Of groups, the last of which may be incomplete: the axis then ends beyond
// its last edge.
Scale ScaleOver(const AxisData& axis, std::size_t bins) {
  const double low = axis.edges.front();
  const double high = axis.edges.back();
  const double part =
      static_cast<double>(bins) / static_cast<double>(axis.bins());
  if (axis.kind == "logarithmic") {
    return Scale::Logarithmic(low, low * std::pow(high / low, part));
  }
  return Scale::Linear(low, part == 1 ? high : low + (high - low) * part);
}

std::vector<BinRange> PlacesToScale(const std::vector<double>& edges,
                                    int most) {
  std::vector<BinRange> places;
  const double low = edges.front();
  const double step = (edges.back() - low) / most;
  const std::size_t bins = edges.size() - 1;
  std::size_t bin = 0;
  for (int i = 0; i < most; ++i) {
    const double begin = low + step * i;
    const double end = low + step * (i + 1);
    while (bin + 1 < bins && edges[bin + 1] <= begin) ++bin;
    std::size_t last = bin;
    while (last + 1 < bins && edges[last + 1] < end) ++last;
    places.push_back({bin, last + 1});
  }
  return places;
}

double ValueOfCell(const Cells& cells, std::size_t at) {
  if (cells.weights.empty()) return cells.sums[at];
  return cells.weights[at] == 0 ? 0 : cells.sums[at] / cells.weights[at];
}

double Low(const std::vector<double>& values, bool log) {
  return log ? LogarithmicFor(values).low() : RangeOf(values).low;
}

double High(const std::vector<double>& values, bool log) {
  return log ? LogarithmicFor(values).high() : RangeOf(values).high;
}

}  // namespace

GridAxis::GridAxis(const AxisData& axis, int most, int most_per_bin)
    : regular(IsRegular(axis)), scale(ScaleOver(axis, axis.bins())) {
  most = std::max(most, 1);
  if (!regular) {
    places = PlacesToScale(axis.edges, most);
    return;
  }
  const Groups groups = Groups::Of(axis.bins(), most);
  group = groups.size;
  const int room = most / static_cast<int>(groups.count());
  const int times = group > 1 ? 1 : std::clamp(room, 1, most_per_bin);
  for (std::size_t i = 0; i < groups.count(); ++i) {
    places.insert(places.end(), static_cast<std::size_t>(times),
                  {groups.begin(i), groups.end(i)});
  }
  scale = ScaleOver(axis, groups.count() * groups.size);
}

double ValueOf(const Cells& cells, BinRange x, BinRange y, bool sum) {
  const std::size_t stride = cells.x.bins();
  double total = 0;
  double weight = 0;
  double largest = std::nan("");
  for (std::size_t j = y.begin; j < y.end; ++j) {
    for (std::size_t i = x.begin; i < x.end; ++i) {
      const std::size_t at = i + j * stride;
      if (sum) {
        total += cells.sums[at];
        if (!cells.weights.empty()) weight += cells.weights[at];
        continue;
      }
      const double value = ValueOfCell(cells, at);
      if (!(std::fabs(value) <= std::fabs(largest))) largest = value;
    }
  }
  if (!sum) return largest;
  if (cells.weights.empty()) return total;
  return weight == 0 ? 0 : total / weight;
}

Grid MakeGrid(const Cells& cells, GridAxis x, GridAxis y) {
  Grid grid{std::move(x), std::move(y), {}};
  const bool sum = grid.x.regular && grid.y.regular;
  for (const BinRange& of_y : grid.y.places) {
    for (const BinRange& of_x : grid.x.places) {
      grid.values.push_back(ValueOf(cells, of_x, of_y, sum));
    }
  }
  return grid;
}

Shading::Shading(const std::vector<double>& values, bool log)
    : scale_(log ? LogarithmicFor(values) : Scale::Linear(0, 1)),
      low_(Low(values, log)),
      high_(High(values, log)) {
  if (!log && low_ < high_) scale_ = Scale::Linear(low_, high_);
}

bool Shading::IsEmpty(double value) const {
  if (scale_.logarithmic()) return value <= 0;
  return value == 0 && low_ == 0;
}

double Shading::PartOf(double value) const {
  if (std::isnan(value)) return value;
  const double part = scale_.Place(value);
  return std::isnan(part) ? 1 : std::clamp(part, 0.0, 1.0);
}

}  // namespace mapfile::text
