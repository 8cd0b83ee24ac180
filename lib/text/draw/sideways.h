// Histograms as bars that go to the right, one below the other.
#ifndef MAPFILE_LIB_TEXT_DRAW_SIDEWAYS_H_
#define MAPFILE_LIB_TEXT_DRAW_SIDEWAYS_H_

#include <string>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// A row for each bin, or for several that are put together, with its lower
// edge (or label) before the bar and its content behind; rows for underflow
// and overflow where they aren't empty; an axis below. Lines of at most
// `options.width` columns (20 at least), and of `options.height` if 12 are
// enough, each ended by a newline.
std::string DrawSideways(const HistogramData& data,
                         const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SIDEWAYS_H_
