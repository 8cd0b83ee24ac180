// What a record may be called.
#ifndef MAPFILE_LIB_RECORD_NAMES_H_
#define MAPFILE_LIB_RECORD_NAMES_H_

#include <cstddef>
#include <string_view>

#include "lib/format/layout.h"
#include "mapfile/status.h"

namespace mapfile::record {

// InvalidArgument unless `name` has 1 to 255 bytes. What the bytes may be
// is the caller's business.
[[nodiscard, gnu::cold]] Status NoName(std::size_t size);
[[nodiscard]] inline Status CheckName(std::string_view name) {
  if (name.empty() || name.size() > format::kMaxNameSize) {
    return NoName(name.size());
  }
  return {};
}

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_NAMES_H_
