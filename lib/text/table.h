// Table: aligned columns for people, never wider than the terminal.
#ifndef MAPFILE_LIB_TEXT_TABLE_H_
#define MAPFILE_LIB_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mapfile::text {

enum class Align { kLeft, kRight };

// How a cell is shown where colours are on.
enum class Style { kPlain, kBold, kDim, kRed, kGreen, kYellow, kCyan };

// `text` between the ANSI sequences of `style`; kPlain adds none.
std::string Styled(std::string_view text, Style style);

struct Column {
  std::string title;
  Align align = Align::kLeft;
  // May be shortened with an ellipsis when the table is too wide; the widest
  // such column shrinks first. Others do only when these are at `min_width`.
  bool shrinks = false;
  int min_width = 6;
  bool optional = false;  // Left out before any column shrinks
};

struct Cell {
  std::string text;  // Any bytes: escaped when shown
  Style style = Style::kPlain;
  bool has_escapes = false;  // They stay as they are
};

// What a terminal is sent of `cell`, before it is cut and coloured.
std::string Shown(const Cell& cell, bool unicode);

struct TableOptions {
  int width = 80;  // Columns that no line exceeds; 0: unbounded
  bool unicode = true;
  bool color = false;
  bool header = true;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty, surplus ones are dropped.
  void AddRow(std::vector<Cell> cells);
  std::size_t rows() const { return rows_.size(); }

  // Lines, each ended by a newline, without trailing spaces. Two spaces
  // stand between columns. Titles are there even without rows.
  std::string Format(const TableOptions& options) const;

 private:
  using Row = std::vector<Cell>;
  Row Titles() const;
  std::vector<int> Widths(const TableOptions& options) const;
  void Fit(std::vector<int>& widths, int limit) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_TABLE_H_
