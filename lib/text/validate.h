// Whether bytes are a value of their type.
#ifndef MAPFILE_LIB_TEXT_VALIDATE_H_
#define MAPFILE_LIB_TEXT_VALIDATE_H_

#include <cstddef>
#include <span>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Walks all of the value of `type` in `bytes`, a private copy: every offset,
// count, alternative and class in it leads somewhere. Corrupt: the bytes
// aren't such a value.
[[nodiscard]] Status Validate(const Type& type,
                              std::span<const std::byte> bytes,
                              TypeTable& types);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_VALIDATE_H_
