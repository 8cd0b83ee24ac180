// The axis of a stored histogram, profile or efficiency.
#ifndef MAPFILE_LIB_TEXT_AXIS_DATA_H_
#define MAPFILE_LIB_TEXT_AXIS_DATA_H_

#include <optional>
#include <string_view>

#include "lib/text/draw/picture.h"
#include "lib/text/object_fields.h"
#include "mapfile/status.h"

namespace mapfile::text {

// Field `name` of `object`, an object of class Axis with the fields that
// axis.h states, whatever their type of number, over `bins` bins. None: it
// isn't such a field, or contradicts itself. Corrupt: it can't be read.
[[nodiscard]] Result<std::optional<AxisData>> ReadAxis(
    const ObjectFields& object, std::string_view name, std::size_t bins);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_AXIS_DATA_H_
