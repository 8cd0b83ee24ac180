// Histogram1D: counts of numbers by bins, with statistics.
//
// In a file it is the class
//
//     Histogram1D
//     class Histogram1D 1 { string name; string title; Axis axis;
//         vector<f64> contents; vector<f64> squares; u64 entries; u64 nans;
//         f64 sum_w; f64 sum_w2; f64 sum_wx; f64 sum_wx2; }
//     class Axis 1 { u32 bins; f64 low; f64 high; vector<f64> edges;
//         string title; }
//
// contents has bins + 2 elements, underflow first and overflow last; squares
// as many or none; edges bins + 1, or none where bins are equally wide. The
// sums are over what fell inside the axis.
#ifndef MAPFILE_HISTOGRAM_H_
#define MAPFILE_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// A histogram over one axis. For one thread at a time.
class Histogram1D : public Trackable {
 public:
  // Over an axis that is not valid.
  Histogram1D();
  explicit Histogram1D(std::string name, Axis axis = {},
                       std::string title = {});

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  const Axis& axis() const { return axis_; }

  // Counts `x` with weight `w`. Where either is NaN only nans() rises.
  void Fill(double x, double w = 1) {
    if (x != x || w != w) {
      ++nans_;
      return;
    }
    ++entries_;
    AddToBin(axis_.FindBin(x), x, w);
  }

  // From now on the squares of weights are kept by bin, for BinError; those
  // of fills so far are taken as of weight 1.
  void KeepSquares();
  bool keeps_squares() const { return !squares_.empty(); }

  // Empties it; name, title, axis and KeepSquares stay.
  void Reset();

  // Adds what `other` counted. InvalidArgument, naming the first difference:
  // its axis isn't the same; nothing has changed then.
  [[nodiscard]] Status Merge(const Histogram1D& other);

  // Calls of Fill, NaNs apart.
  std::uint64_t entries() const { return entries_; }
  std::uint64_t nans() const { return nans_; }

  // Sum of weights in bin 0 to bins() + 1; 0 for others.
  double BinContent(std::size_t bin) const {
    return bin < contents_.size() ? contents_[bin] : 0;
  }
  // Square root of the sum of squared weights; of the content, where squares
  // aren't kept.
  double BinError(std::size_t bin) const;
  double underflow() const { return BinContent(0); }
  double overflow() const { return BinContent(std::size_t{axis_.bins()} + 1); }
  // All bins, underflow first and overflow last.
  const std::vector<double>& contents() const { return contents_; }

  // Sum of contents from bin `first` to `last`, both included; of all inside
  // the axis.
  double Integral(std::size_t first, std::size_t last) const;
  double Integral() const { return Integral(1, axis_.bins()); }

  // Of the values themselves, not of bins, inside the axis; 0 where the sum
  // of weights is 0.
  double Mean() const;
  double StdDev() const;
  // How many fills of weight 1 have the same relative error.
  double EffectiveEntries() const;

  double sum_w() const { return sum_w_; }
  double sum_w2() const { return sum_w2_; }
  double sum_wx() const { return sum_wx_; }
  double sum_wx2() const { return sum_wx2_; }

 private:
  MAPFILE_FRIEND(Histogram1D);

  void AddToBin(std::size_t bin, double x, double w) {
    // One that was read from a file may contradict itself.
    if (bin < contents_.size()) contents_[bin] += w;
    if (bin < squares_.size()) squares_[bin] += w * w;
    if (bin - 1 >= axis_.bins()) return;  // Bin 0 wraps around
    sum_w_ += w;
    sum_w2_ += w * w;
    sum_wx_ += w * x;
    sum_wx2_ += w * x * x;
  }

  std::string name_;
  std::string title_;
  Axis axis_;
  std::vector<double> contents_;
  std::vector<double> squares_;
  std::uint64_t entries_ = 0;
  std::uint64_t nans_ = 0;
  double sum_w_ = 0;
  double sum_w2_ = 0;
  double sum_wx_ = 0;
  double sum_wx2_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Histogram1D>) {
  using H = Histogram1D;
  return internal::Describe(
      "Histogram1D", 1, Bases<>{}, Field("name", &H::name_),
      Field("title", &H::title_), Field("axis", &H::axis_),
      Field("contents", &H::contents_), Field("squares", &H::squares_),
      Field("entries", &H::entries_), Field("nans", &H::nans_),
      Field("sum_w", &H::sum_w_), Field("sum_w2", &H::sum_w2_),
      Field("sum_wx", &H::sum_wx_), Field("sum_wx2", &H::sum_wx2_));
}

}  // namespace mapfile

#endif  // MAPFILE_HISTOGRAM_H_
