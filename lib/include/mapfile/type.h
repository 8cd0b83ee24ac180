// Type: the description of a stored value, as it lies in the file.
//
// A description is text that stands on its own: the expression of the value,
// then every class that it mentions, so that any reader can decode, print
// and build values of classes that it was never compiled with:
//
//     RunState
//     class RunState 1 { i64 run; f64 rate_hz; }
//
// Grammar (the normative one is in mapfile(5), TYPES):
//
//     text   = expr { "\n" class }
//     class  = "class" name version [ ":" name { "," name } ] "{" { field } "}"
//     field  = expr identifier ";"
//     expr   = scalar | "string" | "bytes" | name | name "*"
//            | "array<" expr "," count ">" | "vector<" expr ">"
//            | "map<" expr "," expr ">" | "optional<" expr ">"
//            | "variant<" expr { "," expr } ">"
//     scalar = "bool" | "i8".."i64" | "u8".."u64" | "f32" | "f64"
//
// Types are immutable and may be shared between threads.
#ifndef MAPFILE_TYPE_H_
#define MAPFILE_TYPE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mapfile/status.h"

namespace mapfile {

enum class Kind : std::uint8_t {
  kBool, kI8, kI16, kI32, kI64, kU8, kU16, kU32, kU64, kF32, kF64,
  kString,    // Fixed part {u64 offset, u64 count}; UTF-8 by convention
  kBytes,     // As string, of any bytes
  kArray,     // `count` elements in place
  kVector,    // Fixed part {u64 offset, u64 count}
  kMap,       // As a vector of {key, value}, in key order
  kOptional,  // As a vector of at most one
  kVariant,   // Fixed part {u32 index, u32 0, u64 offset}
  kClass,     // Bases, then fields, each at its natural alignment
  kPointer,   // Fixed part {u32 type id, u32 0, u64 offset}; all 0 = null,
              // offset 0 with an id = the value itself
};

struct ClassNode;

// A node of an expression. Sizes are those of the fixed part, in bytes.
struct TypeNode {
  Kind kind;
  std::uint64_t count = 0;          // kArray
  std::vector<TypeNode> children = {};  // Element, key and value, alternatives
  const ClassNode* cls = nullptr;   // kClass, kPointer; owned by the Type
  std::uint64_t size = 0;
  std::uint64_t align = 1;
};

struct FieldNode {
  std::string name;  // Of a base: its class name
  TypeNode type;
  std::uint64_t offset = 0;  // From the start of the class's fixed part
};

struct ClassNode {
  std::string name;
  std::uint32_t version = 0;
  std::vector<FieldNode> bases;
  std::vector<FieldNode> fields;
  std::uint64_t size = 0;
  std::uint64_t align = 1;
  bool in_place = false;  // Only scalars, arrays and such classes; no padding
};

class Type {
 public:
  // Parses untrusted text. InvalidArgument, with the position, where it
  // isn't a description: unknown class, a class inside itself by value,
  // deeper than 64, larger than format::kMaxTypeSize, a size over 2^40.
  // Also takes the usual long names of scalars (int64, double, ...).
  [[nodiscard]] static Result<std::shared_ptr<const Type>> Parse(
      std::string_view text);

  // The canonical text. Equal texts are equal types.
  const std::string& text() const { return text_; }
  std::uint64_t hash() const { return hash_; }
  // The expression alone, the "class" that people see: "Histogram1D".
  const std::string& name() const { return name_; }
  const TypeNode& root() const { return root_; }
  const std::vector<std::unique_ptr<ClassNode>>& classes() const {
    return classes_;
  }

 private:
  friend class TypeParser;
  Type() = default;

  std::string text_;
  std::string name_;
  std::uint64_t hash_ = 0;
  TypeNode root_{Kind::kBool};
  std::vector<std::unique_ptr<ClassNode>> classes_;
};

// Where types get their ids and ids their types: a map file's type table,
// or a plain list in memory. Implementations say which threads may call.
class TypeTable {
 public:
  virtual ~TypeTable() = default;
  // The id of `type`, entering it first if it is new; never 0. NoSpace.
  [[nodiscard]] virtual Result<std::uint32_t> IdOf(const Type& type) = 0;
  // The type of an id found in a value. Corrupt: no such id or bad text.
  [[nodiscard]] virtual Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) = 0;
};

}  // namespace mapfile

#endif  // MAPFILE_TYPE_H_
