#include "lib/text/histogram_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/bars.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr int kDigits = 4;
constexpr int kLeastBars = 5;
constexpr int kMostBars = 24;

}  // namespace

std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options) {
  std::vector<std::string> parts = {HumanNumber(data.entries, 15) +
                                    " entries"};
  if (data.mean) parts.push_back(", mean " + HumanNumber(*data.mean, kDigits));
  if (data.std_dev) {
    parts.push_back((options.unicode ? ", σ " : ", sd ") +
                    HumanNumber(*data.std_dev, kDigits));
  }
  std::string text;
  for (const std::string& part : parts) {
    if (DisplayWidth(text) + DisplayWidth(part) > width) {
      return text.empty() ? Shorten(part, width, options.unicode) : text;
    }
    text += part;
  }
  const int room = width - DisplayWidth(text) - 1;
  if (room < kLeastBars || data.entries == 0) return text;
  return text + " " +
         Sparkline(data.contents, std::min(room, kMostBars), options.unicode);
}

Result<std::optional<std::string>> SummariseHistogram(
    const ValueView& view, ValueReader& reader, int width,
    const PrintOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(const auto data, ReadHistogram(view, reader));
  if (!data) return std::nullopt;
  return SummariseHistogram(*data, width, options);
}

}  // namespace mapfile::text
