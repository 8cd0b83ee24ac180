// Histogram1D, Histogram2D, Histogram3D: counts of numbers by bins, with
// statistics.
//
// In a file they are
//
//     class Histogram1D 1 : Histogram { Axis x_axis; f64 sum_wx;
//         f64 sum_wx2; }
//     class Histogram2D 1 : Histogram { Axis x_axis; Axis y_axis; f64 sum_wx;
//         f64 sum_wx2; f64 sum_wy; f64 sum_wy2; f64 sum_wxy; }
//     class Histogram3D 1 : Histogram { Axis x_axis; Axis y_axis;
//         Axis z_axis; f64 sum_wx; f64 sum_wx2; f64 sum_wy; f64 sum_wy2;
//         f64 sum_wxy; f64 sum_wz; f64 sum_wz2; f64 sum_wxz; f64 sum_wyz; }
//
// over the classes of histogram_base.h and axis.h. Means, deviations and the
// like are of the values themselves, not of bins, and of those inside all
// axes (as TH1::GetStats); 0 where the sum of weights is 0. A label counts as
// the value 0 there.
#ifndef MAPFILE_HISTOGRAM_H_
#define MAPFILE_HISTOGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/histogram_base.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"

namespace mapfile {

class Histogram1D : public Histogram {
 public:
  // Over an axis that is not valid.
  Histogram1D() : Histogram1D(std::string()) {}
  explicit Histogram1D(std::string name, Axis axis = {},
                       std::string title = {});

  const Axis& axis() const { return x_axis_; }

  // Counts `x` with weight `w`. Where either is NaN only nans() rises.
  void Fill(double x, double w = 1) {
    if (CountNans(x, w)) return;
    AddValue(x_axis_.Locate(x), x, w);
  }
  // The same; a label too, which an axis that grows gets if it hasn't.
  void Fill(const AxisValue& x, double w = 1);

  // Empties it; name, title, axis and KeepSquares stay.
  void Reset();
  // Multiplies all weights so far.
  void Scale(double factor);
  // Adds what `other` counted; labels of a category axis are matched by what
  // they say. InvalidArgument, naming the first difference: its axis isn't
  // the same, or it contradicts itself; nothing has changed then.
  [[nodiscard]] Status Merge(const Histogram1D& other);
  // Takes contents of somewhere else: bins() + 2 of them, squares as many or
  // none; the sums are made from them and the middles of bins (as
  // TH1::GetStats does where no sums are kept). InvalidArgument.
  [[nodiscard]] Status SetContents(std::vector<double> contents,
                                   std::vector<double> squares,
                                   std::uint64_t entries);
  // The sums that SetContents can't know; those of other axes are ignored.
  void SetSums(const Sums& sums);

  // Why its parts don't fit each other, as a sentence; empty: they do.
  std::string Fault() const;

  // Sum of weights in bin 0 to bins() + 1; 0 for others.
  double BinContent(std::size_t bin) const { return CellContent(bin); }
  double BinError(std::size_t bin) const { return CellError(bin); }
  double underflow() const { return BinContent(0); }
  double overflow() const { return BinContent(x_axis_.cells() - 1); }

  // Sum of contents from bin `first` to `last`, both included; of all inside
  // the axis.
  double Integral(std::size_t first, std::size_t last) const;
  double Integral() const { return Integral(1, x_axis_.bins()); }

  double Mean() const;
  double StdDev() const;
  // StdDev over the square root of EffectiveEntries (as TH1::GetMeanError).
  double MeanError() const;
  // Third and fourth central moment of bins, as if all values lay in the
  // middle of theirs, over StdDev to that power; kurtosis less 3, so that a
  // normal distribution has 0 (as TH1::GetSkewness, GetKurtosis).
  double Skewness() const;
  double Kurtosis() const;

  double sum_wx() const { return sum_wx_; }
  double sum_wx2() const { return sum_wx2_; }

 private:
  MAPFILE_FRIEND(Histogram1D);

  void AddValue(std::size_t bin, double x, double w) {
    AddToCell(bin, w);
    if (bin - 1 >= x_axis_.bins()) return;  // Bin 0 wraps around
    AddToSums(w, w * w, x);
  }
  void AddToSums(double w, double square, double x) {
    AddWeight(w, square);
    sum_wx_ += w * x;
    sum_wx2_ += w * x * x;
  }
  double CentralMoment(int power) const;

  Axis x_axis_;
  double sum_wx_ = 0;
  double sum_wx2_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Histogram1D>) {
  using H = Histogram1D;
  return internal::Describe(
      "Histogram1D", 1, Bases<Histogram>{}, Field("x_axis", &H::x_axis_),
      Field("sum_wx", &H::sum_wx_), Field("sum_wx2", &H::sum_wx2_));
}

// What is said at Histogram1D holds for these too.
class Histogram2D : public Histogram {
 public:
  Histogram2D() : Histogram2D(std::string()) {}
  explicit Histogram2D(std::string name, Axis x_axis = {}, Axis y_axis = {},
                       std::string title = {});

  const Axis& x_axis() const { return x_axis_; }
  const Axis& y_axis() const { return y_axis_; }

  void Fill(double x, double y, double w = 1) {
    if (CountNans(x, y, w)) return;
    const std::size_t i = x_axis_.Locate(x);
    AddValue(i, y_axis_.Locate(y), x, y, w);
  }
  void Fill(const AxisValue& x, const AxisValue& y, double w = 1);

  void Reset();
  void Scale(double factor);
  [[nodiscard]] Status Merge(const Histogram2D& other);
  [[nodiscard]] Status SetContents(std::vector<double> contents,
                                   std::vector<double> squares,
                                   std::uint64_t entries);
  void SetSums(const Sums& sums);
  std::string Fault() const;

  // The cell of bins `i` of x and `j` of y, which are at most bins() + 1.
  std::size_t Cell(std::size_t i, std::size_t j) const {
    return i + x_axis_.cells() * j;
  }
  double BinContent(std::size_t i, std::size_t j) const {
    return CellContent(Cell(i, j));
  }
  double BinError(std::size_t i, std::size_t j) const {
    return CellError(Cell(i, j));
  }
  // Of all inside the axes.
  double Integral() const;

  double MeanX() const;
  double MeanY() const;
  double StdDevX() const;
  double StdDevY() const;
  double Covariance() const;
  // Covariance over both deviations; 0 where one is 0.
  double Correlation() const;

  double sum_wx() const { return sum_wx_; }
  double sum_wx2() const { return sum_wx2_; }
  double sum_wy() const { return sum_wy_; }
  double sum_wy2() const { return sum_wy2_; }
  double sum_wxy() const { return sum_wxy_; }

 private:
  MAPFILE_FRIEND(Histogram2D);

  void AddValue(std::size_t i, std::size_t j, double x, double y, double w) {
    AddToCell(Cell(i, j), w);
    if (i - 1 >= x_axis_.bins() || j - 1 >= y_axis_.bins()) return;
    AddToSums(w, w * w, x, y);
  }
  void AddToSums(double w, double square, double x, double y) {
    AddWeight(w, square);
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

  static constexpr double Histogram2D::*kSums[] = {
      &Histogram2D::sum_wx_, &Histogram2D::sum_wx2_, &Histogram2D::sum_wy_,
      &Histogram2D::sum_wy2_, &Histogram2D::sum_wxy_};
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Histogram2D>) {
  using H = Histogram2D;
  return internal::Describe(
      "Histogram2D", 1, Bases<Histogram>{}, Field("x_axis", &H::x_axis_),
      Field("y_axis", &H::y_axis_), Field("sum_wx", &H::sum_wx_),
      Field("sum_wx2", &H::sum_wx2_), Field("sum_wy", &H::sum_wy_),
      Field("sum_wy2", &H::sum_wy2_), Field("sum_wxy", &H::sum_wxy_));
}

class Histogram3D : public Histogram {
 public:
  Histogram3D() : Histogram3D(std::string()) {}
  explicit Histogram3D(std::string name, Axis x_axis = {}, Axis y_axis = {},
                       Axis z_axis = {}, std::string title = {});

  const Axis& x_axis() const { return x_axis_; }
  const Axis& y_axis() const { return y_axis_; }
  const Axis& z_axis() const { return z_axis_; }

  void Fill(double x, double y, double z, double w = 1) {
    if (CountNans(x, y, z, w)) return;
    const std::size_t i = x_axis_.Locate(x);
    const std::size_t j = y_axis_.Locate(y);
    AddValue({i, j, z_axis_.Locate(z)}, x, y, z, w);
  }
  void Fill(const AxisValue& x, const AxisValue& y, const AxisValue& z,
            double w = 1);

  void Reset();
  void Scale(double factor);
  [[nodiscard]] Status Merge(const Histogram3D& other);
  [[nodiscard]] Status SetContents(std::vector<double> contents,
                                   std::vector<double> squares,
                                   std::uint64_t entries);
  void SetSums(const Sums& sums);
  std::string Fault() const;

  std::size_t Cell(std::size_t i, std::size_t j, std::size_t k) const {
    return i + x_axis_.cells() * (j + y_axis_.cells() * k);
  }
  double BinContent(std::size_t i, std::size_t j, std::size_t k) const {
    return CellContent(Cell(i, j, k));
  }
  double BinError(std::size_t i, std::size_t j, std::size_t k) const {
    return CellError(Cell(i, j, k));
  }
  double Integral() const;

  double MeanX() const;
  double MeanY() const;
  double MeanZ() const;
  double StdDevX() const;
  double StdDevY() const;
  double StdDevZ() const;
  double CovarianceXY() const;
  double CovarianceXZ() const;
  double CovarianceYZ() const;

 private:
  MAPFILE_FRIEND(Histogram3D);

  struct Bins {
    std::size_t i, j, k;
  };
  void AddValue(Bins at, double x, double y, double z, double w) {
    AddToCell(Cell(at.i, at.j, at.k), w);
    if (at.i - 1 >= x_axis_.bins() || at.j - 1 >= y_axis_.bins() ||
        at.k - 1 >= z_axis_.bins()) {
      return;
    }
    AddToSums(w, w * w, x, y, z);
  }
  void AddToSums(double w, double square, double x, double y, double z) {
    AddWeight(w, square);
    sum_wx_ += w * x;
    sum_wx2_ += w * x * x;
    sum_wy_ += w * y;
    sum_wy2_ += w * y * y;
    sum_wxy_ += w * x * y;
    sum_wz_ += w * z;
    sum_wz2_ += w * z * z;
    sum_wxz_ += w * x * z;
    sum_wyz_ += w * y * z;
  }

  Axis x_axis_;
  Axis y_axis_;
  Axis z_axis_;
  double sum_wx_ = 0;
  double sum_wx2_ = 0;
  double sum_wy_ = 0;
  double sum_wy2_ = 0;
  double sum_wxy_ = 0;
  double sum_wz_ = 0;
  double sum_wz2_ = 0;
  double sum_wxz_ = 0;
  double sum_wyz_ = 0;

  static constexpr double Histogram3D::*kSums[] = {
      &Histogram3D::sum_wx_,  &Histogram3D::sum_wx2_, &Histogram3D::sum_wy_,
      &Histogram3D::sum_wy2_, &Histogram3D::sum_wxy_, &Histogram3D::sum_wz_,
      &Histogram3D::sum_wz2_, &Histogram3D::sum_wxz_, &Histogram3D::sum_wyz_};
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Histogram3D>) {
  using H = Histogram3D;
  return internal::Describe(
      "Histogram3D", 1, Bases<Histogram>{}, Field("x_axis", &H::x_axis_),
      Field("y_axis", &H::y_axis_), Field("z_axis", &H::z_axis_),
      Field("sum_wx", &H::sum_wx_), Field("sum_wx2", &H::sum_wx2_),
      Field("sum_wy", &H::sum_wy_), Field("sum_wy2", &H::sum_wy2_),
      Field("sum_wxy", &H::sum_wxy_), Field("sum_wz", &H::sum_wz_),
      Field("sum_wz2", &H::sum_wz2_), Field("sum_wxz", &H::sum_wxz_),
      Field("sum_wyz", &H::sum_wyz_));
}

}  // namespace mapfile

#endif  // MAPFILE_HISTOGRAM_H_
