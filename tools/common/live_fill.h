// Objects that are filled from standard input while others look on.
#ifndef MAPFILE_TOOLS_COMMON_LIVE_FILL_H_
#define MAPFILE_TOOLS_COMMON_LIVE_FILL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "tools/common/output.h"

namespace mapfile::tools {

enum class LiveObject {
  kHistogram,  // A line has numbers, or pairs of them
  kGraph,      // A line is a point: x y
  kSeries,     // A line has numbers, which are of now
  kCounters,   // A line is a name, and what to add if not 1
};

struct LiveFill {
  LiveObject object = LiveObject::kHistogram;
  std::string record;
  std::vector<Axis> axes;      // Of a histogram: one or two
  std::uint64_t capacity = 0;  // Of a series
  double rate_hz = 10;         // Versions per second, at most
  bool strict = false;         // The first line that is wrong is an error
  bool fresh = false;          // Begin anew, whatever is there
};

// NoSpace: the object that `fill` asks for needs more than the file may have.
[[nodiscard]] Status CheckRoom(const MapFile& file, const LiveFill& fill);

// Fills an object with the lines of standard input until it ends, or SIGINT
// or SIGTERM comes, and stores it as it grows, at last once more. A record
// that holds one over the same axes, or of the same capacity, goes on from
// there.
// Lines that are wrong are counted, and named at the end. TypeMismatch: the
// record is of another class; Conflict: its axes or capacity are others, the
// first difference is named; NoSpace: the bins need more than the file may
// have; InvalidArgument: a wrong line, with `strict`; and what
// MapFile::Put returns.
[[nodiscard]] Status FillFromInput(MapFile& file, const LiveFill& fill,
                                   Output& output);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_LIVE_FILL_H_
