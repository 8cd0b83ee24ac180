// Bound objects: publishing them again, and letting go of them.
#include <optional>
#include <utility>
#include <vector>

#include "lib/base/try.h"
#include "lib/file/load.h"
#include "lib/file/names.h"
#include "lib/file/store.h"

namespace mapfile::file {
namespace {

tl::unexpected<Error> NotAdded() {
  return Fail(Code::kNotFound, "no such object was added to this file");
}

Result<Generation> PublishBound(Core& core, Binding& binding) {
  const std::lock_guard lock(binding.mutex);
  if (!binding.IsBound()) {
    return Fail(Code::kInvalidArgument, "the object that was added is gone");
  }
  return Publish(core, binding.id, *binding.encoder);
}

bool IsGone(Binding& binding) {
  const std::lock_guard lock(binding.mutex);
  return !binding.IsBound();
}

// The bindings of the object that lives at that address now, not of those
// that lived there before.
std::vector<BindingPtr> LivingBindings(Core& core, const void* object) {
  auto bindings = core.bindings().OfObject(object);
  std::erase_if(bindings, [](const BindingPtr& b) { return IsGone(*b); });
  return bindings;
}

}  // namespace

Result<Generation> Update(Core& core, Binding& binding) {
  return PublishBound(core, binding);
}

Status UpdateAll(Core& core) {
  std::optional<Error> first;
  for (const BindingPtr& binding : core.bindings().All()) {
    auto published = PublishBound(core, *binding);
    if (published || IsGone(*binding)) continue;
    if (!first) first = published.error().In(Quoted(binding->name));
  }
  if (first) return Fail(*std::move(first));
  return {};
}

Result<Generation> UpdateObject(Core& core, const void* object) {
  const auto bindings = LivingBindings(core, object);
  if (bindings.empty()) return NotAdded();
  Generation generation = 0;
  for (const BindingPtr& binding : bindings) {
    auto published = PublishBound(core, *binding);
    if (!published) {
      return Fail(published.error().In(Quoted(binding->name)));
    }
    generation = *published;
  }
  return generation;
}

Result<Generation> UpdateRecord(Core& core, record::RecordId id) {
  const BindingPtr binding = core.bindings().OfRecord(id);
  if (binding == nullptr) {
    return Fail(Code::kNotFound,
                "no object was added to this record through this file");
  }
  return PublishBound(core, *binding);
}

Status Remove(Core& core, std::string_view name) {
  MAPFILE_ASSIGN_OR_RETURN(const record::RecordId id, FindId(core, name));
  MAPFILE_RETURN_IF_ERROR(core.table().Remove(id));
  core.bindings().Erase(id);
  return {};
}

Status RemoveObject(Core& core, const void* object) {
  const auto bindings = LivingBindings(core, object);
  if (bindings.empty()) return NotAdded();
  for (const BindingPtr& binding : bindings) {
    Status removed = core.table().Remove(binding->id);
    // Somebody else's removal is as good.
    if (!removed && removed.error().code() != Code::kNotFound) {
      return Fail(removed.error().In(Quoted(binding->name)));
    }
    core.bindings().Erase(binding->id);
  }
  return {};
}

Status RemoveAll(Core& core) {
  MAPFILE_RETURN_IF_ERROR(core.table().RemoveAll());
  for (const BindingPtr& binding : core.bindings().All()) {
    if (!core.table().CurrentGeneration(binding->id)) {
      core.bindings().Erase(binding->id);
    }
  }
  return {};
}

Status Unbind(Core& core, std::string_view name) {
  MAPFILE_ASSIGN_OR_RETURN(const record::RecordId id, FindId(core, name));
  if (core.bindings().Erase(id) == nullptr) return NotAdded();
  return {};
}

}  // namespace mapfile::file
