// Sheet: the lines of a picture, with its title above and its statistics
// beside them, or below where there is no room.
#ifndef MAPFILE_LIB_TEXT_DRAW_SHEET_H_
#define MAPFILE_LIB_TEXT_DRAW_SHEET_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/draw/pen.h"
#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"

namespace mapfile::text {

class Sheet {
 public:
  // Begins with `title` (any bytes), if there is one.
  Sheet(std::string_view title, std::vector<Statistic> statistics,
        const PrintOptions& options);

  const Pen& pen() const { return pen_; }
  bool unicode() const { return options_.unicode; }
  bool color() const { return options_.color; }
  // Columns that are left of the box.
  int room() const { return room_; }
  // Lines that are left for the picture, `least` if there are fewer.
  int lines_left(int least) const;

  // Adds a line, cut at room(), with the next one of the box behind it.
  void Add(std::string_view line) { AddStyled(line, -1); }
  // The same of a line of `width` columns that has colours in it, no wider
  // than room(). -1: it has none.
  void AddStyled(std::string_view line, int width);

  // The lines, each ended by a newline, with what is left of the statistics.
  std::string Take();

 private:
  const PrintOptions options_;
  const Pen pen_;
  const int width_;
  int room_;
  int lines_ = 0;
  std::vector<std::string> box_;
  std::size_t box_used_ = 0;
  std::vector<std::string> below_;
  std::string out_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SHEET_H_
