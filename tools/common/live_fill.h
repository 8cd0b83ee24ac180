// Histograms that are filled from standard input while others look on.
#ifndef MAPFILE_TOOLS_COMMON_LIVE_FILL_H_
#define MAPFILE_TOOLS_COMMON_LIVE_FILL_H_

#include <string>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "tools/common/output.h"

namespace mapfile::tools {

struct LiveFill {
  std::string record;
  std::vector<Axis> axes;  // One or two
  double rate_hz = 10;     // Versions per second, at most
  bool strict = false;     // The first line that is wrong is an error
  bool fresh = false;      // Begin anew where there is such a histogram
};

// Fills a histogram with the numbers of standard input until it ends, or
// SIGINT or SIGTERM comes, and stores it as it grows, at last once more. A
// record that holds a histogram over the same axes goes on from there.
// Lines that are wrong are counted, and named at the end. TypeMismatch: the
// record is of another class; Conflict: its axes are others, the first
// difference is named; NoSpace: the bins need more than the file may
// have; InvalidArgument: a wrong line, with `strict`; and what
// MapFile::Put returns.
[[nodiscard]] Status FillFromInput(MapFile& file, const LiveFill& fill,
                                   Output& output);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_LIVE_FILL_H_
