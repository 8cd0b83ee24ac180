// Profile1D, Profile2D: the mean and spread of a value, by bins of others.
//
// In a file they are
//
//     class Profile 1 { string name; string title; vector<f64> weights;
//         vector<f64> sums; vector<f64> sum_squares;
//         vector<f64> weight_squares; f64 value_low; f64 value_high;
//         string value_title; string value_unit; u64 entries; u64 nans;
//         u64 cut; f64 sum_w; f64 sum_w2; f64 sum_wv; f64 sum_wv2; }
//     class Profile1D 1 : Profile { Axis x_axis; f64 sum_wx; f64 sum_wx2; }
//     class Profile2D 1 : Profile { Axis x_axis; Axis y_axis; f64 sum_wx;
//         f64 sum_wx2; f64 sum_wy; f64 sum_wy2; f64 sum_wxy; }
//
// By cell, which are counted as those of a histogram (histogram_base.h):
// weights is the sum of w, sums that of w v, sum_squares that of w v v, and
// weight_squares, where it isn't empty, that of w w. The last sums are over
// what fell inside all axes.
#ifndef MAPFILE_PROFILE_H_
#define MAPFILE_PROFILE_H_

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

// What both share. For one thread at a time. One that was read from a file
// may contradict itself: that does no harm, and Fault() tells.
class Profile : public Trackable {
 public:
  // The running sums, over what fell inside all axes; v is the value.
  struct Sums {
    double w = 0, w2 = 0, wv = 0, wv2 = 0;
    double wx = 0, wx2 = 0;
    double wy = 0, wy2 = 0, wxy = 0;  // Profile2D
  };

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  const std::string& value_title() const { return value_title_; }
  const std::string& value_unit() const { return value_unit_; }
  void SetValueTitle(std::string title, std::string unit = {});

  // From now on only values from `low` to `high` are taken; others are
  // counted as cut(). All are, where both are the same.
  void SetValueRange(double low, double high);
  double value_low() const { return value_low_; }
  double value_high() const { return value_high_; }

  // Fills that were taken, had a NaN, or were outside of the range.
  std::uint64_t entries() const { return entries_; }
  std::uint64_t nans() const { return nans_; }
  std::uint64_t cut() const { return cut_; }

  // By cell; empty where all weights were 1.
  const std::vector<double>& weights() const { return weights_; }
  const std::vector<double>& sums() const { return sums_; }
  const std::vector<double>& sum_squares() const { return sum_squares_; }
  const std::vector<double>& weight_squares() const { return weight_squares_; }

  // As TProfile: the mean of v is sums over weights; its spread the square
  // root of |sum_squares over weights - mean squared|; its error the spread
  // over the square root of the effective entries, which are weights squared
  // over weight_squares. 0 for cells without weight.
  double CellEntries(std::size_t cell) const { return At(weights_, cell); }
  double CellMean(std::size_t cell) const;
  double CellSpread(std::size_t cell) const;
  double CellEffectiveEntries(std::size_t cell) const;
  double CellError(std::size_t cell) const;

  double sum_w() const { return sum_w_; }
  double sum_w2() const { return sum_w2_; }
  // Of v, inside all axes.
  double MeanValue() const;
  double StdDevValue() const;
  double EffectiveEntries() const {
    return sum_w2_ == 0 ? 0 : sum_w_ * sum_w_ / sum_w2_;
  }

 protected:
  Profile() = default;
  Profile(std::string name, std::string title, std::size_t cells)
      : name_(std::move(name)),
        title_(std::move(title)),
        weights_(cells),
        sums_(cells),
        sum_squares_(cells) {}
  ~Profile() = default;
  Profile(const Profile&) = default;
  Profile& operator=(const Profile&) = default;

  // Whether a fill isn't taken; it was counted then.
  template <class... T>
  bool Rejects(double v, T... others) {
    if (v != v || ((others != others) || ...)) [[unlikely]] {
      ++nans_;
      return true;
    }
    const bool outside =
        value_low_ != value_high_ && !(v >= value_low_ && v <= value_high_);
    if (outside) [[unlikely]]
      ++cut_;
    return outside;
  }
  void AddToCell(std::size_t cell, double v, double w) {
    ++entries_;
    if (w != 1 && weight_squares_.empty()) weight_squares_ = weights_;
    Add(weights_, cell, w);
    Add(sums_, cell, w * v);
    Add(sum_squares_, cell, w * v * v);
    Add(weight_squares_, cell, w * w);
  }
  void AddToSums(double v, double w) {
    sum_w_ += w;
    sum_w2_ += w * w;
    sum_wv_ += w * v;
    sum_wv2_ += w * v * v;
  }

  std::size_t FindOrAdd(Axis& axis, const AxisValue& value, double& number);
  void FollowAxes(std::span<const Axis* const> axes,
                  std::span<const std::size_t> before);
  std::string FaultOver(std::span<const Axis* const> axes) const;
  void ResetCells();
  [[nodiscard]] Status SetCells(std::vector<double> weights,
                                std::vector<double> sums,
                                std::vector<double> sum_squares,
                                std::vector<double> weight_squares,
                                std::uint64_t entries);
  void SetValueSums(const Sums& sums);
  // Adds a cell's own sums to those of all.
  void AddCellToSums(std::size_t cell);
  [[nodiscard]] Status MergeCells(const Profile& other,
                                  std::span<Axis* const> axes,
                                  std::span<const Axis* const> others);

 private:
  MAPFILE_FRIEND(Profile);

  void AddCounts(const Profile& other);
  static double At(const std::vector<double>& list, std::size_t cell) {
    return cell < list.size() ? list[cell] : 0;
  }
  static void Add(std::vector<double>& list, std::size_t cell, double x) {
    if (cell < list.size()) list[cell] += x;
  }

  std::string name_;
  std::string title_;
  std::vector<double> weights_;
  std::vector<double> sums_;
  std::vector<double> sum_squares_;
  std::vector<double> weight_squares_;
  double value_low_ = 0;
  double value_high_ = 0;
  std::string value_title_;
  std::string value_unit_;
  std::uint64_t entries_ = 0;
  std::uint64_t nans_ = 0;
  std::uint64_t cut_ = 0;
  double sum_w_ = 0;
  double sum_w2_ = 0;
  double sum_wv_ = 0;
  double sum_wv2_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Profile>) {
  using P = Profile;
  return internal::Describe(
      "Profile", 1, Bases<>{}, Field("name", &P::name_),
      Field("title", &P::title_), Field("weights", &P::weights_),
      Field("sums", &P::sums_), Field("sum_squares", &P::sum_squares_),
      Field("weight_squares", &P::weight_squares_),
      Field("value_low", &P::value_low_), Field("value_high", &P::value_high_),
      Field("value_title", &P::value_title_),
      Field("value_unit", &P::value_unit_), Field("entries", &P::entries_),
      Field("nans", &P::nans_), Field("cut", &P::cut_),
      Field("sum_w", &P::sum_w_), Field("sum_w2", &P::sum_w2_),
      Field("sum_wv", &P::sum_wv_), Field("sum_wv2", &P::sum_wv2_));
}

// The value y by bins of x.
class Profile1D : public Profile {
 public:
  // Over an axis that is not valid: everything is overflow.
  Profile1D() : Profile1D(std::string()) {}
  explicit Profile1D(std::string name, Axis axis = {}, std::string title = {});

  const Axis& axis() const { return x_axis_; }

  // Where x, y or w is NaN only nans() rises.
  void Fill(double x, double y, double w = 1) {
    if (Rejects(y, x, w)) return;
    AddValue(x_axis_.Locate(x), x, y, w);
  }
  void Fill(const AxisValue& x, double y, double w = 1);

  void Reset();
  // Adds what `other` took, as Histogram1D::Merge.
  [[nodiscard]] Status Merge(const Profile1D& other);
  // Takes cells of somewhere else; the sums are made from them and the
  // middles of bins. InvalidArgument: not as many as there are cells.
  [[nodiscard]] Status SetCells(std::vector<double> weights,
                                std::vector<double> sums,
                                std::vector<double> sum_squares,
                                std::vector<double> weight_squares,
                                std::uint64_t entries);
  // The sums that SetCells can't know.
  void SetSums(const Sums& sums);
  std::string Fault() const;

  double BinMean(std::size_t bin) const { return CellMean(bin); }
  double BinSpread(std::size_t bin) const { return CellSpread(bin); }
  double BinError(std::size_t bin) const { return CellError(bin); }
  double BinEntries(std::size_t bin) const { return CellEntries(bin); }

  // Of x, inside the axis.
  double Mean() const;
  double StdDev() const;

 private:
  MAPFILE_FRIEND(Profile1D);

  void AddValue(std::size_t bin, double x, double y, double w) {
    AddToCell(bin, y, w);
    if (bin - 1 >= x_axis_.bins()) return;  // Bin 0 wraps around
    AddToSums(y, w);
    sum_wx_ += w * x;
    sum_wx2_ += w * x * x;
  }

  Axis x_axis_;
  double sum_wx_ = 0;
  double sum_wx2_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Profile1D>) {
  using P = Profile1D;
  return internal::Describe(
      "Profile1D", 1, Bases<Profile>{}, Field("x_axis", &P::x_axis_),
      Field("sum_wx", &P::sum_wx_), Field("sum_wx2", &P::sum_wx2_));
}

// The value z by bins of x and y.
class Profile2D : public Profile {
 public:
  Profile2D() : Profile2D(std::string()) {}
  explicit Profile2D(std::string name, Axis x_axis = {}, Axis y_axis = {},
                     std::string title = {});

  const Axis& x_axis() const { return x_axis_; }
  const Axis& y_axis() const { return y_axis_; }

  void Fill(double x, double y, double z, double w = 1) {
    if (Rejects(z, x, y, w)) return;
    const std::size_t i = x_axis_.Locate(x);
    AddValue({i, y_axis_.Locate(y)}, x, y, z, w);
  }
  void Fill(const AxisValue& x, const AxisValue& y, double z, double w = 1);

  void Reset();
  [[nodiscard]] Status Merge(const Profile2D& other);
  [[nodiscard]] Status SetCells(std::vector<double> weights,
                                std::vector<double> sums,
                                std::vector<double> sum_squares,
                                std::vector<double> weight_squares,
                                std::uint64_t entries);
  // The sums that SetCells can't know.
  void SetSums(const Sums& sums);
  std::string Fault() const;

  std::size_t Cell(std::size_t i, std::size_t j) const {
    return i + x_axis_.cells() * j;
  }
  double BinMean(std::size_t i, std::size_t j) const {
    return CellMean(Cell(i, j));
  }
  double BinError(std::size_t i, std::size_t j) const {
    return CellError(Cell(i, j));
  }

  double MeanX() const;
  double MeanY() const;
  double StdDevX() const;
  double StdDevY() const;

 private:
  MAPFILE_FRIEND(Profile2D);

  struct Bins {
    std::size_t i, j;
  };
  void AddValue(Bins at, double x, double y, double z, double w) {
    AddToCell(Cell(at.i, at.j), z, w);
    if (at.i - 1 >= x_axis_.bins() || at.j - 1 >= y_axis_.bins()) return;
    AddToSums(z, w);
    sum_wx_ += w * x;
    sum_wx2_ += w * x * x;
    sum_wy_ += w * y;
    sum_wy2_ += w * y * y;
    sum_wxy_ += w * x * y;
  }

  Axis x_axis_;
  Axis y_axis_;
  double sum_wx_ = 0;
  double sum_wx2_ = 0;
  double sum_wy_ = 0;
  double sum_wy2_ = 0;
  double sum_wxy_ = 0;

  static constexpr double Profile2D::*kSums[] = {
      &Profile2D::sum_wx_, &Profile2D::sum_wx2_, &Profile2D::sum_wy_,
      &Profile2D::sum_wy2_, &Profile2D::sum_wxy_};
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Profile2D>) {
  using P = Profile2D;
  return internal::Describe(
      "Profile2D", 1, Bases<Profile>{}, Field("x_axis", &P::x_axis_),
      Field("y_axis", &P::y_axis_), Field("sum_wx", &P::sum_wx_),
      Field("sum_wx2", &P::sum_wx2_), Field("sum_wy", &P::sum_wy_),
      Field("sum_wy2", &P::sum_wy2_), Field("sum_wxy", &P::sum_wxy_));
}

}  // namespace mapfile

#endif  // MAPFILE_PROFILE_H_
