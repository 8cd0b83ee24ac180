// Axis: how the bins of a histogram divide the numbers, or name things.
//
// In a file it is the class
//
//     class Axis 1 { string kind; u32 bins; f64 low; f64 high;
//         vector<f64> edges; vector<string> labels; bool grows;
//         string title; string unit; }
//
// kind is "regular", "variable", "logarithmic", "integer", "category" or
// "circular". edges has bins + 1 elements for "variable", labels has bins for
// "category"; both are empty for the others. Only a category axis grows.
#ifndef MAPFILE_AXIS_H_
#define MAPFILE_AXIS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/schema.h"
#include "mapfile/status.h"

namespace mapfile {

enum class AxisKind : std::uint8_t {
  kNone,         // Not valid: everything is overflow
  kRegular,      // Bins of equal width
  kVariable,     // Bins between edges
  kLogarithmic,  // Bins whose edges have equal ratios
  kInteger,      // A bin for each integer
  kCategory,     // A bin for each label
  kCircular,     // As kRegular; what is outside is brought in by full turns
};
// "regular", ...; empty for kNone.
std::string_view AxisKindName(AxisKind kind);

// Bins 1 to bins() of [low(), high()); below is bin 0, above and what has no
// bin is bins() + 1. A value on an edge belongs to the bin above it, save
// for rounding. Safe to use whatever bytes it was read from: bins are never
// out of that range. Distinct axes may be used from distinct threads.
class Axis {
 public:
  // Not valid: no bins, and everything is overflow.
  Axis() = default;
  // The same, of which Fault() is `why`.
  static Axis NotValid(std::string why);

  // All: InvalidArgument, saying what is wrong: no bins, more than kMaxBins
  // (kMaxLabels of labels), numbers that aren't finite or don't rise.
  [[nodiscard]] static Result<Axis> Regular(std::uint64_t bins, double low,
                                            double high, std::string title = {},
                                            std::string unit = {});
  // Edges rise; there is one more than bins.
  [[nodiscard]] static Result<Axis> Variable(std::vector<double> edges,
                                             std::string title = {},
                                             std::string unit = {});
  // 0 < low.
  [[nodiscard]] static Result<Axis> Logarithmic(std::uint64_t bins, double low,
                                                double high,
                                                std::string title = {},
                                                std::string unit = {});
  // A bin for each integer from `first` to `end` - 1; both within 2^53.
  [[nodiscard]] static Result<Axis> Integer(std::int64_t first,
                                            std::int64_t end,
                                            std::string title = {},
                                            std::string unit = {});
  // A bin for each label; all differ. What is `grows` may begin without any,
  // and gets one for each new label that is filled.
  [[nodiscard]] static Result<Axis> Category(std::vector<std::string> labels,
                                             bool grows = false,
                                             std::string title = {});
  // From `low` to `high` is a full turn: 0 to 360, say.
  [[nodiscard]] static Result<Axis> Circular(std::uint64_t bins, double low,
                                             double high,
                                             std::string title = {},
                                             std::string unit = {});

  static constexpr std::uint32_t kMaxBins = 1u << 30;
  static constexpr std::uint32_t kMaxLabels = 1u << 16;

  // Whether its parts fit each other; empty, or a sentence that names what
  // doesn't. What the factories return is valid.
  std::string Fault() const;
  bool is_valid() const { return Fault().empty(); }

  AxisKind kind() const;
  std::uint32_t bins() const { return bins_; }
  // Bins with those for what is below and above.
  std::size_t cells() const { return std::size_t{bins_} + 2; }
  double low() const { return low_; }
  double high() const { return high_; }
  bool is_category() const { return kind() == AxisKind::kCategory; }
  bool grows() const { return grows_; }
  const std::vector<double>& edges() const { return edges_; }
  const std::vector<std::string>& labels() const { return labels_; }
  const std::string& title() const { return title_; }
  const std::string& unit() const { return unit_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  void SetUnit(std::string unit) { unit_ = std::move(unit); }

  // The bin that holds `x`, which isn't NaN: 0 to bins() + 1. Label i of a
  // category axis has the number i, counted from 0.
  std::size_t FindBin(double x) const { return Locate(x); }
  // The same; `x` becomes what statistics are made of: on a circular axis,
  // what is outside is brought in.
  std::size_t Locate(double& x) const {
    // No other kind begins so; an empty string has a NUL there.
    if (kind_[0] == 'r') [[likely]]
      return FindEven(x);
    return LocateOther(x);
  }
  // The bin of `label`; bins() + 1: there is none. Compares it with each.
  std::size_t FindBin(std::string_view label) const;
  // The same; an axis that grows, and has less than kMaxLabels, gets the
  // label if it hasn't.
  std::size_t FindOrAdd(std::string_view label);
  // Adds the labels of category axis `other` that this one hasn't, whether it
  // grows or not. Element i is the bin here of bin i there, 0 to bins() + 1.
  // InvalidArgument: that would be more than kMaxLabels.
  [[nodiscard]] Result<std::vector<std::size_t>> AdoptLabels(const Axis& other);

  // The edges and the middle of bin 1 to bins(); 0 for others.
  double LowEdge(std::size_t bin) const;
  double HighEdge(std::size_t bin) const { return LowEdge(bin + 1); }
  double Center(std::size_t bin) const {
    return 0.5 * (LowEdge(bin) + HighEdge(bin));
  }
  // The label of bin 1 to bins() of a category axis; else empty.
  std::string_view Label(std::size_t bin) const;

  // What makes `other` divide numbers otherwise, as a sentence; empty:
  // nothing. Titles, units and grows may differ. NaN differs from all.
  std::string DifferenceTo(const Axis& other) const;

 private:
  MAPFILE_FRIEND(Axis);

  static Result<Axis> Even(AxisKind kind, std::uint64_t bins, double low,
                           double high, std::string title, std::string unit);

  // As TAxis::FindBin does: n (x - low) / (high - low) in that order, rounded
  // down, so that the same value falls into the same bin; but what rounding
  // takes to n is in the last bin, where TAxis has it as overflow.
  std::size_t FindEven(double x) const {
    if (!(x < high_)) return std::size_t{bins_} + 1;
    if (!(x >= low_)) return 0;
    const double place = bins_ * (x - low_) / (high_ - low_);
    return place < bins_
               ? static_cast<std::size_t>(static_cast<std::int64_t>(place)) + 1
               : bins_;
  }
  std::size_t LocateOther(double& x) const;
  std::size_t FindLogarithmic(double x) const;
  std::size_t LocateOnCircle(double& x) const;
  std::size_t FindAmongEdges(double x) const;

  std::string kind_;
  std::uint32_t bins_ = 0;
  double low_ = 0;
  double high_ = 0;
  std::vector<double> edges_;
  std::vector<std::string> labels_;
  bool grows_ = false;
  std::string title_;
  std::string unit_;

  // Not stored: log(high / low), of the values beside it. An axis that was
  // read from a file computes it each time.
  double log_low_ = 0;
  double log_high_ = 0;
  double log_ratio_ = 0;
  // Not stored either: why it is not valid.
  std::string why_;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<Axis>) {
  return internal::Describe(
      "Axis", 1, Bases<>{}, Field("kind", &Axis::kind_),
      Field("bins", &Axis::bins_), Field("low", &Axis::low_),
      Field("high", &Axis::high_), Field("edges", &Axis::edges_),
      Field("labels", &Axis::labels_), Field("grows", &Axis::grows_),
      Field("title", &Axis::title_), Field("unit", &Axis::unit_));
}

// A number, or the label of a bin, to fill a histogram with.
class AxisValue {
 public:
  AxisValue(double number) : number_(number) {}        // NOLINT: implicit
  AxisValue(std::string_view label) : label_(label) {  // NOLINT
    has_label_ = true;
  }
  AxisValue(const std::string& label)  // NOLINT
      : AxisValue(std::string_view(label)) {}
  AxisValue(const char* label)  // NOLINT
      : AxisValue(std::string_view(label)) {}

  bool has_label() const { return has_label_; }
  double number() const { return number_; }  // Of a label: 0
  std::string_view label() const { return label_; }
  bool is_nan() const { return number_ != number_; }

 private:
  double number_ = 0;
  std::string_view label_;
  bool has_label_ = false;
};

// The factories for arguments known to be right: where they are not, the
// axis is not valid, and says why. A histogram over it counts all as overflow,
// and MapFile::Add, Put and Update refuse it: InvalidArgument.
Axis RegularAxis(std::uint64_t bins, double low, double high,
                 std::string title = {}, std::string unit = {});
Axis VariableAxis(std::vector<double> edges, std::string title = {},
                  std::string unit = {});
Axis LogarithmicAxis(std::uint64_t bins, double low, double high,
                     std::string title = {}, std::string unit = {});
Axis IntegerAxis(std::int64_t first, std::int64_t end, std::string title = {},
                 std::string unit = {});
Axis CategoryAxis(std::vector<std::string> labels, bool grows = false,
                  std::string title = {});
Axis CircularAxis(std::uint64_t bins, double low, double high,
                  std::string title = {}, std::string unit = {});

}  // namespace mapfile

#endif  // MAPFILE_AXIS_H_
