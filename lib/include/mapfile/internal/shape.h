// Shape: what the library knows of a C++ type at run time. Include schema.h.
//
// The templates of schema.h do no more than fill in a Shape for each type;
// all that encodes and decodes is ordinary code over Shapes.
#ifndef MAPFILE_INTERNAL_SHAPE_H_
#define MAPFILE_INTERNAL_SHAPE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "mapfile/type.h"

namespace mapfile::internal {

struct Shape;
struct Codec;
using ShapeGetter = const Shape& (*)();

struct FieldShape {
  std::string_view name;  // Of a base: its class name
  ShapeGetter shape;
  std::ptrdiff_t offset;  // From the start of the C++ object
};

// Who destroys what a pointer leads to.
enum class Owner : std::uint8_t { kNobody, kUnique, kShared };

// What a pointer leads to, as it is.
struct Pointee {
  const void* object = nullptr;  // The whole object, not one of its bases
  const std::type_info* dynamic_type = nullptr;
};

// Called for a map's pairs; false ends it.
using VisitPair = bool (*)(void* context, const void* key, const void* value);
using FillKey = bool (*)(void* context, void* key);

struct Shape {
  Kind kind = Kind::kBool;
  Owner owner = Owner::kNobody;  // kPointer
  bool packed = false;           // std::vector<bool>: has no addresses
  std::size_t size = 0;          // sizeof
  std::uint64_t count = 0;       // kArray
  // Element; key and value; alternatives; what a pointer leads to.
  std::vector<ShapeGetter> children = {};

  // kClass.
  std::string_view name = {};
  std::uint32_t version = 0;
  std::vector<FieldShape> bases = {};
  std::vector<FieldShape> fields = {};
  const std::type_info* type_info = nullptr;
  void* (*create)() = nullptr;  // Null: abstract or without a default
  void (*destroy)(void*) = nullptr;
  const Codec& (*codec)() = nullptr;

  // kVector.
  std::size_t (*length)(const void*) = nullptr;  // kMap, too
  const void* (*data)(const void*) = nullptr;
  void* (*resize)(void*, std::size_t) = nullptr;  // Returns the new data

  // kMap. insert() returns where the value goes; null: fill_key said false
  // or the key is there already.
  bool (*for_each)(const void*, void* context, VisitPair visit) = nullptr;
  void* (*insert)(void*, void* context, FillKey fill_key) = nullptr;

  // kVector, kMap, kOptional, kPointer: makes it empty, destroying the old.
  void (*clear)(void*) = nullptr;

  // kOptional (null: empty), kVariant (null: without a value), kPointer.
  const void* (*get)(const void*) = nullptr;
  std::size_t (*index)(const void*) = nullptr;     // kVariant
  void* (*emplace)(void*, std::size_t) = nullptr;  // kOptional, kVariant

  // kPointer.
  Pointee (*pointee)(const void*) = nullptr;  // Dereferences it
  void (*lead_to)(void*, void* target, const std::shared_ptr<void>& owner) =
      nullptr;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_INTERNAL_SHAPE_H_
