// Content: objects of the histogram family as a whole, with what they hold.
#ifndef MAPFILE_LIB_TEXT_CONTENT_H_
#define MAPFILE_LIB_TEXT_CONTENT_H_

#include <string>

#include "lib/text/print_options.h"
#include "lib/text/statistics.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

// Title, statistics and axes of the object `view`, whose `statistics` these
// are; then what it holds. The means of a Profile1D and the shares of an
// Efficiency are drawn as bars. The cells of two axes are shaded, those of a
// Histogram3D added up over z. Of a Graph and a TimeSeries come the first
// points and the last samples, `options.max_elements` (0: 10) of them. Lines
// of at most `options.width` columns (20 at least), each ended by a newline.
// Corrupt: it can't be read.
[[nodiscard]] Result<std::string> DrawObject(const ValueView& view,
                                             ValueReader& reader,
                                             const Statistics& statistics,
                                             const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_CONTENT_H_
