#include "lib/text/read_picture.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/axis_data.h"
#include "lib/text/object_fields.h"
#include "lib/text/read_histogram.h"
#include "lib/text/statistics.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

using List = std::vector<double>;
using Found = Result<std::optional<Picture>>;

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

// What stands in the box beside a picture, which shows its axes itself.
std::vector<Statistic> BoxOf(const Statistics& statistics, bool unicode) {
  std::vector<Statistic> rows;
  if (!statistics.name.empty()) {
    rows.emplace_back("Name", Escape(statistics.name, unicode));
  }
  for (const Statistic& row : statistics.rows) {
    const std::string& name = row.first;
    if (name != "Axis" && name != "Axis x" && name != "Axis y") {
      rows.push_back(row);
    }
  }
  return rows;
}

// "rate [Hz]" of two fields.
Result<std::string> TitleWithUnit(const ObjectFields& fields,
                                  const std::string& title_field,
                                  const std::string& unit_field) {
  MAPFILE_ASSIGN_OR_RETURN(std::string title, fields.Text(title_field));
  MAPFILE_ASSIGN_OR_RETURN(const std::string unit, fields.Text(unit_field));
  if (!unit.empty()) title += (title.empty() ? "[" : " [") + unit + "]";
  return title;
}

// A profile or an efficiency over one axis.
Found ReadRatios(const ObjectFields& fields, bool means) {
  HistogramData data;
  data.shown = means ? Shown::kMeans : Shown::kShares;
  MAPFILE_ASSIGN_OR_RETURN(data.contents,
                           fields.Numbers(means ? "sums" : "passed"));
  MAPFILE_ASSIGN_OR_RETURN(data.weights,
                           fields.Numbers(means ? "weights" : "total"));
  const std::size_t cells = data.contents.size();
  if (cells < 3 || data.weights.size() != cells) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(auto axis, ReadAxis(fields, "x_axis", cells - 2));
  if (!axis) return std::nullopt;
  SetAxis(*std::move(axis), data);
  if (means) {
    MAPFILE_ASSIGN_OR_RETURN(data.squares, fields.Numbers("sum_squares"));
    MAPFILE_ASSIGN_OR_RETURN(data.weight_squares,
                             fields.Numbers("weight_squares"));
    MAPFILE_ASSIGN_OR_RETURN(
        data.value_title, TitleWithUnit(fields, "value_title", "value_unit"));
  }
  for (List* const list : {&data.squares, &data.weight_squares}) {
    if (list->size() != cells) list->clear();
    DropOutside(*list);
  }
  DropOutside(data.contents);
  DropOutside(data.weights);
  return data;
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

Found ReadCells(const ObjectFields& fields, bool means) {
  MAPFILE_ASSIGN_OR_RETURN(const List sums,
                           fields.Numbers(means ? "sums" : "contents"));
  List weights;
  if (means) {
    MAPFILE_ASSIGN_OR_RETURN(weights, fields.Numbers("weights"));
  }
  MAPFILE_ASSIGN_OR_RETURN(auto x, AxisUpTo(fields, "x_axis", sums.size()));
  MAPFILE_ASSIGN_OR_RETURN(auto y, AxisUpTo(fields, "y_axis", sums.size()));
  if (!x || !y) return std::nullopt;
  std::size_t plane = 0;
  if (__builtin_mul_overflow(x->bins() + 2, y->bins() + 2, &plane) ||
      sums.size() % plane != 0 ||
      (!weights.empty() && weights.size() != sums.size())) {
    return std::nullopt;
  }
  Cells cells{*std::move(x), *std::move(y), {}, {}};
  cells.sums = InsideOf(sums, cells.x, cells.y);
  if (!weights.empty()) cells.weights = InsideOf(weights, cells.x, cells.y);
  return cells;
}

Found ReadGraph(const ObjectFields& fields) {
  GraphData data;
  MAPFILE_ASSIGN_OR_RETURN(data.x, fields.Numbers("x"));
  MAPFILE_ASSIGN_OR_RETURN(data.y, fields.Numbers("y"));
  if (data.x.size() != data.y.size()) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(data.x_title,
                           TitleWithUnit(fields, "x_title", "x_unit"));
  MAPFILE_ASSIGN_OR_RETURN(data.y_title,
                           TitleWithUnit(fields, "y_title", "y_unit"));
  MAPFILE_ASSIGN_OR_RETURN(data.x_errors_low, fields.Numbers("x_errors_low"));
  MAPFILE_ASSIGN_OR_RETURN(data.x_errors_high, fields.Numbers("x_errors_high"));
  MAPFILE_ASSIGN_OR_RETURN(data.y_errors_low, fields.Numbers("y_errors_low"));
  MAPFILE_ASSIGN_OR_RETURN(data.y_errors_high, fields.Numbers("y_errors_high"));
  return data;
}

// The difference of two times in seconds; exact as far as a double can be.
double SecondsBetween(std::int64_t from, std::int64_t to) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(to, from, &difference)) {
    return (static_cast<double>(to) - static_cast<double>(from)) / 1e9;
  }
  return static_cast<double>(difference) / 1e9;
}

Found ReadTimeSeries(const ObjectFields& fields) {
  const auto times = fields.Find("times_ns");
  GraphData data;
  MAPFILE_ASSIGN_OR_RETURN(data.y, fields.Numbers("values"));
  MAPFILE_ASSIGN_OR_RETURN(data.y_title, TitleWithUnit(fields, "", "unit"));
  if (!times || times->kind() != Kind::kVector ||
      times->type().children[0].kind != Kind::kI64) {
    return std::nullopt;
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto elements, fields.Elements(*times));
  if (elements.count != data.y.size()) return std::nullopt;
  if (data.y.empty()) return data;
  // The ring goes on where the oldest sample is.
  const auto samples = static_cast<std::uint64_t>(
      std::clamp(fields.Number("samples").value_or(0), 0.0, 0x1p62));
  const std::uint64_t oldest = samples % elements.count;
  std::rotate(data.y.begin(),
              data.y.begin() + static_cast<std::ptrdiff_t>(oldest),
              data.y.end());
  data.start_ns = elements[oldest].Load<std::int64_t>();
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    const auto time =
        elements[(oldest + i) % elements.count].Load<std::int64_t>();
    data.x.push_back(SecondsBetween(*data.start_ns, time));
  }
  return data;
}

Found ReadByClass(const ClassNode& cls, const ObjectFields& fields) {
  if (IsA(cls, "Profile1D")) return ReadRatios(fields, true);
  if (IsA(cls, "Efficiency")) return ReadRatios(fields, false);
  if (IsA(cls, "Graph")) return ReadGraph(fields);
  if (IsA(cls, "TimeSeries")) return ReadTimeSeries(fields);
  if (IsA(cls, "Profile2D")) return ReadCells(fields, true);
  if (IsA(cls, "Histogram2D") || IsA(cls, "Histogram3D")) {
    return ReadCells(fields, false);
  }
  return std::nullopt;
}

}  // namespace

Found ReadPicture(const ValueView& view, ValueReader& reader,
                  const PrintOptions& options) {
  if (view.kind() != Kind::kClass) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(auto histogram, ReadHistogram(view, reader));
  if (histogram) return *std::move(histogram);
  MAPFILE_ASSIGN_OR_RETURN(const auto statistics,
                           ReadStatistics(view, reader, options));
  if (!statistics) return std::nullopt;
  MAPFILE_ASSIGN_OR_RETURN(const auto fields, ObjectFields::Of(view, reader));
  MAPFILE_ASSIGN_OR_RETURN(auto picture, ReadByClass(*view.type().cls, fields));
  if (!picture) return std::nullopt;
  std::visit(
      [&](auto& data) {
        data.name = statistics->name;
        data.title = statistics->title;
        data.statistics = BoxOf(*statistics, options.unicode);
      },
      *picture);
  return picture;
}

}  // namespace mapfile::text
