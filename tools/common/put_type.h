// The type that --type means.
#ifndef MAPFILE_TOOLS_COMMON_PUT_TYPE_H_
#define MAPFILE_TOOLS_COMMON_PUT_TYPE_H_

#include <memory>
#include <string_view>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::tools {

// The type written as `text`: "u8", "vector<f64>", "Event", or a whole
// description (type.h). Classes that it doesn't describe are taken from
// `described`, else from the file, the newest of a name, else from those built
// in. InvalidArgument: not a type, unknown class.
[[nodiscard]] Result<std::shared_ptr<const Type>> ParsePutType(
    const MapFile& file, std::string_view text,
    const std::vector<std::shared_ptr<const Type>>& described = {});

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PUT_TYPE_H_
