#include "lib/text/shared_objects.h"

#include <set>

#include "lib/base/try.h"

namespace mapfile::text {
namespace {

bool Search(const TypeNode& type, std::set<const ClassNode*>& seen) {
  if (type.kind == Kind::kPointer) return true;
  for (const TypeNode& child : type.children) {
    if (Search(child, seen)) return true;
  }
  if (type.cls == nullptr || !seen.insert(type.cls).second) return false;
  for (const auto* fields : {&type.cls->bases, &type.cls->fields}) {
    for (const FieldNode& field : *fields) {
      if (Search(field.type, seen)) return true;
    }
  }
  return false;
}

}  // namespace

bool LeadsToPointer(const TypeNode& type) {
  std::set<const ClassNode*> seen;
  return Search(type, seen);
}

Result<SharedObjects> SharedObjects::Find(const Type& type,
                                          ValueReader& reader) {
  SharedObjects shared;
  if (!LeadsToPointer(type.root())) return shared;
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  // What is shown without a pointer is one use of it.
  shared.objects_[KeyOf(root)].pointers = 1;
  MAPFILE_RETURN_IF_ERROR(shared.Walk(root, reader));
  while (!shared.pending_.empty()) {
    const ValueView object = ValueReader::AtTop(shared.pending_.back());
    shared.pending_.pop_back();
    MAPFILE_RETURN_IF_ERROR(shared.Walk(object, reader));
  }
  return shared;
}

// Nothing but the value itself lies at its start. Its description is another
// one than that of the class which a pointer to it names.
SharedObjects::Key SharedObjects::KeyOf(const ValueView& object) {
  if (object.offset() == 0) return {0, nullptr};
  return {object.offset(), &object.type()};
}

SharedObjects::Use SharedObjects::Meet(const ValueView& object) {
  Object& known = objects_[KeyOf(object)];
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
    case Kind::kOptional: return WalkElements(view, reader);
    case Kind::kVariant: {
      MAPFILE_ASSIGN_OR_RETURN(const auto chosen, reader.AlternativeOf(view));
      return Walk(chosen.value, reader);
    }
    case Kind::kClass: return WalkFields(view, reader);
    case Kind::kPointer: return MeetPointer(view, reader);
    default: return {};
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

Status SharedObjects::MeetPointer(const ValueView& view, ValueReader& reader) {
  if (ValueReader::IsNull(view)) return {};
  MAPFILE_ASSIGN_OR_RETURN(const ValueView object, reader.TargetOf(view));
  Object& known = objects_[KeyOf(object)];
  // The first visit covers all that lies below, cycles included.
  if (++known.pointers == 1) pending_.push_back(object);
  return {};
}

}  // namespace mapfile::text
