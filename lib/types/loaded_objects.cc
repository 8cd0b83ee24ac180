#include "lib/types/loaded_objects.h"

#include <fmt/format.h>

#include <utility>

#include "lib/base/try.h"
#include "lib/types/classes.h"

namespace mapfile::internal {
namespace {

// Whether `cls` has a class called `name` among its bases, or is it.
bool IsDescribedAs(const ClassNode& cls, std::string_view name, int& visits) {
  if (cls.name == name) return true;
  for (const FieldNode& base : cls.bases) {
    if (--visits < 0) return false;
    if (IsDescribedAs(*base.type.cls, name, visits)) return true;
  }
  return false;
}

// Bases may multiply without end in a hostile description.
constexpr int kMaxVisits = 1 << 16;

tl::unexpected<Error> WrongClass(const Shape& target, const Type& stored) {
  return Fail(Code::kCorrupt, fmt::format("a pointer to {} leads to {}",
                                          target.name, stored.name()));
}

}  // namespace

LoadedObjects::~LoadedObjects() {
  for (std::size_t i = 1; i < objects_.size(); ++i) {
    if (objects_[i].object != nullptr) {
      objects_[i].shape->destroy(objects_[i].object);
    }
  }
}

void LoadedObjects::Begin(const Codec& codec, const Type& stored,
                          void* object) {
  root_type_ = &stored;
  root_shape_ = &codec.shape;
  root_object_ = static_cast<std::byte*>(object);
}

void LoadedObjects::EnterRoot() {
  if (!objects_.empty()) return;
  Loaded root;
  root.object = root_object_;
  root.shape = root_shape_;
  objects_.push_back(std::move(root));
}

Result<const LoadedObjects::Known*> LoadedObjects::ClassOf(
    std::uint32_t type_id, const Shape& target, TypeTable& types) {
  Known& known = known_[type_id];
  if (known.shape != nullptr) return &known;
  MAPFILE_ASSIGN_OR_RETURN(const auto stored, types.TypeOf(type_id));
  const TypeNode& root = stored->root();
  int visits = kMaxVisits;
  if (root.kind != Kind::kClass ||
      !IsDescribedAs(*root.cls, target.name, visits)) {
    return WrongClass(target, *stored);
  }
  const Codec* codec = nullptr;
  if (root.cls->name == target.name) {
    codec = &target.codec();
  } else if (const RegisteredClass* cls = FindClass(root.cls->name)) {
    codec = cls->codec;
  } else {
    return Fail(Code::kNotFound,
                fmt::format("class {} of an object behind a pointer to {} is "
                            "not registered in this program: "
                            "MAPFILE_REGISTER it",
                            root.cls->name, target.name));
  }
  MAPFILE_ASSIGN_OR_RETURN(known.plan, PlanFor(*codec, *stored));
  if (codec->shape.create == nullptr) {
    return Fail(Code::kTypeMismatch,
                fmt::format("class {} can't be made: it is abstract or has no "
                            "default constructor",
                            root.cls->name));
  }
  known.shape = &codec->shape;
  return &known;
}

Status LoadedObjects::CheckRoot(std::uint32_t type_id, TypeTable& types) {
  MAPFILE_ASSIGN_OR_RETURN(const auto stored, types.TypeOf(type_id));
  if (stored->text() == root_type_->text()) return {};
  return Fail(Code::kCorrupt,
              fmt::format("a pointer to the value itself sees {} instead of "
                          "{}",
                          stored->name(), root_type_->name()));
}

Result<std::size_t> LoadedObjects::ObjectAt(std::uint64_t offset,
                                            std::uint32_t type_id,
                                            const Shape& target,
                                            TypeTable& types, bool& is_new) {
  is_new = false;
  if (offset == 0) {
    if (objects_[0].type_id != type_id) {
      MAPFILE_RETURN_IF_ERROR(CheckRoot(type_id, types));
    }
    objects_[0].type_id = type_id;
    return std::size_t{0};
  }
  const auto found = by_offset_.find(offset);
  if (found != by_offset_.end()) {
    if (objects_[found->second].type_id == type_id) return found->second;
    return Fail(Code::kCorrupt,
                "pointers see objects of two classes at one place");
  }
  MAPFILE_ASSIGN_OR_RETURN(const Known* known, ClassOf(type_id, target, types));
  Loaded loaded{offset, nullptr, known->shape, type_id, known->plan};
  objects_.push_back(std::move(loaded));
  by_offset_.emplace(offset, objects_.size() - 1);
  is_new = true;
  return objects_.size() - 1;
}

Result<const LoadedObjects::Loaded*> LoadedObjects::Link(const Shape& shape,
                                                         void* slot,
                                                         std::uint32_t type_id,
                                                         std::uint64_t offset,
                                                         TypeTable& types) {
  EnterRoot();
  const Shape& target = shape.children[0]();
  bool is_new = false;
  MAPFILE_ASSIGN_OR_RETURN(const std::size_t index,
                           ObjectAt(offset, type_id, target, types, is_new));
  std::ptrdiff_t base_offset = 0;
  const Shape& cls = *objects_[index].shape;
  if (cls.kind != Kind::kClass || !FindBase(cls, target, base_offset)) {
    return Fail(Code::kTypeMismatch,
                fmt::format("class {} is not derived from {} in this program",
                            cls.name, target.name));
  }
  links_.push_back({&shape, slot, false, index, base_offset});
  if (shape.owner != Owner::kNobody) {
    ownership_.Add(current_, index, shape.owner);
  }
  return is_new ? &objects_[index] : nullptr;
}

const LoadedObjects::Loaded* LoadedObjects::Next() {
  if (next_ >= objects_.size()) return nullptr;
  current_ = next_++;
  Loaded& loaded = objects_[current_];
  loaded.object = static_cast<std::byte*>(loaded.shape->create());
  return &loaded;
}

Status LoadedObjects::Commit() {
  if (links_.empty()) return {};
  EnterRoot();  // All pointers may be null
  MAPFILE_RETURN_IF_ERROR(ownership_.Check(objects_.size(), Code::kCorrupt));
  std::vector<std::shared_ptr<void>> shared(objects_.size());
  // From here on nothing fails but memory.
  for (const PointerLink& link : links_) {
    if (link.is_null) {
      link.shape->clear(link.slot);
      continue;
    }
    Loaded& loaded = objects_[link.object];
    auto& owner = shared[link.object];
    if (link.shape->owner == Owner::kShared && !owner) {
      owner = std::shared_ptr<void>(loaded.object, loaded.shape->destroy);
    }
    link.shape->lead_to(link.slot, loaded.object + link.base_offset, owner);
  }
  objects_.clear();
  return {};
}

}  // namespace mapfile::internal
