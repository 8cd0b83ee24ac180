// Portable values: one stored value of any class as bytes that can go through
// a pipe into another record or map file (mapfile-get --raw).
//
//     mapfile-value 1 ENCODING TYPES LENGTH\n
//     SIZE\n  description of a type, SIZE bytes   (TYPES times)
//     value, LENGTH bytes
//
// The first type is the value's own. ENCODING is "bytes": as it lies in the
// file; or "json", for values with pointers, whose classes have other numbers
// in each file: there the other types are those that pointers lead to.
#ifndef MAPFILE_TOOLS_COMMON_PORTABLE_H_
#define MAPFILE_TOOLS_COMMON_PORTABLE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"

namespace mapfile::tools {

// Corrupt: the value can't be read.
[[nodiscard]] Result<std::string> ToPortable(const MapFile& file,
                                             const RawValue& value);

struct PortableValue {
  std::shared_ptr<const Type> type;
  std::vector<std::byte> bytes;  // As they are to be stored in the file
};
// Enters the types that are needed into `file`. InvalidArgument: not such a
// value, or cut short.
[[nodiscard]] Result<PortableValue> FromPortable(const MapFile& file,
                                                 std::string_view portable);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PORTABLE_H_
