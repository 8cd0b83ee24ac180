// A histogram in one line.
#ifndef MAPFILE_LIB_TEXT_HISTOGRAM_SUMMARY_H_
#define MAPFILE_LIB_TEXT_HISTOGRAM_SUMMARY_H_

#include <optional>
#include <string>

#include "lib/text/histogram_data.h"
#include "lib/text/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

// "1000 entries, mean 3.2, σ 0.9 ▁▃▇▃▁": as much of it as fits `width`.
std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options);

// The same of a value; none if it isn't a histogram. Corrupt.
[[nodiscard]] Result<std::optional<std::string>> SummariseHistogram(
    const ValueView& view, ValueReader& reader, int width,
    const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_HISTOGRAM_SUMMARY_H_
