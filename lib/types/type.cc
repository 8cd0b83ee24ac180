// Type: canonical text and layout.
#include "mapfile/type.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "lib/base/try.h"
#include "lib/types/type_parser.h"

namespace mapfile {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 40;
constexpr std::uint64_t kTailRef = 16;  // {u64, u64}

constexpr std::array<const char*, 20> kNames = {
    "bool", "i8",     "i16",   "i32",   "i64",    "u8",  "u16",
    "u32",  "u64",    "f32",   "f64",   "string", "bytes", "array",
    "vector", "map", "optional", "variant", "class", "pointer"};

constexpr std::array<std::uint64_t, 11> kScalarSizes = {1, 1, 2, 4, 8, 1,
                                                        2, 4, 8, 4, 8};

std::uint64_t RoundUp(std::uint64_t size, std::uint64_t align) {
  return (size + align - 1) / align * align;
}

tl::unexpected<Error> TooLarge() {
  return Fail(Code::kInvalidArgument,
              "not a description of a type: a value of it would be too large");
}

// Puts classes inside each other, from the innermost outwards.
class Layout {
 public:
  // Sizes of the node and, by value, of all inside it.
  Status Place(TypeNode& node, int depth);
  Status PlaceClass(ClassNode& cls, int depth);

 private:
  enum class State { kNew, kUnderWay, kDone };
  Status PlaceMember(ClassNode& cls, FieldNode& member, int depth);

  std::unordered_map<const ClassNode*, State> states_;
};

Status Layout::Place(TypeNode& node, int depth) {
  const auto kind = static_cast<std::size_t>(node.kind);
  if (kind < kScalarSizes.size()) {
    node.size = node.align = kScalarSizes[kind];
  } else if (node.kind == Kind::kArray) {
    TypeNode& element = node.children[0];
    MAPFILE_RETURN_IF_ERROR(Place(element, depth));
    if (element.size != 0 && node.count > kMaxSize / element.size) {
      return TooLarge();
    }
    node.size = node.count * element.size;
    node.align = element.align;
  } else if (node.kind == Kind::kClass) {
    MAPFILE_RETURN_IF_ERROR(
        PlaceClass(const_cast<ClassNode&>(*node.cls), depth + 1));
    node.size = node.cls->size;
    node.align = node.cls->align;
  } else {
    node.size = kTailRef;
    node.align = 8;
  }
  return {};
}

bool IsInPlace(const TypeNode& node) {
  if (node.kind == Kind::kArray) return IsInPlace(node.children[0]);
  if (node.kind == Kind::kClass) return node.cls->in_place;
  return node.kind <= Kind::kF64;
}

Status Layout::PlaceMember(ClassNode& cls, FieldNode& member, int depth) {
  MAPFILE_RETURN_IF_ERROR(Place(member.type, depth));
  const std::uint64_t offset = RoundUp(cls.size, member.type.align);
  cls.in_place &= offset == cls.size && IsInPlace(member.type);
  member.offset = offset;
  cls.size = offset + member.type.size;
  cls.align = std::max(cls.align, member.type.align);
  return cls.size <= kMaxSize ? Status() : TooLarge();
}

Status Layout::PlaceClass(ClassNode& cls, int depth) {
  State& state = states_[&cls];
  if (state == State::kDone) return {};
  if (state == State::kUnderWay) {
    return Fail(Code::kInvalidArgument, "not a description of a type: class '" +
                                            cls.name + "' lies inside itself");
  }
  if (depth > kMaxDepth) {
    return Fail(Code::kInvalidArgument,
                "not a description of a type: classes nested too deep");
  }
  state = State::kUnderWay;
  cls.in_place = true;
  for (FieldNode& base : cls.bases) {
    MAPFILE_RETURN_IF_ERROR(PlaceMember(cls, base, depth));
  }
  for (FieldNode& field : cls.fields) {
    MAPFILE_RETURN_IF_ERROR(PlaceMember(cls, field, depth));
  }
  const std::uint64_t size = RoundUp(cls.size, cls.align);
  cls.in_place &= size == cls.size && size != 0;
  cls.size = size;
  states_[&cls] = State::kDone;
  return {};
}

// What lies behind offsets: its classes were placed before.
Status PlaceChildren(Layout& layout, TypeNode& node) {
  for (TypeNode& child : node.children) {
    MAPFILE_RETURN_IF_ERROR(layout.Place(child, 0));
    MAPFILE_RETURN_IF_ERROR(PlaceChildren(layout, child));
  }
  return {};
}

}  // namespace

Status LayOut(TypeNode& root,
              const std::vector<std::unique_ptr<ClassNode>>& classes) {
  Layout layout;
  for (const auto& cls : classes) {
    MAPFILE_RETURN_IF_ERROR(layout.PlaceClass(*cls, 0));
  }
  MAPFILE_RETURN_IF_ERROR(layout.Place(root, 0));
  MAPFILE_RETURN_IF_ERROR(PlaceChildren(layout, root));
  for (const auto& cls : classes) {
    for (FieldNode& field : cls->fields) {
      MAPFILE_RETURN_IF_ERROR(PlaceChildren(layout, field.type));
    }
  }
  return {};
}

void AppendExpression(const TypeNode& node, std::string& text) {
  if (node.cls != nullptr) {
    text += node.cls->name;
    if (node.kind == Kind::kPointer) text += '*';
    return;
  }
  text += kNames[static_cast<std::size_t>(node.kind)];
  if (node.children.empty()) return;
  text += '<';
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i != 0) text += ',';
    AppendExpression(node.children[i], text);
  }
  if (node.kind == Kind::kArray) text += ',' + std::to_string(node.count);
  text += '>';
}

void AppendClass(const ClassNode& node, std::string& text) {
  text += "class " + node.name + ' ' + std::to_string(node.version);
  for (std::size_t i = 0; i < node.bases.size(); ++i) {
    text += (i == 0 ? " : " : ", ") + node.bases[i].name;
  }
  text += " { ";
  for (const FieldNode& field : node.fields) {
    AppendExpression(field.type, text);
    text += ' ' + field.name + "; ";
  }
  text += '}';
}

Result<std::shared_ptr<const Type>> Type::Parse(std::string_view text) {
  return TypeParser(text).Parse();
}

}  // namespace mapfile
