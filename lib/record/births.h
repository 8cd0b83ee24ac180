// Births: the order in which records were added.
#ifndef MAPFILE_LIB_RECORD_BIRTHS_H_
#define MAPFILE_LIB_RECORD_BIRTHS_H_

#include <cstdint>
#include <vector>

#include "lib/record/types.h"

namespace mapfile::record {

struct Born {
  std::uint64_t birth = 0;
  RecordId id;
};

// Puts them in order of birth; those of one birth, which only a damaged file
// has, in order of offset.
void SortByBirth(std::vector<Born>& records);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_BIRTHS_H_
