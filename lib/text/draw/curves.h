// Curves: several pictures over one axis, in common scales.
#ifndef MAPFILE_LIB_TEXT_DRAW_CURVES_H_
#define MAPFILE_LIB_TEXT_DRAW_CURVES_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "lib/text/draw/frame.h"
#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

inline constexpr std::size_t kMostCurves = 8;

// A picture with the name that its legend gives it, any bytes.
struct NamedPicture {
  std::string name;
  Picture picture;
};

struct Curve {
  std::string name;
  // Steps of a histogram: x has the edges of bins, one more than y. Else
  // points to join, of which a NaN is a gap.
  bool steps = false;
  std::vector<double> x;
  std::vector<double> y;
  // Where error bars of y end: as many, or none.
  std::vector<double> low;
  std::vector<double> high;
  // The same of x.
  std::vector<double> left;
  std::vector<double> right;
  std::vector<Statistic> statistics;
};

// Why `pictures` can't be drawn over each other, as a sentence: too many, one
// has two axes, or their axes have nothing in common. Empty: they can be.
std::string OverlayFault(std::span<const NamedPicture> pictures);

struct Curves {
  std::vector<Curve> curves;
  Axes axes;
};

// What to draw in about `places` columns or pixels. `pictures` have no fault.
Curves CurvesOf(std::span<const NamedPicture> pictures, int places,
                const PrintOptions& options);

// A curve's name with its entries, or what its statistics say first; with
// `all` the others below, whose names begin with blanks.
std::vector<Statistic> LegendOf(const Curve& curve, bool all);

// The title of those that have one, if it is the same; else their names.
std::string TitleOf(std::span<const NamedPicture> pictures);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_CURVES_H_
