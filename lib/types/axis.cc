#include "mapfile/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "lib/base/try.h"

namespace mapfile {
namespace {

// In the order of AxisKind.
constexpr std::array<std::string_view, 7> kKindNames = {
    "",        "regular",  "variable", "logarithmic",
    "integer", "category", "circular"};

// Integers up to here are doubles, and so is the middle between two.
constexpr std::int64_t kMaxInteger = std::int64_t{1} << 52;

tl::unexpected<Error> Invalid(std::string why) {
  return Fail(Code::kInvalidArgument, std::move(why));
}

std::string BadCount(std::uint64_t bins, std::uint64_t most) {
  return fmt::format("an axis of {} bins: 1 to {} are allowed", bins, most);
}

// Why numbers from `low` to `high` can't be divided into `bins`; empty: they
// can.
std::string RangeFault(std::uint64_t bins, double low, double high) {
  if (bins == 0 || bins > Axis::kMaxBins) return BadCount(bins, Axis::kMaxBins);
  // FindBin multiplies the range by the number of bins.
  if (low < high && std::isfinite((high - low) * static_cast<double>(bins))) {
    return {};
  }
  return fmt::format("an axis from {} to {}: it has to rise, and be finite",
                     low, high);
}

std::string EdgesFault(const std::vector<double>& edges) {
  if (edges.size() < 2) {
    return fmt::format("an axis of {} edges: it takes two", edges.size());
  }
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (edges[i - 1] < edges[i]) continue;
    return fmt::format(
        "edge {} of an axis, {}, is not above the one before, "
        "{}",
        i, edges[i], edges[i - 1]);
  }
  return RangeFault(edges.size() - 1, edges.front(), edges.back());
}

std::string LabelsFault(const std::vector<std::string>& labels, bool grows) {
  if ((labels.empty() && !grows) || labels.size() > Axis::kMaxLabels) {
    return BadCount(labels.size(), Axis::kMaxLabels);
  }
  std::set<std::string_view> seen;
  for (const std::string& label : labels) {
    if (!seen.insert(label).second) {
      return fmt::format("an axis has the label \"{}\" twice", label);
    }
  }
  return {};
}

}  // namespace

std::string_view AxisKindName(AxisKind kind) {
  const auto i = static_cast<std::size_t>(kind);
  return i < kKindNames.size() ? kKindNames[i] : std::string_view();
}

Result<Axis> Axis::Even(AxisKind kind, std::uint64_t bins, double low,
                        double high, std::string title, std::string unit) {
  std::string fault = RangeFault(bins, low, high);
  if (!fault.empty()) return Invalid(std::move(fault));
  Axis axis;
  axis.kind_ = AxisKindName(kind);
  axis.bins_ = static_cast<std::uint32_t>(bins);
  axis.low_ = low;
  axis.high_ = high;
  axis.title_ = std::move(title);
  axis.unit_ = std::move(unit);
  return axis;
}

Axis Axis::NotValid(std::string why) {
  Axis axis;
  axis.why_ = std::move(why);
  return axis;
}

Result<Axis> Axis::Regular(std::uint64_t bins, double low, double high,
                           std::string title, std::string unit) {
  return Even(AxisKind::kRegular, bins, low, high, std::move(title),
              std::move(unit));
}

Result<Axis> Axis::Circular(std::uint64_t bins, double low, double high,
                            std::string title, std::string unit) {
  return Even(AxisKind::kCircular, bins, low, high, std::move(title),
              std::move(unit));
}

Result<Axis> Axis::Logarithmic(std::uint64_t bins, double low, double high,
                               std::string title, std::string unit) {
  if (!(low > 0) || !std::isfinite(high / low)) {
    return Invalid(
        fmt::format("a logarithmic axis from {} to {}: it has to "
                    "begin above 0, and be finite",
                    low, high));
  }
  MAPFILE_ASSIGN_OR_RETURN(
      Axis axis, Even(AxisKind::kLogarithmic, bins, low, high, std::move(title),
                      std::move(unit)));
  axis.log_low_ = low;
  axis.log_high_ = high;
  axis.log_ratio_ = std::log(high / low);
  return axis;
}

Result<Axis> Axis::Integer(std::int64_t first, std::int64_t end,
                           std::string title, std::string unit) {
  if (first < -kMaxInteger || end > kMaxInteger || first >= end) {
    return Invalid(
        fmt::format("an axis of integers from {} to {}", first, end));
  }
  return Even(AxisKind::kInteger, static_cast<std::uint64_t>(end - first),
              static_cast<double>(first), static_cast<double>(end),
              std::move(title), std::move(unit));
}

Result<Axis> Axis::Variable(std::vector<double> edges, std::string title,
                            std::string unit) {
  std::string fault = EdgesFault(edges);
  if (!fault.empty()) return Invalid(std::move(fault));
  MAPFILE_ASSIGN_OR_RETURN(
      Axis axis, Even(AxisKind::kVariable, edges.size() - 1, edges.front(),
                      edges.back(), std::move(title), std::move(unit)));
  axis.edges_ = std::move(edges);
  return axis;
}

Result<Axis> Axis::Category(std::vector<std::string> labels, bool grows,
                            std::string title) {
  std::string fault = LabelsFault(labels, grows);
  if (!fault.empty()) return Invalid(std::move(fault));
  Axis axis;
  axis.kind_ = AxisKindName(AxisKind::kCategory);
  axis.bins_ = static_cast<std::uint32_t>(labels.size());
  axis.high_ = axis.bins_;
  axis.labels_ = std::move(labels);
  axis.grows_ = grows;
  axis.title_ = std::move(title);
  return axis;
}

AxisKind Axis::kind() const {
  const auto found = std::find(kKindNames.begin(), kKindNames.end(), kind_);
  return found == kKindNames.end()
             ? AxisKind::kNone
             : static_cast<AxisKind>(found - kKindNames.begin());
}

std::string Axis::Fault() const {
  const AxisKind k = kind();
  if (k == AxisKind::kNone && kind_.empty()) {
    return why_.empty() ? "it has no bins" : why_;
  }
  if (k == AxisKind::kNone) {
    return fmt::format("an axis of the kind \"{}\", which there isn't", kind_);
  }
  const std::size_t edges = k == AxisKind::kVariable ? cells() - 1 : 0;
  const std::size_t labels = k == AxisKind::kCategory ? bins_ : 0;
  if (edges_.size() != edges || labels_.size() != labels) {
    return fmt::format("a {} axis of {} bins has {} edges and {} labels", kind_,
                       bins_, edges_.size(), labels_.size());
  }
  if (k == AxisKind::kCategory) return LabelsFault(labels_, grows_);
  if (k == AxisKind::kVariable &&
      (edges_.front() != low_ || edges_.back() != high_)) {
    return fmt::format("edges from {} to {} of an axis from {} to {}",
                       edges_.front(), edges_.back(), low_, high_);
  }
  if (k == AxisKind::kVariable) return EdgesFault(edges_);
  if (k == AxisKind::kLogarithmic && !(low_ > 0)) {
    return fmt::format("a logarithmic axis begins at {}", low_);
  }
  if (k == AxisKind::kInteger &&
      (high_ - low_ != bins_ || std::floor(low_) != low_)) {
    return fmt::format("{} integers from {} to {}", bins_, low_, high_);
  }
  return RangeFault(bins_, low_, high_);
}

std::size_t Axis::LocateOther(double& x) const {
  switch (kind()) {
    case AxisKind::kRegular:
    case AxisKind::kInteger:
    case AxisKind::kCategory: return FindEven(x);
    case AxisKind::kVariable: return FindAmongEdges(x);
    case AxisKind::kLogarithmic: return FindLogarithmic(x);
    case AxisKind::kCircular: return LocateOnCircle(x);
    case AxisKind::kNone: break;
  }
  return std::size_t{bins_} + 1;
}

std::size_t Axis::FindLogarithmic(double x) const {
  if (!(x < high_)) return std::size_t{bins_} + 1;
  if (!(x >= low_)) return 0;
  const bool known = low_ == log_low_ && high_ == log_high_;
  const double ratio = known ? log_ratio_ : std::log(high_ / low_);
  const double place = bins_ * std::log(x / low_) / ratio;
  // Bytes from a file may have made it anything, NaN included.
  return place >= 0 && place < bins_ ? static_cast<std::size_t>(place) + 1
                                     : bins_;
}

std::size_t Axis::LocateOnCircle(double& x) const {
  const double turn = high_ - low_;
  const double inside = x - std::floor((x - low_) / turn) * turn;
  if (!std::isfinite(inside)) return std::size_t{bins_} + 1;
  // Rounding may have left it just outside.
  x = inside < high_ ? std::max(inside, low_) : low_;
  return FindEven(x);
}

std::size_t Axis::FindAmongEdges(double x) const {
  if (!(x < high_)) return std::size_t{bins_} + 1;
  const auto above = std::upper_bound(edges_.begin(), edges_.end(), x);
  return std::min(static_cast<std::size_t>(above - edges_.begin()),
                  cells() - 1);
}

std::size_t Axis::FindBin(std::string_view label) const {
  const auto found = std::find(labels_.begin(), labels_.end(), label);
  if (found == labels_.end()) return std::size_t{bins_} + 1;
  return std::min(static_cast<std::size_t>(found - labels_.begin()) + 1,
                  cells() - 1);
}

std::size_t Axis::FindOrAdd(std::string_view label) {
  const std::size_t bin = FindBin(label);
  const bool room = bins_ < kMaxLabels && labels_.size() == bins_;
  if (bin <= bins_ || !grows_ || !room || !is_category()) return bin;
  labels_.emplace_back(label);
  high_ = ++bins_;
  return bins_;
}

Result<std::vector<std::size_t>> Axis::AdoptLabels(const Axis& other) {
  std::map<std::string_view, std::size_t> bins;
  for (std::size_t i = 0; i < labels_.size(); ++i) bins[labels_[i]] = i + 1;
  std::vector<std::size_t> to = {0};
  std::vector<std::string> added;
  for (const std::string& label : other.labels_) {
    const std::size_t next = labels_.size() + added.size() + 1;
    const auto [at, is_new] = bins.emplace(label, next);
    if (is_new) added.push_back(label);
    to.push_back(at->second);
  }
  if (labels_.size() + added.size() > kMaxLabels) {
    return Invalid(BadCount(labels_.size() + added.size(), kMaxLabels));
  }
  labels_.insert(labels_.end(), added.begin(), added.end());
  high_ = bins_ = static_cast<std::uint32_t>(labels_.size());
  to.push_back(cells() - 1);
  return to;
}

double Axis::LowEdge(std::size_t bin) const {
  if (bin < 1 || bin > std::size_t{bins_} + 1) return 0;
  const std::size_t i = bin - 1;
  const AxisKind k = kind();
  if (k == AxisKind::kVariable) return i < edges_.size() ? edges_[i] : 0;
  if (i == bins_) return high_;
  const double part = static_cast<double>(i) / bins_;
  if (k == AxisKind::kLogarithmic) return low_ * std::pow(high_ / low_, part);
  return low_ + (high_ - low_) * part;
}

std::string_view Axis::Label(std::size_t bin) const {
  return bin - 1 < labels_.size() ? labels_[bin - 1] : std::string_view();
}

std::string Axis::DifferenceTo(const Axis& other) const {
  if (kind_ != other.kind_) {
    return fmt::format("{} and {}", kind_.empty() ? "not valid" : kind_,
                       other.kind_.empty() ? "not valid" : other.kind_);
  }
  if (bins_ != other.bins_) {
    return fmt::format("{} bins and {} bins", bins_, other.bins_);
  }
  if (low_ != other.low_) {
    return fmt::format("from {} and from {}", low_, other.low_);
  }
  if (high_ != other.high_) {
    return fmt::format("up to {} and up to {}", high_, other.high_);
  }
  if (edges_.size() != other.edges_.size()) {
    return fmt::format("{} edges and {} edges", edges_.size(),
                       other.edges_.size());
  }
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    if (edges_[i] == other.edges_[i]) continue;
    return fmt::format("edge {} at {} and at {}", i, edges_[i],
                       other.edges_[i]);
  }
  const auto [own, others] =
      std::mismatch(labels_.begin(), labels_.end(), other.labels_.begin(),
                    other.labels_.end());
  if (own == labels_.end() && others == other.labels_.end()) return {};
  return fmt::format("label {} is \"{}\" and \"{}\"", own - labels_.begin() + 1,
                     own == labels_.end() ? "" : *own,
                     others == other.labels_.end() ? "" : *others);
}

namespace {

// An axis that can't be is not valid, and knows why.
Axis ValidOr(Result<Axis> axis) {
  return axis ? *std::move(axis) : Axis::NotValid(axis.error().message());
}

}  // namespace

Axis RegularAxis(std::uint64_t bins, double low, double high, std::string title,
                 std::string unit) {
  return ValidOr(
      Axis::Regular(bins, low, high, std::move(title), std::move(unit)));
}

Axis VariableAxis(std::vector<double> edges, std::string title,
                  std::string unit) {
  return ValidOr(
      Axis::Variable(std::move(edges), std::move(title), std::move(unit)));
}

Axis LogarithmicAxis(std::uint64_t bins, double low, double high,
                     std::string title, std::string unit) {
  return ValidOr(
      Axis::Logarithmic(bins, low, high, std::move(title), std::move(unit)));
}

Axis IntegerAxis(std::int64_t first, std::int64_t end, std::string title,
                 std::string unit) {
  return ValidOr(Axis::Integer(first, end, std::move(title), std::move(unit)));
}

Axis CategoryAxis(std::vector<std::string> labels, bool grows,
                  std::string title) {
  return ValidOr(Axis::Category(std::move(labels), grows, std::move(title)));
}

Axis CircularAxis(std::uint64_t bins, double low, double high,
                  std::string title, std::string unit) {
  return ValidOr(
      Axis::Circular(bins, low, high, std::move(title), std::move(unit)));
}

}  // namespace mapfile
