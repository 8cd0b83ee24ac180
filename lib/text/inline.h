// A value in one line of bounded width.
#ifndef MAPFILE_LIB_TEXT_INLINE_H_
#define MAPFILE_LIB_TEXT_INLINE_H_

#include <string>

#include "lib/text/draw/print_options.h"
#include "lib/text/value_view.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct InlineText {
  std::string text;      // At most as wide as asked for; safe for a terminal
  bool complete = true;  // Nothing was left out
};

// `{run: 42, hits: [0.1, 0.2, … 4096 numbers]}`: as much of the value as fits
// `width` columns. Looks at little more than it shows, whatever the size of
// the value. Corrupt: only for what would be shown.
[[nodiscard]] Result<InlineText> FormatInline(const ValueView& view,
                                              ValueReader& reader, int width,
                                              const PrintOptions& options);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_INLINE_H_
