// Grid: the cells of two axes put into places of equal size, to scale.
#ifndef MAPFILE_LIB_TEXT_DRAW_GRID_H_
#define MAPFILE_LIB_TEXT_DRAW_GRID_H_

#include <cstddef>
#include <vector>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/scale.h"

namespace mapfile::text {

// Bins `begin` to `end` - 1.
struct BinRange {
  std::size_t begin;
  std::size_t end;
};

// The places along one axis. Equally wide bins take equally many places, or
// equally many of them share one; others are true to scale.
struct GridAxis {
  // `most` places, of which a bin takes `most_per_bin` at most. The axis has
  // bins.
  GridAxis(const AxisData& axis, int most, int most_per_bin);

  std::vector<BinRange> places;
  std::size_t group = 1;  // Bins that share a place
  bool regular = true;
  Scale scale;  // Over all places
};

// What is shown of the cells of two ranges: their sum (or mean by weight), or
// where an axis isn't regular the largest. 0 where nothing has weight.
double ValueOf(const Cells& cells, BinRange x, BinRange y, bool sum);

struct Grid {
  GridAxis x;
  GridAxis y;
  std::vector<double> values;  // Along x first, from the bottom

  double At(std::size_t i, std::size_t j) const {
    return values[i + j * x.places.size()];
  }
};
Grid MakeGrid(const Cells& cells, GridAxis x, GridAxis y);

// How much of a value, from little to much.
class Shading {
 public:
  Shading(const std::vector<double>& values, bool log);

  double low() const { return low_; }
  double high() const { return high_; }
  // Whether `value` looks empty: 0 where there is nothing below.
  bool IsEmpty(double value) const;
  // 0 to 1; of a NaN it is NaN.
  double PartOf(double value) const;

 private:
  Scale scale_;
  double low_;
  double high_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_GRID_H_
