#include "mapfile/axis.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace mapfile {

Result<Axis> Axis::Regular(std::uint32_t bins, double low, double high,
                           std::string title) {
  if (bins == 0 || bins > kMaxBins) {
    return Fail(Code::kInvalidArgument,
                fmt::format("an axis of {} bins: 1 to {} are allowed", bins,
                            kMaxBins));
  }
  if (!std::isfinite(high - low) || !(low < high)) {
    return Fail(Code::kInvalidArgument,
                fmt::format("an axis from {} to {}: it has to rise, and be "
                            "finite",
                            low, high));
  }
  Axis axis;
  axis.bins_ = bins;
  axis.low_ = low;
  axis.high_ = high;
  axis.title_ = std::move(title);
  return axis;
}

Result<Axis> Axis::Variable(std::vector<double> edges, std::string title) {
  if (edges.size() < 2) {
    return Fail(Code::kInvalidArgument,
                fmt::format("an axis of {} edges: it takes two", edges.size()));
  }
  if (edges.size() - 1 > kMaxBins) {
    return Fail(Code::kInvalidArgument,
                fmt::format("an axis of {} bins: 1 to {} are allowed",
                            edges.size() - 1, kMaxBins));
  }
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (edges[i - 1] < edges[i]) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("edge {} of an axis, {}, is not above the one "
                            "before, {}",
                            i, edges[i], edges[i - 1]));
  }
  auto axis = Regular(static_cast<std::uint32_t>(edges.size() - 1),
                      edges.front(), edges.back(), std::move(title));
  if (axis) axis->edges_ = std::move(edges);
  return axis;
}

double Axis::LowEdge(std::size_t bin) const {
  if (bin < 1 || bin > std::size_t{bins_} + 1) return 0;
  const std::size_t i = bin - 1;
  if (!edges_.empty()) return i < edges_.size() ? edges_[i] : 0;
  if (i == bins_) return high_;
  return low_ + (high_ - low_) * (static_cast<double>(i) / bins_);
}

std::string Axis::DifferenceTo(const Axis& other) const {
  if (bins_ != other.bins_) {
    return fmt::format("{} bins and {} bins", bins_, other.bins_);
  }
  if (low_ != other.low_) return fmt::format("from {} and from {}", low_,
                                             other.low_);
  if (high_ != other.high_) return fmt::format("up to {} and up to {}", high_,
                                               other.high_);
  if (edges_.size() != other.edges_.size()) {
    return "bins of equal and of different width";
  }
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    if (edges_[i] == other.edges_[i]) continue;
    return fmt::format("edge {} at {} and at {}", i, edges_[i],
                       other.edges_[i]);
  }
  return {};
}

Axis RegularAxis(std::uint32_t bins, double low, double high,
                 std::string title) {
  return Axis::Regular(bins, low, high, std::move(title)).value_or(Axis());
}

Axis VariableAxis(std::vector<double> edges, std::string title) {
  return Axis::Variable(std::move(edges), std::move(title)).value_or(Axis());
}

}  // namespace mapfile
