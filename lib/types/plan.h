// Plan: how values of one stored type become objects of one C++ type.
//
// Matching fields by name costs much more than copying them, so that it is
// done once per pair of types. Classes inside classes dissolve into one list
// of steps, and what lies side by side on both sides is one step. The plan
// of a type's own description, read backwards, is also how it is stored.
#ifndef MAPFILE_LIB_TYPES_PLAN_H_
#define MAPFILE_LIB_TYPES_PLAN_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "mapfile/internal/shape.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

struct Plan;

enum class Op : std::uint8_t {
  kCopy,     // `size` bytes
  kBool,     // `size` bytes, each to become 0 or 1
  kConvert,  // One scalar
  kArray,    // `size` elements in place
  // From here on what leads into the tail.
  kString,
  kBytes,
  kVector,
  kPacked,  // std::vector<bool>
  kMap,
  kOptional,
  kVariant,
  kPointer,
};

struct Step {
  Op op;
  Kind from_kind = Kind::kBool;  // kConvert
  Kind to_kind = Kind::kBool;
  std::uint64_t from = 0;  // In the stored fixed part
  std::uint64_t to = 0;    // In the C++ object
  std::uint64_t size = 0;
  // Of stored elements side by side; kMap: values lie behind their keys.
  std::uint64_t stride = 0;
  std::uint64_t align = 1;
  std::uint64_t mapped_offset = 0;
  const Shape* shape = nullptr;
  std::vector<const Plan*> parts = {};  // Element; key, value; alternatives
};

struct Plan {
  std::vector<Step> steps;
  std::uint64_t size = 0;  // Of the stored fixed part
  std::uint64_t align = 1;
  std::uint64_t object_size = 0;  // sizeof
  bool is_bulk = false;          // One copy that leaves nothing out on any side
  bool has_tail = false;         // Some step leads into the tail
  bool is_complete = true;       // Each field of the object is stored
  bool is_dense = false;         // No byte of the fixed part is padding
  bool is_sequence = false;      // See sequence.h
  std::uint64_t tail_start = 0;  // Of a sequence: where its elements begin
};

// A plan with all that it refers to.
struct PlanSet {
  const Plan* root = nullptr;
  bool has_pointers = false;  // Anywhere
  std::vector<std::unique_ptr<Plan>> plans;
};

// TypeMismatch: `stored` can't become `shape`; the path of the first field
// that differs and how it does.
[[nodiscard]] Result<std::shared_ptr<const PlanSet>> MakePlan(
    const TypeNode& stored, const Shape& shape);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_PLAN_H_
