#include "lib/text/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/axis_data.h"
#include "lib/text/draw.h"
#include "lib/text/human.h"
#include "lib/text/object_fields.h"
#include "lib/text/shades.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

using List = std::vector<double>;

constexpr std::size_t kRows = 10;  // Unless the options say otherwise
constexpr int kDigits = 6;

// The axis called `field`, if it has as many bins as it says and at most
// `most`.
Result<std::optional<AxisData>> AxisUpTo(const ObjectFields& fields,
                                         std::string_view field,
                                         std::size_t most) {
  MAPFILE_ASSIGN_OR_RETURN(const auto axis, fields.Object(field, "Axis"));
  const double bins = axis ? axis->Number("bins").value_or(-1) : -1;
  if (!(bins >= 0) || bins > static_cast<double>(most)) return std::nullopt;
  return ReadAxis(fields, field, static_cast<std::size_t>(bins));
}

// `values` over `weights` inside the only axis, as bars.
Result<std::string> DrawRatios(const ObjectFields& fields, const List& values,
                               const List& weights,
                               const Statistics& statistics,
                               const PrintOptions& options) {
  if (values.size() < 3 || values.size() != weights.size()) {
    return DrawStatistics(statistics, options);
  }
  const std::size_t bins = values.size() - 2;
  MAPFILE_ASSIGN_OR_RETURN(auto axis, ReadAxis(fields, "x_axis", bins));
  if (!axis) return DrawStatistics(statistics, options);
  HistogramData data;
  data.title = statistics.title;
  data.axis_title = std::move(axis->title);
  data.edges = std::move(axis->edges);
  data.labels = std::move(axis->labels);
  data.regular = axis->regular;
  data.statistics = statistics.rows;
  // The axis is drawn.
  std::erase_if(data.statistics,
                [](const auto& row) { return row.first == "Axis"; });
  for (std::size_t i = 1; i <= bins; ++i) {
    data.contents.push_back(values[i]);
    data.weights.push_back(weights[i]);
  }
  return DrawHistogram(data, options);
}

// What is inside the axes of x and y; over z, if there is one, the sum.
// `list` has a value for each cell, as histogram_base.h counts them.
List InsideOf(const List& list, const AxisData& x, const AxisData& y) {
  const std::size_t row = x.bins() + 2;
  const std::size_t plane = row * (y.bins() + 2);
  List inside(x.bins() * y.bins());
  // The first and the last plane are outside of z.
  const bool flat = list.size() == plane;
  for (std::size_t at = flat ? 0 : plane; at + (flat ? 0 : plane) < list.size();
       at += plane) {
    for (std::size_t j = 0; j < y.bins(); ++j) {
      for (std::size_t i = 0; i < x.bins(); ++i) {
        inside[i + j * x.bins()] += list[at + row * (j + 1) + i + 1];
      }
    }
  }
  return inside;
}

Result<std::string> ShadeCells(const ObjectFields& fields, const List& sums,
                               const List& weights,
                               const PrintOptions& options) {
  MAPFILE_ASSIGN_OR_RETURN(auto x, AxisUpTo(fields, "x_axis", sums.size()));
  MAPFILE_ASSIGN_OR_RETURN(auto y, AxisUpTo(fields, "y_axis", sums.size()));
  if (!x || !y) return std::string();
  std::size_t plane = 0;
  if (__builtin_mul_overflow(x->bins() + 2, y->bins() + 2, &plane) ||
      sums.size() % plane != 0 ||
      (!weights.empty() && weights.size() != sums.size())) {
    return std::string();
  }
  Cells cells{*std::move(x), *std::move(y), {}, {}};
  cells.sums = InsideOf(sums, cells.x, cells.y);
  if (!weights.empty()) cells.weights = InsideOf(weights, cells.x, cells.y);
  return DrawShades(cells, options);
}

std::size_t RowsOf(const PrintOptions& options) {
  return options.max_elements > 0
             ? static_cast<std::size_t>(options.max_elements)
             : kRows;
}

std::string More(std::size_t count, std::string_view what,
                 const PrintOptions& options) {
  if (count == 0) return {};
  const std::string line =
      fmt::format("{} {} {}", options.unicode ? "…" : "...", count, what);
  return Shorten(line, options.width, options.unicode) + '\n';
}

std::string Format(const Table& table, const PrintOptions& options) {
  return table.Format({.width = options.width,
                       .unicode = options.unicode,
                       .color = options.color});
}

Result<std::string> ListPoints(const ObjectFields& fields,
                               const PrintOptions& options) {
  // The title of each column, and the list it is of.
  constexpr std::pair<std::string_view, std::string_view> kLists[] = {
      {"x", "x"},
      {"y", "y"},
      {"x error", "x_errors_low"},
      {"x upper error", "x_errors_high"},
      {"y error", "y_errors_low"},
      {"y upper error", "y_errors_high"}};
  std::vector<Column> columns;
  std::vector<List> lists;
  for (const auto& [title, field] : kLists) {
    MAPFILE_ASSIGN_OR_RETURN(List list, fields.Numbers(field));
    if (list.empty()) continue;
    columns.push_back({std::string(title), Align::kRight});
    lists.push_back(std::move(list));
  }
  if (lists.empty()) return std::string();
  const std::size_t points = lists.front().size();
  const std::size_t shown = std::min(points, RowsOf(options));
  Table table(std::move(columns));
  for (std::size_t i = 0; i < shown; ++i) {
    std::vector<Cell> row;
    for (const List& list : lists) {
      row.push_back({i < list.size() ? HumanNumber(list[i], kDigits) : "-"});
    }
    table.AddRow(std::move(row));
  }
  return Format(table, options) + More(points - shown, "more", options);
}

std::string TimeOf(std::int64_t time_ns) {
  if (time_ns < 0) return fmt::format("{} ns", time_ns);
  return Iso8601(static_cast<std::uint64_t>(time_ns));
}

Result<std::string> ListSamples(const ObjectFields& fields,
                                const PrintOptions& options) {
  const auto times = fields.Find("times_ns");
  MAPFILE_ASSIGN_OR_RETURN(const List values, fields.Numbers("values"));
  if (values.empty() || !times || times->kind() != Kind::kVector ||
      times->type().children[0].kind != Kind::kI64) {
    return std::string();
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, fields.Elements(*times));
  if (elements.count != values.size()) return std::string();
  const auto samples = static_cast<std::uint64_t>(
      std::clamp(fields.Number("samples").value_or(0), 0.0, 0x1p62));
  const std::size_t shown = std::min(values.size(), RowsOf(options));
  Table table({{"time", Align::kLeft}, {"value", Align::kRight}});
  // The ring goes on where the oldest sample is.
  const std::size_t oldest = samples % values.size();
  for (std::size_t i = values.size() - shown; i < values.size(); ++i) {
    const std::size_t at = (oldest + i) % values.size();
    table.AddRow({{TimeOf(elements[at].Load<std::int64_t>())},
                  {HumanNumber(values[at], kDigits)}});
  }
  return More(values.size() - shown, "earlier", options) +
         Format(table, options);
}

}  // namespace

Result<std::string> DrawObject(const ValueView& view, ValueReader& reader,
                               const Statistics& statistics,
                               const PrintOptions& options) {
  const ClassNode& cls = *view.type().cls;
  MAPFILE_ASSIGN_OR_RETURN(const auto fields, ObjectFields::Of(view, reader));
  const bool profile = IsA(cls, "Profile1D");
  if (profile || IsA(cls, "Efficiency")) {
    MAPFILE_ASSIGN_OR_RETURN(const List values,
                             fields.Numbers(profile ? "sums" : "passed"));
    MAPFILE_ASSIGN_OR_RETURN(const List weights,
                             fields.Numbers(profile ? "weights" : "total"));
    return DrawRatios(fields, values, weights, statistics, options);
  }
  std::string content;
  if (IsA(cls, "Graph")) {
    MAPFILE_ASSIGN_OR_RETURN(content, ListPoints(fields, options));
  } else if (IsA(cls, "TimeSeries")) {
    MAPFILE_ASSIGN_OR_RETURN(content, ListSamples(fields, options));
  } else if (!IsA(cls, "CounterSet")) {
    const bool means = IsA(cls, "Profile2D");
    MAPFILE_ASSIGN_OR_RETURN(const List sums,
                             fields.Numbers(means ? "sums" : "contents"));
    List weights;
    if (means) {
      MAPFILE_ASSIGN_OR_RETURN(weights, fields.Numbers("weights"));
    }
    MAPFILE_ASSIGN_OR_RETURN(content,
                             ShadeCells(fields, sums, weights, options));
  }
  return DrawStatistics(statistics, options) + content;
}

}  // namespace mapfile::text
