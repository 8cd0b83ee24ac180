// The atoms of JSON text.
#ifndef MAPFILE_LIB_TEXT_JSON_TEXT_H_
#define MAPFILE_LIB_TEXT_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mapfile/type.h"

namespace mapfile::text {

// Appends valid UTF-8 in quotes, control characters as \u00xx.
void AppendJsonString(std::string& out, std::string_view utf8);

// Appends a string of any bytes: {"$bytes": base64} if it isn't UTF-8.
void AppendJsonText(std::string& out, std::string_view text);

// Appends `count` scalars of `kind`, which lie side by side at `data`,
// separated by `separator`.
void AppendJsonScalars(std::string& out, Kind kind, const std::byte* data,
                       std::uint64_t count, std::string_view separator);

// Whether the JSON of a value of `type` may be null.
bool MayBeNull(const TypeNode& type);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_JSON_TEXT_H_
