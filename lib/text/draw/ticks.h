// Axes in characters: the line with its ticks, and what stands beside them.
#ifndef MAPFILE_LIB_TEXT_DRAW_TICKS_H_
#define MAPFILE_LIB_TEXT_DRAW_TICKS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/draw/pen.h"
#include "lib/text/draw/picture.h"
#include "lib/text/draw/scale.h"

namespace mapfile::text {

inline constexpr int kColumnsPerTick = 8;
inline constexpr int kRowsPerTick = 3;

// A label at a column, counted from the line that the axis begins with.
struct ColumnTick {
  int column;
  std::string label;
};

// Those of `scale` over `columns` columns: 0 to `columns`.
std::vector<ColumnTick> ColumnTicks(const Scale& scale, int columns);

// Labels of `bins` below their middles.
std::vector<ColumnTick> LabelTicks(const std::vector<std::string>& labels,
                                   double columns_per_bin, bool unicode);

// The line below a picture, which begins with `corner`.
std::string AxisLine(const std::vector<ColumnTick>& ticks, int columns,
                     std::string_view corner, const Pen& pen);

// Labels centred below their ticks, those left out that would touch.
std::string TickLabels(const std::vector<ColumnTick>& ticks, int margin,
                       int width);

// Ticks of a vertical axis by row, of `rows`, the lowest of which is 0.
std::map<int, std::string> RowTicks(const Scale& scale, int rows);

int WidthOf(const std::map<int, std::string>& labels);

// "(4 bins/row)"; nothing if each has its own.
std::string GroupNote(std::size_t bins, std::string_view place);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_TICKS_H_
