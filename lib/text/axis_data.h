// AxisData: the axis of a stored histogram, profile or efficiency.
#ifndef MAPFILE_LIB_TEXT_AXIS_DATA_H_
#define MAPFILE_LIB_TEXT_AXIS_DATA_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/text/object_fields.h"
#include "mapfile/status.h"

namespace mapfile::text {

struct AxisData {
  std::string title;                // Any bytes; with the unit in brackets
  std::string kind;                 // As axis.h has it
  std::vector<double> edges;        // Rising; one more than bins, of which
  std::vector<std::string> labels;  // there may be none. A category axis'
  bool regular = true;              // All bins are equally wide

  std::size_t bins() const { return edges.size() - 1; }
};

// Field `name` of `object`, an object of class Axis with the fields that
// axis.h states, whatever their type of number, over `bins` bins. None: it
// isn't such a field, or contradicts itself. Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<AxisData>> ReadAxis(
    const ObjectFields& object, std::string_view name, std::size_t bins);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_AXIS_DATA_H_
