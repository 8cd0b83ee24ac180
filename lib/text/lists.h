// What graphs and time series hold, point by point.
#ifndef MAPFILE_LIB_TEXT_LISTS_H_
#define MAPFILE_LIB_TEXT_LISTS_H_

#include <string>

#include "lib/text/draw/print_options.h"
#include "lib/text/object_fields.h"
#include "mapfile/status.h"

namespace mapfile::text {

// The first `options.max_elements` points of a Graph, with their errors, and
// how many more there are: lines of at most `options.width` columns. Corrupt:
// they can't be read.
[[nodiscard]] Result<std::string> ListPoints(const ObjectFields& fields,
                                             const PrintOptions& options);

// The last `options.max_elements` samples of a TimeSeries with their times,
// oldest first, likewise.
[[nodiscard]] Result<std::string> ListSamples(const ObjectFields& fields,
                                              const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_LISTS_H_
