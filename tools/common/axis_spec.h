// Axes on a command line, and lines of input, as people write them.
#ifndef MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_
#define MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_

#include <cstdint>
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

// Numbers with blanks, commas or semicolons between, as lines of input have
// them; nothing if one of them is no number.
[[nodiscard]] Result<std::vector<double>> ParseNumbers(std::string_view text);

struct NamedCount {
  std::string_view name;  // Empty: an empty line
  std::uint64_t number = 1;
};

// "NAME" or "NAME N", blanks between. InvalidArgument.
[[nodiscard]] Result<NamedCount> ParseCount(std::string_view text);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_AXIS_SPEC_H_
