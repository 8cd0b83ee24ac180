// Bars: numbers as columns of characters.
#ifndef MAPFILE_LIB_TEXT_DRAW_BARS_H_
#define MAPFILE_LIB_TEXT_DRAW_BARS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/draw/scale.h"

namespace mapfile::text {

// The contents of bins, put into columns of a terminal.
struct Columns {
  std::vector<double> values;
  int bins_per_column = 1;  // Their sum is shown
  int columns_per_bin = 1;
};

// Puts bins of equal width into at most `width` columns: each into several of
// them, or several into one. A last column that got fewer bins than others is
// scaled up, so that it isn't mistaken for a drop.
Columns FitBins(std::span<const double> contents, int width);

// Puts bins between `edges` into exactly `width` columns, true to scale.
// Where bins share a column, the largest is shown.
Columns FitEdges(std::span<const double> contents,
                 std::span<const double> edges, int width);

// Where error bars end, by value; none: there are no error bars.
struct Whiskers {
  std::span<const double> low;
  std::span<const double> high;
};

// Values as bars over `height` rows. Zero is at a border of rows, so that
// bars of either sign begin on it. Borrows all.
class Bars {
 public:
  Bars(std::span<const double> values, int height, bool unicode,
       Whiskers whiskers = {});

  int rows_above() const { return above_; }
  int rows_below() const { return height_ - above_; }
  const ValueRange& range() const { return range_; }

  // Row 0 is the one just above zero, -1 the one just below. NaN is `?`, an
  // infinity reaches the end. Every value but 0 is visible.
  std::string Row(int row) const;

  // The row whose outer border is nearest to `value`.
  int RowOf(double value) const;

 private:
  // `value` in rows from zero.
  double Height(double value) const;
  std::string_view CellOf(double value, int row) const;
  // The part of an error bar in `row`; empty: none.
  std::string_view WhiskerOf(std::size_t i, int row) const;

  std::span<const double> values_;
  Whiskers whiskers_;
  int height_;
  bool unicode_;
  ValueRange range_;
  int above_ = 0;
  // A row is scale_ * unit_: the product may be too small for a double.
  double scale_ = 1;
  double unit_ = 1;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_BARS_H_
