// Axis: how the bins of a histogram divide the numbers.
#ifndef MAPFILE_AXIS_H_
#define MAPFILE_AXIS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mapfile/schema.h"
#include "mapfile/status.h"

namespace mapfile {

// Bins 1 to bins() of [low(), high()); below is bin 0, above bins() + 1. A
// value on an edge belongs to the bin above it. Safe to use whatever bytes it
// was read from. Distinct axes may be used from distinct threads.
class Axis {
 public:
  // Not valid: no bins, and everything is overflow.
  Axis() = default;

  // Bins of equal width. InvalidArgument: no bins or more than kMaxBins; low
  // or high not finite, or low >= high.
  [[nodiscard]] static Result<Axis> Regular(std::uint32_t bins, double low,
                                            double high,
                                            std::string title = {});
  // Bins between edges. InvalidArgument: fewer than two edges, more than
  // kMaxBins bins, an edge not finite or not above the one before.
  [[nodiscard]] static Result<Axis> Variable(std::vector<double> edges,
                                             std::string title = {});

  static constexpr std::uint32_t kMaxBins = 1u << 30;

  bool is_valid() const { return bins_ > 0; }
  std::uint32_t bins() const { return bins_; }
  double low() const { return low_; }
  double high() const { return high_; }
  bool is_regular() const { return edges_.empty(); }
  const std::string& title() const { return title_; }

  // The bin that holds `x`, which isn't NaN: 0 to bins() + 1.
  std::size_t FindBin(double x) const {
    if (!(x < high_)) return std::size_t{bins_} + 1;
    if (!(x >= low_)) return 0;
    if (!edges_.empty()) return FindAmongEdges(x);
    // Rounding may reach the upper edge, which is the next bin's.
    const double place = bins_ * ((x - low_) / (high_ - low_));
    return place < bins_ ? static_cast<std::size_t>(place) + 1 : bins_;
  }

  // The edges of bin 1 to bins(); 0 for others.
  double LowEdge(std::size_t bin) const;
  double HighEdge(std::size_t bin) const { return LowEdge(bin + 1); }

  // What makes `other` divide numbers otherwise, as a sentence; empty:
  // nothing. Titles may differ.
  std::string DifferenceTo(const Axis& other) const;

 private:
  MAPFILE_FRIEND(Axis);

  std::size_t FindAmongEdges(double x) const {
    const auto above = std::upper_bound(edges_.begin(), edges_.end(), x);
    return static_cast<std::size_t>(above - edges_.begin());
  }

  std::uint32_t bins_ = 0;
  double low_ = 0;
  double high_ = 0;
  std::vector<double> edges_;  // Empty: of equal width
  std::string title_;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Axis>) {
  return internal::Describe("Axis", 1, Bases<>{}, Field("bins", &Axis::bins_),
                            Field("low", &Axis::low_),
                            Field("high", &Axis::high_),
                            Field("edges", &Axis::edges_),
                            Field("title", &Axis::title_));
}

// Axis::Regular for arguments known to be right: where they are not, the
// axis is not valid, and a histogram over it counts all as overflow.
Axis RegularAxis(std::uint32_t bins, double low, double high,
                 std::string title = {});
Axis VariableAxis(std::vector<double> edges, std::string title = {});

}  // namespace mapfile

#endif  // MAPFILE_AXIS_H_
