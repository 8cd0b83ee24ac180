// Pen: the characters that lines are made of.
#ifndef MAPFILE_LIB_TEXT_DRAW_PEN_H_
#define MAPFILE_LIB_TEXT_DRAW_PEN_H_

#include <string>
#include <string_view>

namespace mapfile::text {

inline constexpr int kLeastPictureWidth = 20;

struct Pen {
  explicit Pen(bool unicode)
      : vertical(unicode ? "│" : "|"),
        horizontal(unicode ? "─" : "-"),
        tick_left(unicode ? "┤" : "+"),
        tick_down(unicode ? "┬" : "+"),
        zero(unicode ? "┼" : "+"),
        top_left(unicode ? "┌" : "+"),
        top_right(unicode ? "┐" : "+"),
        bottom_left(unicode ? "└" : "+"),
        bottom_right(unicode ? "┘" : "+"),
        left_end(unicode ? "├" : "|"),
        right_end(unicode ? "┤" : "|"),
        top_end(unicode ? "┬" : "|"),
        bottom_end(unicode ? "┴" : "|"),
        ellipsis(unicode ? "…" : "..") {}
  std::string_view vertical, horizontal, tick_left, tick_down, zero;
  std::string_view top_left, top_right, bottom_left, bottom_right;
  std::string_view left_end, right_end, top_end, bottom_end;  // Error bars
  std::string_view ellipsis;
};

inline std::string Repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_PEN_H_
