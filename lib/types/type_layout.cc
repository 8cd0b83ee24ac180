#include "lib/types/type_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "lib/base/try.h"
#include "lib/types/kinds.h"

namespace mapfile {
namespace {

constexpr std::uint64_t kReferenceSize = 16;
constexpr std::uint64_t kReferenceAlign = 8;

class Layouter {
 public:
  explicit Layouter(const std::vector<std::unique_ptr<ClassNode>>& classes) {
    for (const auto& cls : classes) classes_[cls.get()].cls = cls.get();
  }

  // Sizes of `node` and of what it has by value; `depth` bounds recursion.
  // Returns how many levels of classes it has by value.
  Result<int> Measure(TypeNode& node, int depth) {
    if (IsScalarKind(node.kind)) {
      node.size = node.align = ScalarSize(node.kind);
      return 0;
    }
    if (node.kind == Kind::kClass) return MeasureClass(node, depth);
    if (node.kind == Kind::kArray) return MeasureArray(node, depth);
    node.size = kReferenceSize;
    node.align = kReferenceAlign;
    return 0;
  }

  // Sizes of what lies in the tail, once those of all classes are known.
  Status Finish(TypeNode& node) {
    for (TypeNode& child : node.children) {
      if (auto levels = Measure(child, 0); !levels) {
        return Fail(std::move(levels).error());
      }
      MAPFILE_RETURN_IF_ERROR(Finish(child));
    }
    return {};
  }

 private:
  struct Entry {
    ClassNode* cls = nullptr;
    int levels = 0;
    bool begun = false;
    bool done = false;
  };

  Result<int> MeasureArray(TypeNode& node, int depth) {
    MAPFILE_ASSIGN_OR_RETURN(const int levels,
                             Measure(node.children[0], depth));
    const TypeNode& element = node.children[0];
    node.align = element.align;
    if (__builtin_mul_overflow(element.size, node.count, &node.size) ||
        node.size > kMaxTypeBytes) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("an array of {} elements of {} bytes is too "
                              "large: at most {} bytes are allowed",
                              node.count, element.size, kMaxTypeBytes));
    }
    return levels;
  }

  Result<int> MeasureClass(TypeNode& node, int depth) {
    Entry& entry = classes_.find(node.cls)->second;
    if (!entry.done) MAPFILE_RETURN_IF_ERROR(LayOutClass(entry, depth + 1));
    node.size = node.cls->size;
    node.align = node.cls->align;
    return entry.levels;
  }

  Status LayOutClass(Entry& entry, int depth) {
    ClassNode& cls = *entry.cls;
    if (entry.begun) {
      return Fail(Code::kInvalidArgument,
                  fmt::format("class {} is inside itself by value: a pointer "
                              "or a vector has to be between",
                              cls.name));
    }
    if (depth > kMaxTypeDepth) return TooDeep(cls);
    entry.begun = true;
    cls.in_place = true;
    std::uint64_t sum = 0;
    for (auto* list : {&cls.bases, &cls.fields}) {
      for (FieldNode& field : *list) {
        MAPFILE_ASSIGN_OR_RETURN(const int levels,
                                 Measure(field.type, depth));
        entry.levels = std::max(entry.levels, levels);
        MAPFILE_RETURN_IF_ERROR(Place(field, cls));
        sum += field.type.size;
      }
    }
    cls.size = RoundUp(cls.size, cls.align);
    cls.in_place = cls.in_place && sum == cls.size && sum != 0;
    entry.done = true;
    return ++entry.levels > kMaxTypeDepth ? TooDeep(cls) : Status();
  }

  static Status Place(FieldNode& field, ClassNode& cls) {
    const TypeNode& type = field.type;
    field.offset = RoundUp(cls.size, type.align);
    cls.size = field.offset + type.size;
    cls.align = std::max(cls.align, type.align);
    cls.in_place = cls.in_place && IsInPlace(type);
    if (cls.size <= kMaxTypeBytes) return {};
    return Fail(Code::kInvalidArgument,
                fmt::format("class {} is too large: at most {} bytes are "
                            "allowed",
                            cls.name, kMaxTypeBytes));
  }

  static bool IsInPlace(const TypeNode& node) {
    if (node.kind == Kind::kArray) return IsInPlace(node.children[0]);
    if (node.kind == Kind::kClass) return node.cls->in_place;
    return IsScalarKind(node.kind);
  }

  static Status TooDeep(const ClassNode& cls) {
    return Fail(Code::kInvalidArgument,
                fmt::format("classes are nested deeper than {} at {}",
                            kMaxTypeDepth, cls.name));
  }

  std::unordered_map<const ClassNode*, Entry> classes_;
};

}  // namespace

Spacing::Spacing(const TypeNode& container) {
  const TypeNode& first = container.children[0];
  align = first.align;
  stride = first.size;
  if (container.kind == Kind::kMap) {
    const TypeNode& mapped = container.children[1];
    mapped_offset = RoundUp(first.size, mapped.align);
    align = std::max(align, mapped.align);
    stride = RoundUp(mapped_offset + mapped.size, align);
  } else if (container.kind != Kind::kArray && IsScalarKind(first.kind)) {
    align = kNumbersAlign;
  }
}

Status LayOut(TypeNode& root,
              const std::vector<std::unique_ptr<ClassNode>>& classes) {
  Layouter layouter(classes);
  for (const auto& cls : classes) {
    TypeNode node{Kind::kClass};
    node.cls = cls.get();
    if (auto levels = layouter.Measure(node, 0); !levels) {
      return Fail(std::move(levels).error());
    }
  }
  if (auto levels = layouter.Measure(root, 0); !levels) {
    return Fail(std::move(levels).error());
  }
  MAPFILE_RETURN_IF_ERROR(layouter.Finish(root));
  for (const auto& cls : classes) {
    for (auto& base : cls->bases) {
      MAPFILE_RETURN_IF_ERROR(layouter.Finish(base.type));
    }
    for (auto& field : cls->fields) {
      MAPFILE_RETURN_IF_ERROR(layouter.Finish(field.type));
    }
  }
  return {};
}

}  // namespace mapfile
