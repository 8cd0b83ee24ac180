#include "mapfile/histogram.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mapfile {
namespace {

void AddTo(std::vector<double>& sums, const std::vector<double>& others) {
  const std::size_t size = std::min(sums.size(), others.size());
  for (std::size_t i = 0; i < size; ++i) sums[i] += others[i];
}

}  // namespace

Histogram1D::Histogram1D() : contents_(2) {}

Histogram1D::Histogram1D(std::string name, Axis axis, std::string title)
    : name_(std::move(name)),
      title_(std::move(title)),
      axis_(std::move(axis)),
      contents_(std::size_t{axis_.bins()} + 2) {}

void Histogram1D::KeepSquares() {
  if (squares_.empty()) squares_ = contents_;
}

void Histogram1D::Reset() {
  std::fill(contents_.begin(), contents_.end(), 0);
  std::fill(squares_.begin(), squares_.end(), 0);
  entries_ = nans_ = 0;
  sum_w_ = sum_w2_ = sum_wx_ = sum_wx2_ = 0;
}

Status Histogram1D::Merge(const Histogram1D& other) {
  const std::string difference = axis_.DifferenceTo(other.axis_);
  if (!difference.empty()) {
    return Fail(Code::kInvalidArgument, "histograms " + name_ + " and " +
                                            other.name_ +
                                            " have different axes: " +
                                            difference);
  }
  if (contents_.size() != other.contents_.size()) {
    return Fail(Code::kInvalidArgument,
                "histograms " + name_ + " and " + other.name_ +
                    " have different numbers of contents");
  }
  if (other.keeps_squares()) KeepSquares();
  if (keeps_squares()) {
    AddTo(squares_,
          other.keeps_squares() ? other.squares_ : other.contents_);
  }
  AddTo(contents_, other.contents_);
  entries_ += other.entries_;
  nans_ += other.nans_;
  sum_w_ += other.sum_w_;
  sum_w2_ += other.sum_w2_;
  sum_wx_ += other.sum_wx_;
  sum_wx2_ += other.sum_wx2_;
  return {};
}

double Histogram1D::BinError(std::size_t bin) const {
  if (bin < squares_.size()) return std::sqrt(squares_[bin]);
  return std::sqrt(std::abs(BinContent(bin)));
}

double Histogram1D::Integral(std::size_t first, std::size_t last) const {
  double sum = 0;
  for (std::size_t bin = first; bin <= last && bin < contents_.size(); ++bin) {
    sum += contents_[bin];
  }
  return sum;
}

double Histogram1D::Mean() const {
  return sum_w_ == 0 ? 0 : sum_wx_ / sum_w_;
}

double Histogram1D::StdDev() const {
  if (sum_w_ == 0) return 0;
  const double mean = Mean();
  // Rounding can make a tiny variance negative.
  return std::sqrt(std::max(0.0, sum_wx2_ / sum_w_ - mean * mean));
}

double Histogram1D::EffectiveEntries() const {
  return sum_w2_ == 0 ? 0 : sum_w_ * sum_w_ / sum_w2_;
}

}  // namespace mapfile
