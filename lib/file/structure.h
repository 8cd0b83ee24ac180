// The structure of a file that others may be changing: what of it is wrong
// and stays wrong.
#ifndef MAPFILE_LIB_FILE_STRUCTURE_H_
#define MAPFILE_LIB_FILE_STRUCTURE_H_

#include <string>
#include <vector>

#include "lib/file/subject.h"

namespace mapfile::file {

struct Structure {
  std::vector<Finding> findings;
  std::vector<std::string> remarks;
  record::Table::Census census;
};

// Looks at heap, index, lists, records and types, again and again while
// something is wrong: damage is what stays. What a killed writer left is
// finished in a private image first, as the next writer would.
[[nodiscard]] Result<Structure> LookAtStructure(const Subject& subject);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_STRUCTURE_H_
