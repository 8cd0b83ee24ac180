// HistogramData: what it takes to show a histogram, and it in one line.
#ifndef MAPFILE_LIB_TEXT_HISTOGRAM_H_
#define MAPFILE_LIB_TEXT_HISTOGRAM_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/text/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct HistogramData {
  std::string title;                // Any bytes
  std::string axis_title;           // Any bytes; with the unit
  std::vector<double> edges;        // Rising; one more than contents
  std::vector<double> contents;     // Without the two below
  std::vector<std::string> labels;  // Of bins; none: they are of numbers
  bool regular = true;              // All bins are equally wide
  double underflow = 0;
  double overflow = 0;
  double entries = 0;
  std::optional<double> mean;  // None: nothing inside the axis
  std::optional<double> std_dev;
  // As many as contents, or none. Where there are, contents over weights is
  // shown: a mean, or a share.
  std::vector<double> weights;
  // What stands in the box; none: the five above. Safe for a terminal.
  std::vector<std::pair<std::string, std::string>> statistics;
};

// The histogram that `view` is: an object of class Histogram1D, or of one
// that has it as a base, with the fields that mapfile/histogram.h states,
// whatever their type of number. None: it is something else, or contradicts
// itself (bins and contents don't agree, edges don't rise), and can only be
// shown field by field. Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<HistogramData>> ReadHistogram(
    const ValueView& view, ValueReader& reader);

// "1000 entries, mean 3.2, σ 0.9 ▁▃▇▃▁": as much of it as fits `width`.
std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_HISTOGRAM_H_
