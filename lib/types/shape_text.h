// The description of a C++ type from its Shape.
#ifndef MAPFILE_LIB_TYPES_SHAPE_TEXT_H_
#define MAPFILE_LIB_TYPES_SHAPE_TEXT_H_

#include <string>

#include "mapfile/internal/shape.h"
#include "mapfile/status.h"

namespace mapfile::internal {

// "map<u32,vector<f64>>".
std::string ExprText(const Shape& shape);

// The whole description. InvalidArgument: two classes have the same name.
[[nodiscard]] Result<std::string> DescriptionText(const Shape& shape);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_SHAPE_TEXT_H_
