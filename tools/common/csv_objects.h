// Each class of the histogram family as CSV and back, behind object_csv.h.
#ifndef MAPFILE_TOOLS_COMMON_CSV_OBJECTS_H_
#define MAPFILE_TOOLS_COMMON_CSV_OBJECTS_H_

#include <string>

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/status.h"
#include "mapfile/time_series.h"
#include "tools/common/csv.h"

namespace mapfile::tools {

// Of an object that doesn't contradict itself.
std::string WriteCsv(const Histogram1D& histogram);
std::string WriteCsv(const Histogram2D& histogram);
std::string WriteCsv(const Histogram3D& histogram);
std::string WriteCsv(const Profile1D& profile);
std::string WriteCsv(const Profile2D& profile);
std::string WriteCsv(const Efficiency& efficiency);
std::string WriteCsv(const Graph& graph);
std::string WriteCsv(const TimeSeries& series);
std::string WriteCsv(const CounterSet& counters);

// Makes `*object` the one of the table; what is not in it stays.
// InvalidArgument, with line and column: the table is none.
[[nodiscard]] Status ReadCsv(const CsvTable& table, Histogram1D* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Histogram2D* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Histogram3D* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Profile1D* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Profile2D* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Efficiency* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, Graph* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, TimeSeries* object);
[[nodiscard]] Status ReadCsv(const CsvTable& table, CounterSet* object);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CSV_OBJECTS_H_
