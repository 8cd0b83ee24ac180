// Graphs and time series as lines.
#ifndef MAPFILE_LIB_TEXT_DRAW_PLOT_H_
#define MAPFILE_LIB_TEXT_DRAW_PLOT_H_

#include <string>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"
#include "lib/text/draw/scale.h"

namespace mapfile::text {

// The points, in their order, joined by lines of braille dots (of points and
// quotes in ASCII) between axes with ticks, and the statistics: lines of at
// most `options.width` columns (20 at least), and of `options.height` if 10
// are enough, each ended by a newline. A NaN interrupts the line; what is not
// above 0 does on a logarithmic scale.
std::string DrawPlot(const GraphData& data, const PrintOptions& options);

// From the least to the greatest finite x, or y, with error bars if they are
// to be shown.
Scale ScaleOfX(const GraphData& data, bool errors);
Scale ScaleOfY(const GraphData& data, bool errors, bool log);

// "2026-11-25, UTC" if x is time, below the title.
std::string TitleOfX(const GraphData& data);

// How far an error bar of point `i` reaches down and up, or left and right.
double ErrorOf(const std::vector<double>& errors,
               const std::vector<double>& others, std::size_t i);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_PLOT_H_
