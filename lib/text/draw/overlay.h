// Several pictures over one axis, drawn over each other.
#ifndef MAPFILE_LIB_TEXT_DRAW_OVERLAY_H_
#define MAPFILE_LIB_TEXT_DRAW_OVERLAY_H_

#include <span>
#include <string>

#include "lib/text/draw/curves.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// A mark of its own for each, in common scales, with a legend that says how
// many entries it has: lines of at most `options.width` columns (20 at
// least), each ended by a newline. Where several are in one place they take
// turns. OverlayFault(pictures) is empty.
std::string DrawOverlay(std::span<const NamedPicture> pictures,
                        const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_OVERLAY_H_
