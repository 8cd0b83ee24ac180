// Efficiency: what share of things passed, by bins.
//
// In a file it is the class
//
//     class Efficiency 1 { string name; string title; Axis x_axis;
//         vector<f64> passed; vector<f64> total; u64 entries; u64 nans; }
//
// with a sum of weights by bin, counted as in histogram_base.h.
#ifndef MAPFILE_EFFICIENCY_H_
#define MAPFILE_EFFICIENCY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// For one thread at a time. One that was read from a file may contradict
// itself: that does no harm, and Fault() tells.
class Efficiency : public Trackable {
 public:
  // Over an axis that is not valid: everything is overflow.
  Efficiency() : Efficiency(std::string()) {}
  explicit Efficiency(std::string name, Axis axis = {}, std::string title = {});

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  const Axis& axis() const { return x_axis_; }

  // Where x is NaN only nans() rises.
  void Fill(bool passed, double x) {
    if (x != x) {
      ++nans_;
      return;
    }
    Add(x_axis_.Locate(x), passed);
  }
  void Fill(bool passed, const AxisValue& x);

  void Reset();
  // As Histogram1D::Merge.
  [[nodiscard]] Status Merge(const Efficiency& other);
  // Takes counts of somewhere else. InvalidArgument: not as many as there
  // are bins, or more passed than there were.
  [[nodiscard]] Status SetCounts(std::vector<double> passed,
                                 std::vector<double> total);
  std::string Fault() const;

  std::uint64_t entries() const { return entries_; }
  std::uint64_t nans() const { return nans_; }
  const std::vector<double>& passed() const { return passed_; }
  const std::vector<double>& total() const { return total_; }

  // Passed over total in bin 0 to bins() + 1; 0 where there was nothing.
  double BinEfficiency(std::size_t bin) const;
  // The interval that holds the true efficiency with the confidence of one
  // standard deviation, 68.3%: Wilson's (E. B. Wilson, JASA 22 (1927) 209;
  // TEfficiency::kFWilson). From 0 to 1 where there was nothing.
  struct Interval {
    double low;
    double high;
  };
  Interval BinInterval(std::size_t bin) const;
  // Of all inside the axis.
  double Overall() const;

 private:
  MAPFILE_FRIEND(Efficiency);

  void Add(std::size_t bin, bool passed) {
    ++entries_;
    if (bin < total_.size()) total_[bin] += 1;
    if (passed && bin < passed_.size()) passed_[bin] += 1;
  }

  std::string name_;
  std::string title_;
  Axis x_axis_;
  std::vector<double> passed_;
  std::vector<double> total_;
  std::uint64_t entries_ = 0;
  std::uint64_t nans_ = 0;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Efficiency>) {
  using E = Efficiency;
  return internal::Describe(
      "Efficiency", 1, Bases<>{}, Field("name", &E::name_),
      Field("title", &E::title_), Field("x_axis", &E::x_axis_),
      Field("passed", &E::passed_), Field("total", &E::total_),
      Field("entries", &E::entries_), Field("nans", &E::nans_));
}

}  // namespace mapfile

#endif  // MAPFILE_EFFICIENCY_H_
