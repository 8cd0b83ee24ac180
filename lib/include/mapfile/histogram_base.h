// Histogram: what Histogram1D, Histogram2D and Histogram3D share. Include
// histogram.h instead.
//
// In a file it is the base class
//
//     class Histogram 1 { string name; string title; vector<f64> contents;
//         vector<f64> squares; u64 entries; u64 nans; f64 sum_w;
//         f64 sum_w2; }
//
// contents has an element for each cell, squares as many or none. Cells are
// counted along x first: (bins + 2) of x, for each bin of y, and so on, with
// underflow as bin 0 and overflow as bin bins + 1 of each axis. The sums are
// over what fell inside all axes.
#ifndef MAPFILE_HISTOGRAM_BASE_H_
#define MAPFILE_HISTOGRAM_BASE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// Sums of weights by cell. For one thread at a time. One that was read from
// a file may contradict itself: that does no harm, and Fault() tells.
class Histogram : public Trackable {
 public:
  // 8 GiB of contents. Over axes with more cells, or over one that isn't
  // valid, all axes become not valid: everything is overflow.
  static constexpr std::size_t kMaxCells = std::size_t{1} << 30;

  // The running sums, over what fell inside all axes: of w, w w, w x, w x x
  // and so on.
  struct Sums {
    double w = 0, w2 = 0;
    double wx = 0, wx2 = 0;
    double wy = 0, wy2 = 0, wxy = 0;
    double wz = 0, wz2 = 0, wxz = 0, wyz = 0;
  };

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }

  // From now on the squares of weights are kept by cell, for errors; those
  // of fills so far are taken as of weight 1. The first weight that isn't 1
  // does so too.
  void KeepSquares();
  bool keeps_squares() const { return !squares_.empty(); }

  // Calls of Fill, those apart that had a NaN.
  std::uint64_t entries() const { return entries_; }
  std::uint64_t nans() const { return nans_; }

  // All cells, and their sums of squared weights where those are kept.
  const std::vector<double>& contents() const { return contents_; }
  const std::vector<double>& squares() const { return squares_; }
  // 0 for cells that there aren't.
  double CellContent(std::size_t cell) const {
    return cell < contents_.size() ? contents_[cell] : 0;
  }
  // Square root of the sum of squared weights; of the content, where squares
  // aren't kept (as TH1::GetBinError).
  double CellError(std::size_t cell) const;

  // Inside all axes: sums of weights and of their squares.
  double sum_w() const { return sum_w_; }
  double sum_w2() const { return sum_w2_; }
  // How many fills of weight 1 have the same relative error: sum_w squared
  // over sum_w2 (as TH1::GetEffectiveEntries).
  double EffectiveEntries() const {
    return sum_w2_ == 0 ? 0 : sum_w_ * sum_w_ / sum_w2_;
  }

 protected:
  Histogram() = default;
  Histogram(std::string name, std::string title, std::size_t cells)
      : name_(std::move(name)), title_(std::move(title)), contents_(cells) {}
  ~Histogram() = default;
  Histogram(const Histogram&) = default;
  Histogram& operator=(const Histogram&) = default;

  // Whether x, y, ... or a weight is NaN; it was counted then.
  template <class... T>
  bool CountNans(T... numbers) {
    if (((numbers == numbers) && ...)) [[likely]]
      return false;
    ++nans_;
    return true;
  }

  void AddToCell(std::size_t cell, double w) {
    ++entries_;
    if (w != 1 && squares_.empty()) KeepSquares();
    // One that was read from a file may contradict itself.
    if (cell < contents_.size()) contents_[cell] += w;
    if (cell < squares_.size()) squares_[cell] += w * w;
  }
  void AddWeight(double w, double square) {
    sum_w_ += w;
    sum_w2_ += square;
  }
  void SetWeights(double sum_w, double sum_w2) {
    sum_w_ = sum_w;
    sum_w2_ = sum_w2;
  }

  // The bin of `value`, whose number is `number`, as Axis::Locate; of a new
  // label a new one, if the axis grows.
  std::size_t FindOrAdd(Axis& axis, const AxisValue& value, double& number);
  // After axes grew from the numbers of cells in `before`.
  void FollowAxes(std::span<const Axis* const> axes,
                  std::span<const std::size_t> before);

  std::string FaultOver(std::span<const Axis* const> axes) const;
  double SumInside(std::span<const Axis* const> axes) const;
  void ResetCells();
  void ScaleCells(double factor);
  [[nodiscard]] Status SetCells(std::vector<double> contents,
                                std::vector<double> squares,
                                std::uint64_t entries);
  // All but the sums of derived classes; nothing on an error.
  [[nodiscard]] Status MergeCells(const Histogram& other,
                                  std::span<Axis* const> axes,
                                  std::span<const Axis* const> others);

 private:
  MAPFILE_FRIEND(Histogram);

  std::string name_;
  std::string title_;
  std::vector<double> contents_;
  std::vector<double> squares_;
  std::uint64_t entries_ = 0;
  std::uint64_t nans_ = 0;
  double sum_w_ = 0;
  double sum_w2_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Histogram>) {
  using H = Histogram;
  return internal::Describe(
      "Histogram", 1, Bases<>{}, Field("name", &H::name_),
      Field("title", &H::title_), Field("contents", &H::contents_),
      Field("squares", &H::squares_), Field("entries", &H::entries_),
      Field("nans", &H::nans_), Field("sum_w", &H::sum_w_),
      Field("sum_w2", &H::sum_w2_));
}

}  // namespace mapfile

#endif  // MAPFILE_HISTOGRAM_BASE_H_
