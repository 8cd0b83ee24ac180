// Adding to a number that others may be adding to.
#ifndef MAPFILE_TOOLS_COMMON_INCREMENT_H_
#define MAPFILE_TOOLS_COMMON_INCREMENT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::tools {

// Adds the number `amount` to the stored number of `type` in `bytes`.
// TypeMismatch: it isn't one. InvalidArgument: `amount` isn't, or has a
// fraction where whole numbers are needed, or the sum doesn't fit.
[[nodiscard]] Status AddToScalar(const Type& type, std::string_view amount,
                                 std::span<std::byte> bytes);

struct Incremented {
  Generation generation = 0;
  std::string value;  // The sum
};

// Adds `amount` to the record `name`, in one step that no other writer can
// get between. A record that isn't there begins as 0 of `missing`; with
// that null it is NotFound.
[[nodiscard]] Result<Incremented> Increment(MapFile& file,
                                            std::string_view name,
                                            std::string_view amount,
                                            const Type* missing);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_INCREMENT_H_
