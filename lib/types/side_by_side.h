// Two descriptions beside each other, for people.
#ifndef MAPFILE_LIB_TYPES_SIDE_BY_SIDE_H_
#define MAPFILE_LIB_TYPES_SIDE_BY_SIDE_H_

#include <string>

#include "mapfile/type.h"

namespace mapfile {

// The stored one on the left, the one that is wanted on the right, a field a
// line; between them | where both differ, < and > where one has nothing. The
// lines begin with newlines:
//
//     stored           wanted
//     class Run 1    | class Run 2
//       i64 run      |   i32 run
//       f64 rate         f64 rate
//                    >   string note
std::string SideBySide(const Type& stored, const Type& wanted);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_SIDE_BY_SIDE_H_
