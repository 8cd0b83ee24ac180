#include "lib/types/object_graph.h"

#include <fmt/format.h>

#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <string>

#include "lib/base/try.h"
#include "lib/types/classes.h"

namespace mapfile::internal {
namespace {

std::string CxxName(const std::type_info& type_info) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type_info.name(), nullptr, nullptr, &status),
      &std::free);
  return name ? name.get() : type_info.name();
}

}  // namespace

Status ObjectGraph::Begin(const Codec& codec, const void* object,
                          TypeTable& types) {
  *this = ObjectGraph();
  PlacedObject root{static_cast<const std::byte*>(object), &codec};
  root.is_written = true;
  if (codec.shape.kind == Kind::kClass) {
    MAPFILE_ASSIGN_OR_RETURN(root.type_id, types.IdOf(*codec.type));
  }
  objects_.push_back(root);
  by_address_.emplace(root.object, 0);
  queue_.push_back(0);
  return {};
}

void ObjectGraph::Rewind() {
  for (PlacedObject& object : objects_) object.is_written = false;
  objects_[0].is_written = true;
  queue_ = {0};
  next_ = current_ = 0;
}

PlacedObject* ObjectGraph::Next() {
  if (next_ == queue_.size()) return nullptr;
  current_ = queue_[next_++];
  return &objects_[current_];
}

std::size_t ObjectGraph::IndexOf(const PlacedObject* object) const {
  return static_cast<std::size_t>(object - objects_.data());
}

PlacedObject* ObjectGraph::FindAt(const std::byte* address) {
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? nullptr : &objects_[found->second];
}

Result<const Codec*> ObjectGraph::CodecOfPointee(const Shape& target,
                                                 const Pointee& pointee,
                                                 const void* pointer) {
  if (*pointee.dynamic_type == *target.type_info) return &target.codec();
  const RegisteredClass* cls = FindClass(*pointee.dynamic_type);
  if (cls == nullptr) {
    return Fail(Code::kInvalidArgument,
                fmt::format("a pointer to {} leads to an object of class {}, "
                            "which is not registered: MAPFILE_REGISTER it",
                            target.name, CxxName(*pointee.dynamic_type)));
  }
  std::ptrdiff_t offset = 0;
  if (!FindBase(*cls->shape, target, offset) ||
      static_cast<const std::byte*>(pointee.object) + offset != pointer) {
    return Fail(Code::kInvalidArgument,
                fmt::format("class {} is not described as derived from {}: "
                            "use MAPFILE_DESCRIBE_DERIVED",
                            cls->shape->name, target.name));
  }
  return cls->codec;
}

Result<PlacedObject*> ObjectGraph::Enter(const Shape& shape, const void* slot,
                                         TypeTable& types) {
  const Pointee pointee = shape.pointee(slot);
  const auto* address = static_cast<const std::byte*>(pointee.object);
  PlacedObject* placed = FindAt(address);
  if (placed == nullptr) {
    PlacedObject object{address};
    MAPFILE_ASSIGN_OR_RETURN(
        object.codec, CodecOfPointee(shape.children[0](), pointee,
                                     shape.get(slot)));
    MAPFILE_RETURN_IF_ERROR(object.codec->status);
    MAPFILE_ASSIGN_OR_RETURN(object.type_id, types.IdOf(*object.codec->type));
    by_address_.emplace(address, objects_.size());
    objects_.push_back(object);
    placed = &objects_.back();
  } else if (*placed->codec->shape.type_info != *pointee.dynamic_type) {
    return Fail(Code::kInvalidArgument,
                "pointers see objects of two classes at one address");
  }
  ownership_.Add(current_, IndexOf(placed), shape.owner);
  return placed;
}

PlacedObject* ObjectGraph::FindOwned(const Shape& shape, const void* slot) {
  return FindAt(
      static_cast<const std::byte*>(shape.pointee(slot).object));
}

const PlacedObject* ObjectGraph::FindTarget(const Shape& shape,
                                            const void* target) const {
  const auto* address = static_cast<const std::byte*>(target);
  auto after = by_address_.upper_bound(address);
  if (after == by_address_.begin()) return nullptr;
  const PlacedObject& placed = objects_[std::prev(after)->second];
  std::ptrdiff_t offset = 0;
  if (placed.type_id == 0 ||
      !FindBase(placed.codec->shape, shape.children[0](), offset) ||
      placed.object + offset != address) {
    return nullptr;
  }
  return &placed;
}

Status ObjectGraph::Check() const {
  for (const Raw& raw : raw_) {
    if (FindTarget(*raw.shape, raw.target) != nullptr) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("a raw pointer to {} leads to an object that "
                            "nothing in the value owns: hold it by a "
                            "unique_ptr or shared_ptr, or leave the pointer "
                            "out of the description",
                            raw.shape->children[0]().name));
  }
  return ownership_.Check(objects_.size(), Code::kInvalidArgument);
}

}  // namespace mapfile::internal
