// Histograms, profiles and efficiencies: a row is a cell.
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "lib/base/try.h"
#include "tools/common/csv_axes.h"
#include "tools/common/csv_objects.h"

namespace mapfile::tools {
namespace {

using Axes = std::vector<const Axis*>;
using Numbers = std::vector<double>;

Axes AxesOf(const Histogram1D& h) { return {&h.axis()}; }
Axes AxesOf(const Histogram2D& h) { return {&h.x_axis(), &h.y_axis()}; }
Axes AxesOf(const Histogram3D& h) {
  return {&h.x_axis(), &h.y_axis(), &h.z_axis()};
}
Axes AxesOf(const Profile1D& p) { return {&p.axis()}; }
Axes AxesOf(const Profile2D& p) { return {&p.x_axis(), &p.y_axis()}; }
Axes AxesOf(const Efficiency& e) { return {&e.axis()}; }

// An empty one over these axes, with the name and titles of `like`.
template <class T>
T MakeLike(const T& like, std::vector<Axis> axes) {
  auto& a = axes;
  if constexpr (requires { T(like.name(), a[0], a[1], a[2], like.title()); }) {
    return T(like.name(), a[0], a[1], a[2], like.title());
  } else if constexpr (requires { T(like.name(), a[0], a[1], like.title()); }) {
    return T(like.name(), a[0], a[1], like.title());
  } else {
    return T(like.name(), a[0], like.title());
  }
}

// The axes of a table that is to become a T.
template <class T>
Result<CsvCells> ReadCellsOf(const CsvTable& table, const T& like,
                             std::vector<std::string> columns) {
  const Axes axes = AxesOf(like);
  for (std::string& column : AxisColumns(axes.size())) {
    columns.push_back(std::move(column));
  }
  MAPFILE_RETURN_IF_ERROR(table.CheckColumns(columns));
  return ReadCells(table, axes.size(), axes);
}

// A column by cell. InvalidArgument: it is missing, or one is no number.
Result<Numbers> ReadColumn(const CsvTable& table, const CsvCells& cells,
                           std::string_view name) {
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t column, table.Need(name));
  MAPFILE_ASSIGN_OR_RETURN(const Numbers numbers, table.Numbers(column));
  return cells.ByCell(numbers);
}

// The same, or nothing where the column is missing.
Result<Numbers> ReadOptional(const CsvTable& table, const CsvCells& cells,
                             std::string_view name) {
  if (!table.Find(name)) return Numbers();
  return ReadColumn(table, cells, name);
}

// How many fills of weight 1 make such cells.
std::uint64_t EntriesOf(const Numbers& weights, const Numbers& squares) {
  double sum = 0;
  double sum2 = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    sum2 += squares.empty() ? std::abs(weights[i]) : squares[i];
  }
  const double entries = sum2 == 0 ? 0 : std::round(sum * sum / sum2);
  return entries >= 0 && entries < 0x1p64 ? static_cast<std::uint64_t>(entries)
                                          : 0;
}

// Sums of squared weights by their square roots; none where all are those of
// weights of 1.
Numbers SquaresOf(const Numbers& contents, const Numbers& errors) {
  Numbers squares;
  bool is_plain = true;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    is_plain = is_plain && errors[i] == std::sqrt(std::abs(contents[i]));
    squares.push_back(errors[i] * errors[i]);
  }
  return is_plain ? Numbers() : squares;
}

template <class T>
std::string WriteHistogram(const T& histogram) {
  return WriteCells(AxesOf(histogram), {"content", "error"},
                    [&](CsvWriter& out, std::size_t cell) {
                      out.Number(histogram.CellContent(cell));
                      out.Number(histogram.CellError(cell));
                    });
}

template <class T>
Status ReadHistogram(const CsvTable& table, T* object) {
  MAPFILE_ASSIGN_OR_RETURN(CsvCells cells,
                           ReadCellsOf(table, *object, {"content", "error"}));
  MAPFILE_ASSIGN_OR_RETURN(Numbers contents,
                           ReadColumn(table, cells, "content"));
  MAPFILE_ASSIGN_OR_RETURN(const Numbers errors,
                           ReadOptional(table, cells, "error"));
  Numbers squares = SquaresOf(contents, errors);
  const std::uint64_t entries = EntriesOf(contents, squares);
  *object = MakeLike(*object, std::move(cells.axes));
  return object->SetContents(std::move(contents), std::move(squares), entries);
}

template <class T>
std::string WriteProfile(const T& profile) {
  const bool has_squares = !profile.weight_squares().empty();
  std::vector<std::string> titles = {"mean", "error", "weight", "sum",
                                     "sum_squares"};
  if (has_squares) titles.emplace_back("weight_squares");
  return WriteCells(
      AxesOf(profile), titles, [&](CsvWriter& out, std::size_t cell) {
        out.Number(profile.CellMean(cell)).Number(profile.CellError(cell));
        out.Number(profile.weights()[cell]).Number(profile.sums()[cell]);
        out.Number(profile.sum_squares()[cell]);
        if (has_squares) out.Number(profile.weight_squares()[cell]);
      });
}

template <class T>
Status ReadProfile(const CsvTable& table, T* object) {
  MAPFILE_ASSIGN_OR_RETURN(CsvCells cells,
                           ReadCellsOf(table, *object,
                                       {"mean", "error", "weight", "sum",
                                        "sum_squares", "weight_squares"}));
  MAPFILE_ASSIGN_OR_RETURN(Numbers weights, ReadColumn(table, cells, "weight"));
  MAPFILE_ASSIGN_OR_RETURN(Numbers sums, ReadColumn(table, cells, "sum"));
  MAPFILE_ASSIGN_OR_RETURN(Numbers sum_squares,
                           ReadColumn(table, cells, "sum_squares"));
  MAPFILE_ASSIGN_OR_RETURN(Numbers squares,
                           ReadOptional(table, cells, "weight_squares"));
  const std::uint64_t entries = EntriesOf(weights, squares);
  T made = MakeLike(*object, std::move(cells.axes));
  made.SetValueTitle(object->value_title(), object->value_unit());
  made.SetValueRange(object->value_low(), object->value_high());
  *object = std::move(made);
  return object->SetCells(std::move(weights), std::move(sums),
                          std::move(sum_squares), std::move(squares), entries);
}

}  // namespace

std::string WriteCsv(const Histogram1D& h) { return WriteHistogram(h); }
std::string WriteCsv(const Histogram2D& h) { return WriteHistogram(h); }
std::string WriteCsv(const Histogram3D& h) { return WriteHistogram(h); }
std::string WriteCsv(const Profile1D& p) { return WriteProfile(p); }
std::string WriteCsv(const Profile2D& p) { return WriteProfile(p); }

Status ReadCsv(const CsvTable& table, Histogram1D* object) {
  return ReadHistogram(table, object);
}
Status ReadCsv(const CsvTable& table, Histogram2D* object) {
  return ReadHistogram(table, object);
}
Status ReadCsv(const CsvTable& table, Histogram3D* object) {
  return ReadHistogram(table, object);
}
Status ReadCsv(const CsvTable& table, Profile1D* object) {
  return ReadProfile(table, object);
}
Status ReadCsv(const CsvTable& table, Profile2D* object) {
  return ReadProfile(table, object);
}

std::string WriteCsv(const Efficiency& efficiency) {
  return WriteCells(
      AxesOf(efficiency),
      {"passed", "total", "efficiency", "efficiency_low", "efficiency_high"},
      [&](CsvWriter& out, std::size_t cell) {
        const Efficiency::Interval interval = efficiency.BinInterval(cell);
        out.Number(efficiency.passed()[cell]).Number(efficiency.total()[cell]);
        out.Number(efficiency.BinEfficiency(cell));
        out.Number(interval.low).Number(interval.high);
      });
}

Status ReadCsv(const CsvTable& table, Efficiency* object) {
  MAPFILE_ASSIGN_OR_RETURN(CsvCells cells,
                           ReadCellsOf(table, *object,
                                       {"passed", "total", "efficiency",
                                        "efficiency_low", "efficiency_high"}));
  MAPFILE_ASSIGN_OR_RETURN(Numbers passed, ReadColumn(table, cells, "passed"));
  MAPFILE_ASSIGN_OR_RETURN(Numbers total, ReadColumn(table, cells, "total"));
  *object = MakeLike(*object, std::move(cells.axes));
  return object->SetCounts(std::move(passed), std::move(total));
}

}  // namespace mapfile::tools
