// Picture: what is drawn, as numbers. An object is read into one of these
// once; characters and SVG are made from them.
#ifndef MAPFILE_LIB_TEXT_DRAW_PICTURE_H_
#define MAPFILE_LIB_TEXT_DRAW_PICTURE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mapfile::text {

// "Mean x" and "0.0034". Safe for a terminal.
using Statistic = std::pair<std::string, std::string>;

// The axis of a histogram, profile or efficiency.
struct AxisData {
  std::string title;                // Any bytes; with the unit in brackets
  std::string kind;                 // As axis.h has it
  std::vector<double> edges;        // Rising; one more than bins, of which
  std::vector<std::string> labels;  // there may be none. A category axis'
  bool regular = true;              // All bins are equally wide

  std::size_t bins() const { return edges.size() - 1; }
};

// What is shown of a bin, or of several that are put together.
enum class Shown {
  kSums,    // contents; their error is the root of the squares
  kMeans,   // contents over weights, as TProfile
  kShares,  // contents over weights, as TEfficiency
};

// A histogram, profile or efficiency over one axis.
struct HistogramData {
  std::string name;                 // Any bytes
  std::string title;                // Any bytes
  std::string axis_title;           // Any bytes; with the unit
  std::string value_title;          // The same, of what is shown
  std::vector<double> edges;        // Rising; one more than contents
  std::vector<double> contents;     // Without the two below
  std::vector<std::string> labels;  // Of bins; none: they are of numbers
  bool regular = true;              // All bins are equally wide
  bool logarithmic = false;         // They are, on a logarithmic scale
  double underflow = 0;
  double overflow = 0;
  double entries = 0;
  std::optional<double> mean;  // None: nothing inside the axis
  std::optional<double> std_dev;
  double sum_w = 0;  // Of weights, and of their squares, inside the axis
  double sum_w2 = 0;
  Shown shown = Shown::kSums;
  // As many as contents, or none.
  std::vector<double> weights;
  std::vector<double> squares;         // Sums of w w, or of w v v for means
  std::vector<double> weight_squares;  // For means; none: weights are 1
  // What stands in the box; none: figures of the fields above.
  std::vector<Statistic> statistics;
};

// Points joined by a line. A NaN is a gap.
struct GraphData {
  std::string name;     // Any bytes
  std::string title;    // Any bytes
  std::string x_title;  // Any bytes; with the unit
  std::string y_title;
  std::vector<double> x;
  std::vector<double> y;  // As many
  // Distances, as many, or none; where high ones are missing they are as the
  // low ones.
  std::vector<double> x_errors_low;
  std::vector<double> x_errors_high;
  std::vector<double> y_errors_low;
  std::vector<double> y_errors_high;
  // x counts seconds from here, in ns since 1970. None: x is a number.
  std::optional<std::int64_t> start_ns;
  std::vector<Statistic> statistics;
};

// A value for each bin of x, for each bin of y. Underflow and overflow are
// left out.
struct Cells {
  AxisData x;
  AxisData y;
  std::vector<double> sums;
  // As many, or none. Where there are, sums over weights are shown, and a
  // cell without weight is empty.
  std::vector<double> weights;
  std::string name = {};   // Any bytes
  std::string title = {};  // Any bytes
  std::vector<Statistic> statistics = {};
};

using Picture = std::variant<HistogramData, GraphData, Cells>;

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_DRAW_PICTURE_H_
