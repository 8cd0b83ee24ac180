#include "lib/text/validate.h"

#include <set>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

// Objects that pointers lead to wait their turn, so that a chain of them
// may be of any length; what lies inside them is bounded by its type.
class Validator {
 public:
  explicit Validator(ValueReader& reader) : reader_(reader) {}

  Status Run(const ValueView& root) {
    pending_.push_back(root);
    while (!pending_.empty()) {
      const ValueView view = pending_.back();
      pending_.pop_back();
      MAPFILE_RETURN_IF_ERROR(Walk(ValueReader::AtTop(view)));
    }
    return {};
  }

 private:
  Status Walk(const ValueView& view);
  Status WalkElements(const ValueView& view);
  Status WalkFields(const ValueView& view);
  Status Meet(const ValueView& pointer);

  ValueReader& reader_;
  std::vector<ValueView> pending_;
  std::set<std::pair<std::uint64_t, const TypeNode*>> met_;
};

Status Validator::Walk(const ValueView& view) {
  switch (view.kind()) {
    case Kind::kString:
    case Kind::kBytes: MAPFILE_RETURN_IF_ERROR(reader_.TextOf(view)); return {};
    case Kind::kArray:
    case Kind::kVector:
    case Kind::kMap:
    case Kind::kOptional: return WalkElements(view);
    case Kind::kVariant: {
      MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader_.AlternativeOf(view));
      return Walk(chosen.value);
    }
    case Kind::kClass: return WalkFields(view);
    case Kind::kPointer: return Meet(view);
    default: return {};
  }
}

Status Validator::WalkElements(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const Elements elements, reader_.ElementsOf(view));
  const TypeNode* const mapped = elements.layout.mapped;
  const bool is_plain = IsScalar(elements.layout.element->kind) &&
                        (mapped == nullptr || IsScalar(mapped->kind));
  if (is_plain) return {};
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    MAPFILE_RETURN_IF_ERROR(Walk(elements[i]));
    if (mapped != nullptr) MAPFILE_RETURN_IF_ERROR(Walk(elements.Mapped(i)));
  }
  return {};
}

Status Validator::WalkFields(const ValueView& view) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader_.FieldsOf(view));
  for (const FlatField& field : flat->fields) {
    MAPFILE_RETURN_IF_ERROR(Walk(reader_.Field(view, field)));
  }
  return {};
}

Status Validator::Meet(const ValueView& pointer) {
  if (ValueReader::IsNull(pointer)) return {};
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader_.TargetOf(pointer));
  if (met_.emplace(object.offset(), &object.type()).second) {
    pending_.push_back(object);
  }
  return {};
}

}  // namespace

Status Validate(const Type& type, std::span<const std::byte> bytes,
                TypeTable& types) {
  ValueReader reader(bytes, types);
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  return Validator(reader).Run(root);
}

}  // namespace mapfile::text
