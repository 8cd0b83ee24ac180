// What a tool's exit status means, the same for all of them.
#ifndef MAPFILE_TOOLS_COMMON_EXIT_STATUS_H_
#define MAPFILE_TOOLS_COMMON_EXIT_STATUS_H_

#include "mapfile/status.h"

namespace mapfile::tools {

// Scripts rely on these: a number never changes its meaning.
enum class ExitStatus {
  kDone = 0,
  kNo = 1,        // Not found, no match, timed out, condition not met
  kUsage = 2,     // Wrong arguments, or a value of another type
  kSystem = 3,    // Permission, read-only, no space, input/output
  kCorrupt = 4,   // Damaged, not a map file, or of a newer format
  kConflict = 5,  // Exists, busy, or changed by somebody else meanwhile
};

ExitStatus ExitStatusOf(Code code);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_EXIT_STATUS_H_
