// HistogramData: what it takes to show a histogram, whatever its class.
#ifndef MAPFILE_LIB_TEXT_HISTOGRAM_DATA_H_
#define MAPFILE_LIB_TEXT_HISTOGRAM_DATA_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct HistogramData {
  std::string title;              // Any bytes
  std::string axis_title;         // Any bytes; with the unit
  std::vector<double> edges;      // Rising; one more than contents
  std::vector<double> contents;   // Without the two below
  double underflow = 0;
  double overflow = 0;
  double entries = 0;
  std::optional<double> mean;     // None: nothing inside the axis
  std::optional<double> std_dev;
};

// The histogram that `view` is, by the fields of its class; none if it is
// something else, of too many dimensions, or its axis makes no sense.
// Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<HistogramData>> ReadHistogram(
    const ValueView& view, ValueReader& reader);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_HISTOGRAM_DATA_H_
