// Frame: a canvas between its axes.
#ifndef MAPFILE_LIB_TEXT_DRAW_FRAME_H_
#define MAPFILE_LIB_TEXT_DRAW_FRAME_H_

#include <map>
#include <string>
#include <vector>

#include "lib/text/draw/canvas.h"
#include "lib/text/draw/scale.h"
#include "lib/text/draw/sheet.h"

namespace mapfile::text {

struct Axes {
  Scale x;
  Scale y;
  std::string x_title;  // Any bytes
  std::string y_title;
  std::vector<std::string> labels;  // Of bins of x; none: of numbers
  std::string note;                 // Below; safe for a terminal
};

class Frame {
 public:
  // Takes the room that `sheet` has left.
  Frame(const Axes& axes, Sheet& sheet);

  Canvas& canvas() { return canvas_; }
  // Dots of a number, from the left and from the bottom.
  int DotX(double x) const;
  int DotY(double y) const;
  int Column(double x) const;
  int Row(double y) const;

  // Adds the canvas with its axes to the sheet.
  void Add();

 private:
  int Place(double place, int size) const;

  const Axes& axes_;
  Sheet& sheet_;
  int rows_;
  std::map<int, std::string> labels_;
  int margin_;
  Canvas canvas_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_FRAME_H_
