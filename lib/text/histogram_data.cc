#include "lib/text/histogram_data.h"

namespace mapfile::text {
Result<std::optional<HistogramData>> ReadHistogram(const ValueView&, ValueReader&) { return std::nullopt; }
}
