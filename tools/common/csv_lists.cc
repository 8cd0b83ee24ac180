// Graphs, time series and counters: a row is a point, a sample, a counter.
#include <set>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/utf8.h"
#include "tools/common/csv_objects.h"

namespace mapfile::tools {
namespace {

using Point = Graph::Point;

// A pair of columns with errors, and what both at once is called.
struct Errors {
  const char* low;
  const char* high;
  const char* both;
  double Point::*low_of;
  double Point::*high_of;
};
constexpr Errors kErrors[] = {
    {"x_error_low", "x_error_high", "x_error", &Point::x_error_low,
     &Point::x_error_high},
    {"y_error_low", "y_error_high", "y_error", &Point::y_error_low,
     &Point::y_error_high},
};

bool HasErrors(const Graph& graph, const Errors& errors) {
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const Point point = graph.At(i);
    // NaN isn't 0 either.
    if (point.*errors.low_of != 0 || point.*errors.high_of != 0) return true;
  }
  return false;
}

// The columns of the errors of one direction, where the table has them.
struct ErrorColumns {
  const Errors& errors;
  std::optional<std::size_t> low;
  std::optional<std::size_t> high;
};

Result<ErrorColumns> FindErrors(const CsvTable& table, const Errors& errors) {
  const auto both = table.Find(errors.both);
  ErrorColumns found{errors, table.Find(errors.low), table.Find(errors.high)};
  if (!both && found.low.has_value() == found.high.has_value()) return found;
  if (both && !found.low && !found.high)
    return ErrorColumns{errors, both, both};
  return Fail(Code::kInvalidArgument, std::string("line 1: it takes ") +
                                          errors.both + ", or " + errors.low +
                                          " and " + errors.high);
}

}  // namespace

std::string WriteCsv(const Graph& graph) {
  CsvWriter out;
  out.Text("x").Text("y");
  std::vector<const Errors*> written;
  for (const Errors& errors : kErrors) {
    if (!HasErrors(graph, errors)) continue;
    out.Text(errors.low).Text(errors.high);
    written.push_back(&errors);
  }
  out.EndLine();
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const Point point = graph.At(i);
    out.Number(point.x).Number(point.y);
    for (const Errors* errors : written) {
      out.Number(point.*errors->low_of).Number(point.*errors->high_of);
    }
    out.EndLine();
  }
  return std::move(out).Take();
}

Status ReadCsv(const CsvTable& table, Graph* object) {
  MAPFILE_RETURN_IF_ERROR(
      table.CheckColumns({"x", "y", "x_error", "x_error_low", "x_error_high",
                          "y_error", "y_error_low", "y_error_high"}));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t x, table.Need("x"));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t y, table.Need("y"));
  std::vector<ErrorColumns> columns;
  for (const Errors& errors : kErrors) {
    MAPFILE_ASSIGN_OR_RETURN(const auto found, FindErrors(table, errors));
    if (found.low) columns.push_back(found);
  }
  object->Clear();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Point point;
    MAPFILE_ASSIGN_OR_RETURN(point.x, table.Number(row, x));
    MAPFILE_ASSIGN_OR_RETURN(point.y, table.Number(row, y));
    for (const auto& [errors, low, high] : columns) {
      MAPFILE_ASSIGN_OR_RETURN(point.*errors.low_of, table.Number(row, *low));
      MAPFILE_ASSIGN_OR_RETURN(point.*errors.high_of, table.Number(row, *high));
    }
    object->Add(point);
  }
  return {};
}

std::string WriteCsv(const TimeSeries& series) {
  CsvWriter out;
  out.Text("time_ns").Text("value");
  out.EndLine();
  for (std::size_t i = 0; i < series.size(); ++i) {
    const TimeSeries::Sample sample = series.At(i);
    out.Integer(sample.time_ns).Number(sample.value);
    out.EndLine();
  }
  return std::move(out).Take();
}

// One with room is filled anew; else there is room for all of them.
Status ReadCsv(const CsvTable& table, TimeSeries* object) {
  MAPFILE_RETURN_IF_ERROR(table.CheckColumns({"time_ns", "value"}));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t time, table.Need("time_ns"));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t value, table.Need("value"));
  if (object->capacity() == 0) {
    *object = TimeSeries(object->name(), table.rows(), object->title(),
                         object->unit());
  }
  object->Clear();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    MAPFILE_ASSIGN_OR_RETURN(const std::int64_t ns, table.Integer(row, time));
    MAPFILE_ASSIGN_OR_RETURN(const double number, table.Number(row, value));
    object->Add(ns, number);
  }
  return {};
}

std::string WriteCsv(const CounterSet& counters) {
  CsvWriter out;
  out.Text("name").Text("count");
  out.EndLine();
  for (std::size_t i = 0; i < counters.size(); ++i) {
    out.Text(counters.names()[i]).Count(counters.count(i));
    out.EndLine();
  }
  return std::move(out).Take();
}

Status ReadCsv(const CsvTable& table, CounterSet* object) {
  MAPFILE_RETURN_IF_ERROR(table.CheckColumns({"name", "count"}));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t name, table.Need("name"));
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t count, table.Need("count"));
  std::vector<std::string> names;
  std::set<std::string_view> seen;
  std::vector<std::uint64_t> counts;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view counter = table.At(row, name);
    if (!seen.insert(counter).second) {
      return table.Refuse(row, name, text::Quote(counter) + " is there twice");
    }
    names.emplace_back(counter);
    MAPFILE_ASSIGN_OR_RETURN(counts.emplace_back(), table.Count(row, count));
  }
  *object = CounterSet(object->name(), std::move(names), object->title());
  for (std::size_t i = 0; i < counts.size(); ++i) object->Add(i, counts[i]);
  return {};
}

}  // namespace mapfile::tools
