// Pictures as SVG.
#ifndef MAPFILE_LIB_TEXT_DRAW_SVG_H_
#define MAPFILE_LIB_TEXT_DRAW_SVG_H_

#include <span>
#include <string>

#include "lib/text/draw/curves.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// The picture of one, or of several over each other (OverlayFault is empty
// then), as a stand-alone file of SVG 1.1 in UTF-8, 800 x 480 pixels. Of
// `options` the errors, the logarithmic scale and the statistics count.
std::string DrawSvg(std::span<const NamedPicture> pictures,
                    const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SVG_H_
