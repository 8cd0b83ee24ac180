// Single values as a shell writes them: mapfile-put FILE NAME VALUE.
#ifndef MAPFILE_LIB_TEXT_SCALAR_H_
#define MAPFILE_LIB_TEXT_SCALAR_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// The name of a scalar kind in descriptions: "u8", "f64", "bool".
std::string_view ScalarName(Kind kind);

// Reads a scalar of `kind` into `to`, which has room for it. Takes "42",
// "-0x2a", "1e3" (whole for integers), "true"/"false" (also "1"/"0"), and
// "nan", "-nan", "nan(0x7ff8...)", "inf", "-inf" for floating point; also
// "NaN" and "-Infinity".
// InvalidArgument: "300 is out of range for u8 (0..255)", "\"x\" is not a
// number".
[[nodiscard]] Status ParseScalar(Kind kind, std::string_view text,
                                 std::byte* to);

// Whether a value of `type` can be given as plain text: a scalar, string or
// bytes.
bool IsPlain(const Type& type);

// The stored bytes of a plain value. A string or bytes are `text` as it is.
// InvalidArgument: not such a value, or a type that needs JSON.
[[nodiscard]] Result<std::vector<std::byte>> ParsePlain(const Type& type,
                                                        std::string_view text);

// The inverse: numbers as in JSON, without quotes around "nan"; strings and
// bytes raw. InvalidArgument: not a plain type. Corrupt.
[[nodiscard]] Result<std::string> FormatPlain(const Type& type,
                                              std::span<const std::byte> bytes);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_SCALAR_H_
