#include "lib/text/read_histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/axis_data.h"
#include "lib/text/draw/sparkline.h"
#include "lib/text/human.h"
#include "lib/text/object_fields.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr std::string_view kClass = "Histogram1D";
constexpr int kDigits = 4;
constexpr int kLeastBars = 5;
constexpr int kMostBars = 24;

void ReadStatistics(const ObjectFields& fields, HistogramData& data) {
  data.entries = fields.Number("entries").value_or(0);
  const double sum = fields.Number("sum_w").value_or(0);
  data.sum_w = sum;
  data.sum_w2 = fields.Number("sum_w2").value_or(0);
  if (sum == 0) return;
  data.mean = fields.Number("sum_wx").value_or(0) / sum;
  const double square = fields.Number("sum_wx2").value_or(0) / sum;
  // Rounding can make a tiny variance negative.
  data.std_dev = std::sqrt(std::max(0.0, square - *data.mean * *data.mean));
}

}  // namespace

void DropOutside(std::vector<double>& cells) {
  if (cells.size() < 2) return;
  cells.pop_back();
  cells.erase(cells.begin());
}

void SetAxis(AxisData axis, HistogramData& data) {
  data.axis_title = std::move(axis.title);
  data.edges = std::move(axis.edges);
  data.labels = std::move(axis.labels);
  data.logarithmic = axis.kind == "logarithmic";
  data.regular = axis.regular || data.logarithmic;
}

Result<std::optional<HistogramData>> ReadHistogram(const ValueView& view,
                                                   ValueReader& reader) {
  if (view.kind() != Kind::kClass || !IsA(*view.type().cls, kClass)) {
    return std::nullopt;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto fields, ObjectFields::Of(view, reader));
  HistogramData data;
  MAPFILE_ASSIGN_OR_RETURN(data.name, fields.Text("name"));
  MAPFILE_ASSIGN_OR_RETURN(data.title, fields.Text("title"));
  MAPFILE_ASSIGN_OR_RETURN(data.contents, fields.Numbers("contents"));
  if (data.contents.size() < 3) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(data.squares, fields.Numbers("squares"));
  if (data.squares.size() != data.contents.size()) data.squares.clear();
  data.underflow = data.contents.front();
  data.overflow = data.contents.back();
  DropOutside(data.contents);
  DropOutside(data.squares);
  MAPFILE_ASSIGN_OR_RETURN(auto axis,
                           ReadAxis(fields, "x_axis", data.contents.size()));
  if (!axis) return std::nullopt;
  SetAxis(*std::move(axis), data);
  ReadStatistics(fields, data);
  return data;
}

std::string SummariseHistogram(const HistogramData& data, int width,
                               const PrintOptions& options) {
  std::vector<std::string> parts = {HumanNumber(data.entries, 15) + " entries"};
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

}  // namespace mapfile::text
