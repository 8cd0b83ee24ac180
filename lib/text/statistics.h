// Statistics: the figures of an object of the histogram family.
#ifndef MAPFILE_LIB_TEXT_STATISTICS_H_
#define MAPFILE_LIB_TEXT_STATISTICS_H_

#include <optional>
#include <string>
#include <vector>

#include "lib/text/draw/picture.h"
#include "lib/text/draw/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct Statistics {
  std::string name;             // Any bytes
  std::string title;            // Any bytes
  std::vector<Statistic> rows;  // In the order in which they matter
  std::vector<double> line;     // What a sparkline shows; empty: nothing
};

// Those of `view`: an object of class Histogram2D, Histogram3D, Profile1D,
// Profile2D, Efficiency, Graph, TimeSeries or CounterSet, or of one that has
// it as a base, with the fields that its header states. None: it is something
// else (also Histogram1D, see read_histogram.h), or contradicts itself.
// Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<Statistics>> ReadStatistics(
    const ValueView& view, ValueReader& reader, const PrintOptions& options);

// "Entries 25000, Mean x 0.0034 ▁▃▇▃▁": as much of it as fits `width`.
std::string SummariseStatistics(const Statistics& statistics, int width,
                                const PrintOptions& options);

// The title and a box with the rows: lines, each ended by a newline, of at
// most `options.width` columns.
std::string DrawStatistics(const Statistics& statistics,
                           const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_STATISTICS_H_
