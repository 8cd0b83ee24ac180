// Histograms drawn in characters.
#ifndef MAPFILE_LIB_TEXT_DRAW_H_
#define MAPFILE_LIB_TEXT_DRAW_H_

#include <string>

#include "lib/text/histogram.h"
#include "lib/text/print_options.h"

namespace mapfile::text {

// Title, bars, axes with ticks, and ROOT's statistics box (Entries, Mean, Std
// Dev, Underflow, Overflow): lines of at most `options.width` columns (20 at
// least), each ended by a newline. The box is beside the bars where there is
// room for it, else below. Bins are put together to fit; what is on the axis
// then says how many.
std::string DrawHistogram(const HistogramData& data,
                          const PrintOptions& options, int height = 14);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_H_
