// SvgFrame: the axes of a picture in SVG, and what stands beside it.
#ifndef MAPFILE_LIB_TEXT_DRAW_SVG_FRAME_H_
#define MAPFILE_LIB_TEXT_DRAW_SVG_FRAME_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/scale.h"
#include "lib/text/draw/svg_writer.h"

namespace mapfile::text {

// The words at an axis.
struct SvgAxis {
  Scale scale;
  std::string title;                // Any bytes
  std::vector<std::string> labels;  // Of bins; none: ticks of numbers
};

class SvgFrame {
 public:
  // Where the picture is.
  static constexpr int kLeft = 80;
  static constexpr int kTop = 40;
  static constexpr int kWidth = 520;
  static constexpr int kHeight = 380;
  // Where the statistics begin.
  static constexpr int kBeside = kLeft + kWidth + 20;

  SvgFrame(std::string_view title, SvgAxis x, SvgAxis y);

  SvgWriter& svg() { return svg_; }
  // Pixels of a number.
  double X(double value) const;
  double Y(double value) const;

  // Names at the left and values at the right, one below the other; returns
  // where they end. `marks` pixels are kept free before the names.
  double AddStatistics(const std::vector<Statistic>& rows, double top,
                       double marks = 0);
  // The axes, over what was drawn, and a note below; the whole file.
  std::string Finish(std::string_view note);

 private:
  void AddTicksX();
  void AddTicksY();

  SvgWriter svg_;
  const std::string title_;
  const SvgAxis x_;
  const SvgAxis y_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_SVG_FRAME_H_
