#include "lib/text/draw/svg_cells.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>

#include "lib/text/draw/grid.h"
#include "lib/text/draw/palette.h"
#include "lib/text/draw/svg_frame.h"
#include "lib/text/human.h"

namespace mapfile::text {
namespace {

constexpr int kMostPlacesX = 260;
constexpr int kMostPlacesY = 190;
constexpr int kScaleSteps = 20;
constexpr int kScaleWidth = 20;
constexpr int kScaleHeight = 140;

std::string Fill(const Rgb& color) {
  return fmt::format(
      R"(fill="#{:02x}{:02x}{:02x}" shape-rendering="crispEdges")", color.red,
      color.green, color.blue);
}

// The end of the places from `i` on that are of the same bins.
std::size_t EndOfRun(const std::vector<BinRange>& places, std::size_t i) {
  std::size_t end = i + 1;
  while (end < places.size() && places[end].begin == places[i].begin &&
         places[end].end == places[i].end) {
    ++end;
  }
  return end;
}

void AddCells(const Grid& grid, const Shading& shading, SvgWriter& svg) {
  const double width =
      1.0 * SvgFrame::kWidth / static_cast<double>(grid.x.places.size());
  const double height =
      1.0 * SvgFrame::kHeight / static_cast<double>(grid.y.places.size());
  for (std::size_t j = 0; j < grid.y.places.size();) {
    const std::size_t end_j = EndOfRun(grid.y.places, j);
    for (std::size_t i = 0; i < grid.x.places.size();) {
      const std::size_t end_i = EndOfRun(grid.x.places, i);
      const double value = grid.At(i, j);
      if (!std::isnan(value) && !shading.IsEmpty(value)) {
        svg.Rect(SvgFrame::kLeft + static_cast<double>(i) * width,
                 SvgFrame::kTop + SvgFrame::kHeight -
                     static_cast<double>(end_j) * height,
                 static_cast<double>(end_i - i) * width,
                 static_cast<double>(end_j - j) * height,
                 Fill(ColorAt(shading.PartOf(value))));
      }
      i = end_i;
    }
    j = end_j;
  }
}

void AddScale(const Shading& shading, double top, SvgWriter& svg) {
  const double step = 1.0 * kScaleHeight / kScaleSteps;
  for (int i = 0; i < kScaleSteps; ++i) {
    svg.Rect(SvgFrame::kBeside, top + kScaleHeight - (i + 1) * step,
             kScaleWidth, step, Fill(ColorAt(1.0 * i / (kScaleSteps - 1))));
  }
  const double x = SvgFrame::kBeside + kScaleWidth + 6;
  svg.Text(x, top + 10, HumanNumber(shading.high(), 4), R"(fill="black")");
  svg.Text(x, top + kScaleHeight, HumanNumber(shading.low(), 4),
           R"(fill="black")");
}

}  // namespace

std::string DrawSvgCells(const Cells& cells, const PrintOptions& options) {
  if (cells.x.bins() == 0 || cells.y.bins() == 0) {
    const Scale scale = Scale::Linear(0, 1);
    SvgFrame frame(cells.title, {scale, cells.x.title, {}},
                   {scale, cells.y.title, {}});
    frame.AddStatistics(cells.statistics, SvgFrame::kTop);
    return frame.Finish("no bins");
  }
  const Grid grid = MakeGrid(cells, GridAxis(cells.x, kMostPlacesX, 1),
                             GridAxis(cells.y, kMostPlacesY, 1));
  const Shading shading(grid.values, options.log);
  SvgFrame frame(cells.title, {grid.x.scale, cells.x.title, cells.x.labels},
                 {grid.y.scale, cells.y.title, cells.y.labels});
  AddCells(grid, shading, frame.svg());
  const double end = frame.AddStatistics(cells.statistics, SvgFrame::kTop);
  AddScale(shading, end + 20, frame.svg());
  std::string note = options.log ? "(logarithmic) " : "";
  if (grid.x.group > 1 || grid.y.group > 1) {
    note += fmt::format("({} x {} bins each)", grid.x.group, grid.y.group);
  }
  return frame.Finish(note);
}

}  // namespace mapfile::text
