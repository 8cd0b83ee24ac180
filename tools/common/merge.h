// Merge: objects of the same name, from several map files, as one.
#ifndef MAPFILE_TOOLS_COMMON_MERGE_H_
#define MAPFILE_TOOLS_COMMON_MERGE_H_

#include <cstdint>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile::tools {

// What becomes of an object that is there already, of the same class, and has
// no sum.
enum class Others { kRefuse, kFirst, kLast };

// Adds the records of one file after the other to those of `sum`. Histograms,
// profiles, efficiencies, counters, graphs and time series are added up, each
// by its own Merge().
class Merge {
 public:
  // Borrows `sum`, which nobody else writes to.
  Merge(MapFile& sum, Others others) : sum_(sum), others_(others) {}

  // Takes the current version of each record of `file`. What can't be merged
  // is a fault, and stays as it was without that file. NoSpace, ...: `sum`
  // can't be written.
  [[nodiscard]] Status Take(const MapFile& file);

  // Of each that could not be merged: the file, the record and the reason.
  const std::vector<Error>& faults() const { return faults_; }
  std::uint64_t added_up() const { return added_up_; }  // Sums so far

 private:
  [[nodiscard]] Status TakeRecord(const MapFile& file, const RecordInfo& info);
  [[nodiscard]] Status Copy(const MapFile& file, const RecordInfo& info);

  MapFile& sum_;
  const Others others_;
  std::vector<Error> faults_;
  std::uint64_t added_up_ = 0;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_MERGE_H_
