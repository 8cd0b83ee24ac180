// Lasting types: those that are never destroyed, so that no other ever has
// their address.
#ifndef MAPFILE_LIB_TYPES_LASTING_TYPES_H_
#define MAPFILE_LIB_TYPES_LASTING_TYPES_H_

#include "mapfile/type.h"

namespace mapfile {

// Any thread. `type` lives as long as the process.
void AddLastingType(const Type& type);
bool IsLastingType(const Type& type);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_LASTING_TYPES_H_
