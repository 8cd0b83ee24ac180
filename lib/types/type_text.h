// The canonical text of descriptions.
#ifndef MAPFILE_LIB_TYPES_TYPE_TEXT_H_
#define MAPFILE_LIB_TYPES_TYPE_TEXT_H_

#include <string>

#include "mapfile/type.h"

namespace mapfile {

// "map<u32,vector<f64>>": no spaces.
std::string ExprText(const TypeNode& node);

// "\nclass Run 1 : Base { i64 run; f64 rate_hz; }".
std::string ClassText(const ClassNode& cls);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_TYPE_TEXT_H_
