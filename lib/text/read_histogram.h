// Stored histograms over one axis, for pictures, and in one line.
#ifndef MAPFILE_LIB_TEXT_READ_HISTOGRAM_H_
#define MAPFILE_LIB_TEXT_READ_HISTOGRAM_H_

#include <optional>
#include <string>
#include <vector>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

// The histogram that `view` is: an object of class Histogram1D, or of one
// that has it as a base, with the fields that mapfile/histogram.h states,
// whatever their type of number. None: it is something else, or contradicts
// itself (bins and contents don't agree, edges don't rise), and can only be
// shown field by field. Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<HistogramData>> ReadHistogram(
    const ValueView& view, ValueReader& reader);

// Takes underflow and overflow away from what an axis has of each bin.
void DropOutside(std::vector<double>& cells);

// `axis` becomes that of `data`.
void SetAxis(AxisData axis, HistogramData& data);

// "1000 entries, mean 3.2, σ 0.9 ▁▃▇▃▁": as much of it as fits `width`.
std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_READ_HISTOGRAM_H_
