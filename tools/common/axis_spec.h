// Axes on a command line, as people write them.
#ifndef MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_
#define MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_

#include <string_view>
#include <vector>

#include "mapfile/axis.h"
#include "mapfile/status.h"

namespace mapfile::tools {

// "100,0,1000": bins, low, high. "log:50,1,1e6": the same, edges of equal
// ratios. "edges:0,1,5,20": bins between these. "circle:36,0,360": circular.
// InvalidArgument: it is none of these, or an axis can't be so.
[[nodiscard]] Result<Axis> ParseAxis(std::string_view spec);

// One or two of them, with blanks between. InvalidArgument.
[[nodiscard]] Result<std::vector<Axis>> ParseAxes(std::string_view specs);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_
