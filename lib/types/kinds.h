// The words of descriptions.
#ifndef MAPFILE_LIB_TYPES_KINDS_H_
#define MAPFILE_LIB_TYPES_KINDS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "mapfile/type.h"

namespace mapfile {

// "f64", "vector", ...; empty for classes and pointers.
std::string_view KindWord(Kind kind);

// The kind that `word` means: also "int64", "int64_t", "double", ...
std::optional<Kind> KindOfWord(std::string_view word);

constexpr bool IsScalarKind(Kind kind) { return kind <= Kind::kF64; }

// Of a scalar, in bytes.
std::uint64_t ScalarSize(Kind kind);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_KINDS_H_
