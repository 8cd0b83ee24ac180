#include "lib/text/shared_objects.h"

#include <algorithm>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

// In the expression itself; classes that it names have their own fields.
bool HasPointer(const TypeNode& type) {
  return type.kind == Kind::kPointer ||
         std::any_of(type.children.begin(), type.children.end(), HasPointer);
}

bool HasPointer(const Type& type) {
  if (HasPointer(type.root())) return true;
  for (const auto& cls : type.classes()) {
    for (const FieldNode& field : cls->fields) {
      if (HasPointer(field.type)) return true;
    }
  }
  return false;
}

}  // namespace

Result<SharedObjects> SharedObjects::Find(const Type& type,
                                          std::span<const std::byte> bytes,
                                          TypeTable& types) {
  SharedObjects shared;
  if (!HasPointer(type)) return shared;
  ValueReader reader(bytes, types);
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  MAPFILE_RETURN_IF_ERROR(shared.Walk(root, reader));
  return shared;
}

SharedObjects::Use SharedObjects::Meet(const ValueView& object) {
  Object& known = objects_[{object.offset(), &object.type()}];
  const bool first = !known.met;
  known.met = true;
  if (known.pointers > 1 && known.id == 0) known.id = ++last_id_;
  return {known.id, first};
}

Status SharedObjects::Walk(const ValueView& view, ValueReader& reader) {
  switch (view.kind()) {
    case Kind::kArray:
    case Kind::kVector:
    case Kind::kMap:
    case Kind::kOptional:
      return WalkElements(view, reader);
    case Kind::kVariant: {
      MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader.AlternativeOf(view));
      return Walk(chosen.value, reader);
    }
    case Kind::kClass:
      return WalkFields(view, reader);
    case Kind::kPointer:
      return WalkPointer(view, reader);
    default:
      return {};
  }
}

Status SharedObjects::WalkElements(const ValueView& view, ValueReader& reader) {
  MAPFILE_ASSIGN_OR_RETURN(const Elements elements, reader.ElementsOf(view));
  const bool is_map = view.kind() == Kind::kMap;
  if (!is_map && IsScalar(elements.layout.element->kind)) return {};
  for (std::uint64_t i = 0; i < elements.count; ++i) {
    MAPFILE_RETURN_IF_ERROR(Walk(elements[i], reader));
    if (is_map) MAPFILE_RETURN_IF_ERROR(Walk(elements.Mapped(i), reader));
  }
  return {};
}

Status SharedObjects::WalkFields(const ValueView& view, ValueReader& reader) {
  MAPFILE_ASSIGN_OR_RETURN(const FlatClass* flat, reader.FieldsOf(view));
  for (const FlatField& field : flat->fields) {
    MAPFILE_RETURN_IF_ERROR(Walk(reader.Field(view, field), reader));
  }
  return {};
}

Status SharedObjects::WalkPointer(const ValueView& view, ValueReader& reader) {
  if (ValueReader::IsNull(view)) return {};
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader.TargetOf(view));
  Object& known = objects_[{object.offset(), &object.type()}];
  // The first visit covers all that lies below, cycles included.
  if (++known.pointers > 1) return {};
  return Walk(object, reader);
}

}  // namespace mapfile::text
