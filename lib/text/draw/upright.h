// Histograms as bars that rise.
#ifndef MAPFILE_LIB_TEXT_DRAW_UPRIGHT_H_
#define MAPFILE_LIB_TEXT_DRAW_UPRIGHT_H_

#include <string>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// Title, bars, axes with ticks, and the statistics: lines of at most
// `options.width` columns (20 at least), each ended by a newline. They are
// beside the bars where there is room, else below. Bins are put together to
// fit; what is below the axis then says how many. Those of a variable axis
// are true to scale; where they share a column the largest is shown. Bars
// have `rows` rows; 0: as many as `options.height` leaves.
std::string DrawUpright(const HistogramData& data, const PrintOptions& options,
                        int rows = 0);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_UPRIGHT_H_
