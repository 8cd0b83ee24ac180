// Sparkline: the shape of a picture in one line.
#ifndef MAPFILE_LIB_TEXT_DRAW_SPARKLINE_H_
#define MAPFILE_LIB_TEXT_DRAW_SPARKLINE_H_

#include <span>
#include <string>

namespace mapfile::text {

// `values` as one line of bars, each one column wide, at most `width` of
// them: "▁▃▇▃▁", or "_=#=_" without `unicode`. Negative ones show as zero.
std::string Sparkline(std::span<const double> values, int width, bool unicode);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SPARKLINE_H_
