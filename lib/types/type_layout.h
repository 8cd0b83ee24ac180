// Where the parts of a value lie, by its description.
#ifndef MAPFILE_LIB_TYPES_TYPE_LAYOUT_H_
#define MAPFILE_LIB_TYPES_TYPE_LAYOUT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile {

// Expressions within expressions; classes within classes by value.
inline constexpr int kMaxTypeDepth = 64;
// Of a fixed part.
inline constexpr std::uint64_t kMaxTypeBytes = std::uint64_t{1} << 40;

// Numbers side by side begin on a cache line.
inline constexpr std::uint64_t kNumbersAlign = 64;

// To a multiple of `align`, a power of two as all alignments are. A division
// would take as long as all else that stores a short vector.
constexpr std::uint64_t RoundUp(std::uint64_t size, std::uint64_t align) {
  return (size + align - 1) & ~(align - 1);
}

// How the elements of an array, vector, map or optional lie side by side.
struct Spacing {
  explicit Spacing(const TypeNode& container);
  std::uint64_t stride = 0;
  std::uint64_t align = 1;          // Of the first
  std::uint64_t mapped_offset = 0;  // Of a map's value, behind its key
};

// Fills in sizes, alignments and offsets of `root` and of all `classes`.
// InvalidArgument: a class inside itself by value, deeper than
// kMaxTypeDepth, larger than kMaxTypeBytes.
[[nodiscard]] Status LayOut(
    TypeNode& root, const std::vector<std::unique_ptr<ClassNode>>& classes);

}  // namespace mapfile

#endif  // MAPFILE_LIB_TYPES_TYPE_LAYOUT_H_
