// Shades: the cells of two axes as a grid of shaded characters.
#ifndef MAPFILE_LIB_TEXT_SHADES_H_
#define MAPFILE_LIB_TEXT_SHADES_H_

#include <string>
#include <vector>

#include "lib/text/axis_data.h"
#include "lib/text/print_options.h"

namespace mapfile::text {

// A value for each bin of x, for each bin of y. Underflow and overflow are
// left out.
struct Cells {
  AxisData x;
  AxisData y;
  std::vector<double> sums;
  // As many, or none. Where there are, sums over weights are shown, and a
  // cell without weight is empty.
  std::vector<double> weights;
};

// The grid with what is at the ends of both axes, then a scale: lines of at
// most `options.width` columns (20 at least), each ended by a newline. Cells
// are put together to fit; the scale then says how many. y rises upwards.
// NaN is `?`. Nothing where an axis has no bins.
std::string DrawShades(const Cells& cells, const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SHADES_H_
