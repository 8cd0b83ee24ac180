// What a record may be called.
#ifndef MAPFILE_LIB_RECORD_NAMES_H_
#define MAPFILE_LIB_RECORD_NAMES_H_

#include <string_view>

#include "mapfile/status.h"

namespace mapfile::record {

// InvalidArgument unless `name` has 1 to 255 bytes. What the bytes may be
// is the caller's business.
[[nodiscard]] Status CheckName(std::string_view name);

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_NAMES_H_
