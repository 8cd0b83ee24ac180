// HistogramData: what it takes to show a histogram, and it in one line.
#ifndef MAPFILE_LIB_TEXT_HISTOGRAM_H_
#define MAPFILE_LIB_TEXT_HISTOGRAM_H_

#include <optional>
#include <string>
#include <vector>

#include "lib/text/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct HistogramData {
  std::string title;             // Any bytes
  std::string axis_title;        // Any bytes; with the unit
  std::vector<double> edges;     // Rising; one more than contents
  std::vector<double> contents;  // Without the two below
  bool regular = true;           // All bins are equally wide
  double underflow = 0;
  double overflow = 0;
  double entries = 0;
  std::optional<double> mean;  // None: nothing inside the axis
  std::optional<double> std_dev;
};

// The histogram that `view` is: an object of class Histogram1D, or of one
// that has it as a base, with these fields among others, whatever their type
// of number:
//
//     string title;
//     class axis { string title; bins; low; high; vector edges; }
//     vector contents;          // bins + 2: underflow first, overflow last
//     entries; sum_w; sum_wx; sum_wx2;  // The sums: inside the axis alone
//
// Bins are equally wide between low and high where edges is empty. None: it
// is something else, or contradicts itself (bins and contents don't agree,
// edges don't rise), and can only be shown field by field. Corrupt: it can't
// be read.
[[nodiscard]] Result<std::optional<HistogramData>> ReadHistogram(
    const ValueView& view, ValueReader& reader);

// "1000 entries, mean 3.2, σ 0.9 ▁▃▇▃▁": as much of it as fits `width`.
std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_HISTOGRAM_H_
