// Canvas: dots and marks in cells of a terminal.
#ifndef MAPFILE_LIB_TEXT_DRAW_CANVAS_H_
#define MAPFILE_LIB_TEXT_DRAW_CANVAS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mapfile::text {

// A cell has 2 x 4 dots of braille, or 1 x 2 in ASCII ("'", ".", ":"), unless
// a mark stands there. Dots count from the left and from the bottom; what is
// outside is dropped.
class Canvas {
 public:
  Canvas(int columns, int rows, bool unicode);

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  int dots_wide() const { return columns_ * dots_x_; }
  int dots_high() const { return rows_ * dots_y_; }

  void Dot(int x, int y);
  void Line(int x0, int y0, int x1, int y1);
  // A character of one column; it hides dots. Row 0 is the lowest.
  void Mark(int column, int row, std::string_view mark);
  bool IsMarked(int column, int row) const;

  // Row 0 is the lowest; without blanks at its end.
  std::string Row(int row) const;

 private:
  struct Cell {
    std::uint8_t dots = 0;
    std::string_view mark;
  };
  const Cell& At(int column, int row) const {
    return cells_[static_cast<std::size_t>(row * columns_ + column)];
  }

  const int columns_;
  const int rows_;
  const bool unicode_;
  const int dots_x_;
  const int dots_y_;
  std::vector<Cell> cells_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_CANVAS_H_
