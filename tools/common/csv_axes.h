// The axes of objects that have cells, as columns of CSV: x_low and x_high,
// for a category axis also x_label, and so for y and z. A row is a cell.
#ifndef MAPFILE_TOOLS_COMMON_CSV_AXES_H_
#define MAPFILE_TOOLS_COMMON_CSV_AXES_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/status.h"
#include "tools/common/csv.h"

namespace mapfile::tools {

// All cells over `axes`, x first, those outside included: what is below an
// axis begins at -inf, what is above ends at inf. `titles` are the columns
// behind those of the axes, which `write` fills for each cell.
std::string WriteCells(
    std::span<const Axis* const> axes, const std::vector<std::string>& titles,
    const std::function<void(CsvWriter&, std::size_t)>& write);

// What the rows of a table are cells of.
struct CsvCells {
  std::vector<Axis> axes;
  std::size_t cells = 0;
  std::vector<std::size_t> cell_of_row;

  // Values by row as values by cell; those that aren't there are 0.
  std::vector<double> ByCell(const std::vector<double>& by_row) const;
};

// Reads the columns of `count` axes. An axis of `former`, which may be empty,
// is taken if it has the same bins; else it is regular or logarithmic if its
// edges are so, else variable. InvalidArgument, with line and column: edges
// that are NaN, don't rise or leave gaps; a cell twice; cells inside that are
// missing; labels that aren't one for each bin.
[[nodiscard]] Result<CsvCells> ReadCells(const CsvTable& table,
                                         std::size_t count,
                                         std::span<const Axis* const> former);

// "x_low", "x_high", "x_label" and so on, for CheckColumns.
std::vector<std::string> AxisColumns(std::size_t count);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CSV_AXES_H_
