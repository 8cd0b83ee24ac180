// Classes that a script describes, for mapfile-put --schema.
#ifndef MAPFILE_TOOLS_COMMON_PUT_SCHEMA_H_
#define MAPFILE_TOOLS_COMMON_PUT_SCHEMA_H_

#include <memory>
#include <string_view>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::tools {

// Enters the classes of a JSON document (lib/text/schema_json.h) among those
// of `file`, and returns them in the order of the document. Classes that it
// only mentions are those of the file, or built in. InvalidArgument, with
// line, column and path: the document is wrong; nothing was entered then.
// NoSpace, ReadOnly, Busy.
[[nodiscard]] Result<std::vector<std::shared_ptr<const Type>>> EnterSchema(
    MapFile& file, std::string_view json);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PUT_SCHEMA_H_
