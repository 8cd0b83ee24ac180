#include "lib/text/draw/canvas.h"

#include <algorithm>
#include <cstdlib>

namespace mapfile::text {
namespace {

// Bits of a braille cell by row from the bottom, left and right (Unicode,
// block U+2800).
constexpr std::uint8_t kBraille[4][2] = {
    {0x40, 0x80}, {0x04, 0x20}, {0x02, 0x10}, {0x01, 0x08}};
constexpr std::string_view kAsciiDots[] = {" ", ".", "'", ":"};

std::string BrailleOf(std::uint8_t dots) {
  // U+2800 + dots, in UTF-8.
  return {'\xe2', static_cast<char>(0xa0 + (dots >> 6)),
          static_cast<char>(0x80 + (dots & 0x3f))};
}

}  // namespace

Canvas::Canvas(int columns, int rows, bool unicode)
    : columns_(std::max(columns, 1)),
      rows_(std::max(rows, 1)),
      unicode_(unicode),
      dots_x_(unicode ? 2 : 1),
      dots_y_(unicode ? 4 : 2),
      cells_(static_cast<std::size_t>(columns_) *
             static_cast<std::size_t>(rows_)) {}

void Canvas::Dot(int x, int y) {
  if (x < 0 || y < 0 || x >= dots_wide() || y >= dots_high()) return;
  Cell& cell =
      cells_[static_cast<std::size_t>(y / dots_y_ * columns_ + x / dots_x_)];
  const int bit_y = y % dots_y_;
  cell.dots |= unicode_ ? kBraille[bit_y][x % dots_x_]
                        : static_cast<std::uint8_t>(1 << bit_y);
}

// Bresenham's.
void Canvas::Line(int x0, int y0, int x1, int y1) {
  const int dx = std::abs(x1 - x0);
  const int dy = -std::abs(y1 - y0);
  const int step_x = x0 < x1 ? 1 : -1;
  const int step_y = y0 < y1 ? 1 : -1;
  int error = dx + dy;
  for (;;) {
    Dot(x0, y0);
    if (x0 == x1 && y0 == y1) return;
    const int twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x0 += step_x;
    }
    if (twice <= dx) {
      error += dx;
      y0 += step_y;
    }
  }
}

void Canvas::Mark(int column, int row, std::string_view mark) {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return;
  cells_[static_cast<std::size_t>(row * columns_ + column)].mark = mark;
}

bool Canvas::IsMarked(int column, int row) const {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return false;
  return !At(column, row).mark.empty();
}

std::string Canvas::Row(int row) const {
  std::string text;
  std::size_t used = 0;
  for (int column = 0; column < columns_; ++column) {
    const Cell& cell = At(column, row);
    if (!cell.mark.empty()) {
      text += cell.mark;
    } else if (cell.dots == 0) {
      text += ' ';
      continue;
    } else {
      text +=
          unicode_ ? BrailleOf(cell.dots) : std::string(kAsciiDots[cell.dots]);
    }
    used = text.size();
  }
  text.resize(used);
  return text;
}

}  // namespace mapfile::text
