// Bins put together, and what is shown of them.
#ifndef MAPFILE_LIB_TEXT_DRAW_BINS_H_
#define MAPFILE_LIB_TEXT_DRAW_BINS_H_

#include <cstddef>
#include <span>
#include <vector>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/scale.h"

namespace mapfile::text {

// How `bins` go into places (rows, columns, pixels): `size` of them into
// each, the last one may get fewer.
struct Groups {
  // As few as possible into at most `places` of them, unless a divisor of
  // `bins` is near, as then all places are alike.
  static Groups Of(std::size_t bins, int places);

  std::size_t count() const { return (bins + size - 1) / size; }
  std::size_t begin(std::size_t i) const { return i * size; }
  std::size_t end(std::size_t i) const {
    return i + 1 < count() ? (i + 1) * size : bins;
  }

  std::size_t bins = 0;
  std::size_t size = 1;
};

// Values with the ends of their error bars; the same as the value where
// there is no error.
struct ValuesWithErrors {
  std::vector<double> values;
  std::vector<double> low;  // As many, or none: nobody asked for errors
  std::vector<double> high;
};

enum class ErrorBars {
  kNone,
  kErrors,  // One standard deviation; of shares, Wilson's interval
  kSpread,  // Of means, the spread of what they are of; else as kErrors
};

// What is shown of each group of bins: sums, or what comes from sums.
ValuesWithErrors ValuesOf(const HistogramData& data, const Groups& groups,
                          ErrorBars bars);

// Which error bars `data` has: means have those of the spread without being
// asked, and those of the mean where they were asked for.
ErrorBars ErrorBarsOf(const HistogramData& data, bool asked);

// A scale for what is shown, with 0 at an end or inside, or a logarithmic
// one.
Scale ScaleOf(const ValuesWithErrors& shown, bool log);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_BINS_H_
