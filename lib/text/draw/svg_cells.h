// The cells of two axes as SVG.
#ifndef MAPFILE_LIB_TEXT_DRAW_SVG_CELLS_H_
#define MAPFILE_LIB_TEXT_DRAW_SVG_CELLS_H_

#include <string>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

// A file as that of DrawSvg, with a scale of colours beside.
std::string DrawSvgCells(const Cells& cells, const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SVG_CELLS_H_
