// Content: objects of the histogram family as a whole, with what they hold.
#ifndef MAPFILE_LIB_TEXT_CONTENT_H_
#define MAPFILE_LIB_TEXT_CONTENT_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "lib/text/draw/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// The picture of the object `view` with its title and statistics: bars for
// one axis, shades for two, a line for a Graph and a TimeSeries, of which
// `options.max_elements` points or samples follow; of a CounterSet its
// counters. Lines of at most `options.width` columns (20 at least), each
// ended by a newline. None: it is something else, or contradicts itself.
// Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<std::string>> DrawObject(
    const ValueView& view, ValueReader& reader, const PrintOptions& options);

// A stored object with the name that a picture gives it.
struct NamedBytes {
  std::string name;
  const Type* type;
  std::span<const std::byte> bytes;
};

// Pictures of `objects` as one, each with a mark of its own and a legend.
// InvalidArgument: one has no picture over one axis, or their axes have
// nothing in common. Corrupt: one can't be read.
[[nodiscard]] Result<std::string> DrawOver(std::span<const NamedBytes> objects,
                                           TypeTable& types,
                                           const PrintOptions& options);

// The same, or the picture of one object over any axes, as a stand-alone SVG
// file.
[[nodiscard]] Result<std::string> SvgOf(std::span<const NamedBytes> objects,
                                        TypeTable& types,
                                        const PrintOptions& options);

// Whether objects of `type` may have a sparkline.
bool HasSparkline(const Type& type);

// The shape of the object of `type` in `bytes`, at most `options.width`
// columns wide; empty: it has none. Corrupt: it can't be read.
[[nodiscard]] Result<std::string> SparklineOf(const Type& type,
                                              std::span<const std::byte> bytes,
                                              TypeTable& types,
                                              const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_CONTENT_H_
