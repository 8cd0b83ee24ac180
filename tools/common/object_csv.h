// Objects of the histogram family as CSV and back; mapfile-get(1), CSV, has
// the columns.
#ifndef MAPFILE_TOOLS_COMMON_OBJECT_CSV_H_
#define MAPFILE_TOOLS_COMMON_OBJECT_CSV_H_

#include <optional>
#include <string>
#include <string_view>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "tools/common/portable.h"

namespace mapfile::tools {

// TypeMismatch: the class has no CSV. InvalidArgument: the object contradicts
// itself. Corrupt.
[[nodiscard]] Result<std::string> ToCsv(const MapFile& file,
                                        const RawValue& value);

struct CsvTarget {
  std::string record;
  std::string class_name;
  // What the record holds. If it is of that class, the name, the titles and
  // what else isn't in CSV are taken from it.
  std::optional<RawValue> former;
};

// InvalidArgument, with line and column: not such an object. TypeMismatch:
// the class has no CSV.
[[nodiscard]] Result<PortableValue> FromCsv(const MapFile& file,
                                            const CsvTarget& target,
                                            std::string_view csv);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_OBJECT_CSV_H_
