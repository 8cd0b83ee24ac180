#include "lib/text/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/bars.h"
#include "lib/text/human.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr std::string_view kClass = "Histogram1D";
constexpr int kDigits = 4;
constexpr int kLeastBars = 5;
constexpr int kMostBars = 24;

// The fields of an object by name; each is none where the object has no such
// field, or one of another kind.
class Fields {
 public:
  static Result<Fields> Of(const ValueView& object, ValueReader& reader) {
    MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader.FieldsOf(object));
    return Fields(object, *flat, reader);
  }

  std::optional<ValueView> Find(std::string_view name) const {
    const auto found = flat_->index.find(name);
    if (found == flat_->index.end()) return std::nullopt;
    return reader_->Field(object_, flat_->fields[found->second]);
  }

  std::optional<double> Number(std::string_view name) const {
    const auto field = Find(name);
    if (!field || !IsNumber(field->kind())) return std::nullopt;
    return field->Number();
  }

  Result<std::string> Text(std::string_view name) const {
    const auto field = Find(name);
    if (!field || field->kind() != Kind::kString) return std::string();
    MAPFILE_ASSIGN_OR_RETURN(const auto text, reader_->TextOf(*field));
    return std::string(text);
  }

  Result<std::vector<double>> Numbers(std::string_view name) const {
    std::vector<double> numbers;
    const auto field = Find(name);
    const bool list = field && (field->kind() == Kind::kVector ||
                                field->kind() == Kind::kArray);
    if (!list || !IsNumber(field->type().children[0].kind)) return numbers;
    MAPFILE_ASSIGN_OR_RETURN(const auto elements, reader_->ElementsOf(*field));
    numbers.reserve(elements.count);
    for (std::uint64_t i = 0; i < elements.count; ++i) {
      numbers.push_back(elements[i].Number());
    }
    return numbers;
  }

 private:
  Fields(const ValueView& object, const FlatClass& flat, ValueReader& reader)
      : object_(object), flat_(&flat), reader_(&reader) {}

  ValueView object_;
  const FlatClass* flat_;
  ValueReader* reader_;
};

// Whether `edges` bound `bins` bins, each of some width.
bool AreEdges(const std::vector<double>& edges, std::size_t bins) {
  if (edges.size() != bins + 1) return false;
  if (!std::isfinite(edges.back() - edges.front())) return false;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (!(edges[i - 1] < edges[i])) return false;
  }
  return true;
}

// Reads the edges of data.contents, which is there already; false: they make
// no sense.
Result<bool> ReadAxis(const Fields& axis, HistogramData& data) {
  MAPFILE_ASSIGN_OR_RETURN(data.axis_title, axis.Text("title"));
  MAPFILE_ASSIGN_OR_RETURN(data.edges, axis.Numbers("edges"));
  const std::size_t bins = data.contents.size();
  data.regular = data.edges.empty();
  if (!data.regular) return AreEdges(data.edges, bins);
  const auto count = axis.Number("bins");
  const auto low = axis.Number("low");
  const auto high = axis.Number("high");
  if (!count || *count != static_cast<double>(bins) || !low || !high) {
    return false;
  }
  const double step = (*high - *low) / static_cast<double>(bins);
  if (!std::isfinite(step) || !(step > 0)) return false;
  data.edges.resize(bins + 1);
  for (std::size_t i = 0; i < bins; ++i) {
    data.edges[i] = *low + step * static_cast<double>(i);
  }
  data.edges[bins] = *high;
  return true;
}

void ReadStatistics(const Fields& fields, HistogramData& data) {
  data.entries = fields.Number("entries").value_or(0);
  const double sum = fields.Number("sum_w").value_or(0);
  if (sum == 0) return;
  data.mean = fields.Number("sum_wx").value_or(0) / sum;
  const double square = fields.Number("sum_wx2").value_or(0) / sum;
  // Rounding can make a tiny variance negative.
  data.std_dev = std::sqrt(std::max(0.0, square - *data.mean * *data.mean));
}

}  // namespace

Result<std::optional<HistogramData>> ReadHistogram(const ValueView& view,
                                                   ValueReader& reader) {
  if (view.kind() != Kind::kClass || !IsA(*view.type().cls, kClass)) {
    return std::nullopt;
  }
  MAPFILE_ASSIGN_OR_RETURN(const Fields fields, Fields::Of(view, reader));
  const auto axis_field = fields.Find("axis");
  if (!axis_field || axis_field->kind() != Kind::kClass) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(const Fields axis, Fields::Of(*axis_field, reader));
  HistogramData data;
  MAPFILE_ASSIGN_OR_RETURN(data.title, fields.Text("title"));
  MAPFILE_ASSIGN_OR_RETURN(data.contents, fields.Numbers("contents"));
  if (data.contents.size() < 3) return std::nullopt;
  data.underflow = data.contents.front();
  data.overflow = data.contents.back();
  data.contents.pop_back();
  data.contents.erase(data.contents.begin());
  MAPFILE_ASSIGN_OR_RETURN(const bool sound, ReadAxis(axis, data));
  if (!sound) return std::nullopt;
  ReadStatistics(fields, data);
  return data;
}

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

}  // namespace mapfile::text
