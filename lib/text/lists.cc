#include "lib/text/lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/human.h"
#include "lib/text/table.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

using List = std::vector<double>;

constexpr int kDigits = 6;

std::size_t RowsOf(const PrintOptions& options) {
  return static_cast<std::size_t>(std::max(options.max_elements, 0));
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

std::string TimeOf(std::int64_t time_ns) {
  if (time_ns < 0) return fmt::format("{} ns", time_ns);
  return Iso8601(static_cast<std::uint64_t>(time_ns));
}

}  // namespace

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

}  // namespace mapfile::text
