// Shades: the cells of two axes in colours or shaded characters.
#ifndef MAPFILE_LIB_TEXT_DRAW_SHADES_H_
#define MAPFILE_LIB_TEXT_DRAW_SHADES_H_

#include <string>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// The cells between both axes with their ticks, then a scale, beside the
// statistics: lines of at most `options.width` columns (20 at least), and of
// `options.height` if 10 are enough, each ended by a newline. With colours a
// line has two rows of them, of 256; else characters are more or less dense.
// Bins of different widths are true to scale. Cells are put together to fit;
// the scale then says how many. y rises upwards. NaN is `?`. The title and
// the statistics alone where an axis has no bins.
std::string DrawShades(const Cells& cells, const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SHADES_H_
