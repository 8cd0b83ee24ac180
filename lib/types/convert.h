// Conversions of scalars that keep every value exactly.
#ifndef MAPFILE_LIB_TYPES_CONVERT_H_
#define MAPFILE_LIB_TYPES_CONVERT_H_

#include "mapfile/type.h"

namespace mapfile {

// Whether each value of scalar kind `from` is one of `to`, another one.
bool IsWidening(Kind from, Kind to);

// Converts the scalar at `in` to the one at `out`; IsWidening(from, to).
void Widen(Kind from, const void* in, Kind to, void* out);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_CONVERT_H_
