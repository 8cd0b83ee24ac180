// Scale: where numbers stand on an axis, and its ticks.
#ifndef MAPFILE_LIB_TEXT_DRAW_SCALE_H_
#define MAPFILE_LIB_TEXT_DRAW_SCALE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mapfile::text {

// The range of finite values, 0 included.
struct ValueRange {
  double low = 0;
  double high = 0;
};
ValueRange RangeOf(std::span<const double> values);

struct Tick {
  double place;  // 0 at the low end of the scale, 1 at the high one
  std::string label;
};

class Scale {
 public:
  // From `low` to `high`; widened where they are the same.
  static Scale Linear(double low, double high);
  // From `low` > 0 to `high`.
  static Scale Logarithmic(double low, double high);
  // The same as the linear one, of seconds since `start_ns`, which counts
  // from 1970; ticks are at full minutes and the like, UTC.
  static Scale Time(double low, double high, std::int64_t start_ns);

  double low() const { return low_; }
  double high() const { return high_; }
  bool logarithmic() const { return kind_ == Kind::kLogarithmic; }

  // 0 at low(), 1 at high(); of others below and above, NaN and infinities
  // included.
  double Place(double value) const;

  // About `most`, at round numbers; none where there is no sense in any.
  std::vector<Tick> Ticks(int most) const;

 private:
  enum class Kind { kLinear, kLogarithmic, kTime };
  Scale(Kind kind, double low, double high)
      : kind_(kind), low_(low), high_(high) {}
  std::vector<Tick> LinearTicks(int most) const;
  std::vector<Tick> Decades(int most) const;
  std::vector<Tick> Times(int most) const;

  Kind kind_;
  double low_;
  double high_;
  std::int64_t start_ns_ = 0;
};

// A logarithmic scale for `values`, with half of the lowest that is above 0
// at its low end, as ROOT has it: what is lowest can still be seen.
Scale LogarithmicFor(std::span<const double> values);

// A step of 1, 2 or 5 times a power of ten that divides `range` into about
// `parts`; 0 where there is none (no or too small a range, not finite).
double NiceStep(double range, int parts);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SCALE_H_
