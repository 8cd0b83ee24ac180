#include "lib/file/bindings.h"

#include <utility>

namespace mapfile::file {
namespace {

// Waits until the object isn't being encoded any more.
void Unbind(Binding& binding) {
  const std::lock_guard lock(binding.mutex);
  binding.encoder.reset();
}

}  // namespace

void Bindings::Insert(BindingPtr binding) {
  BindingPtr former;
  {
    const std::lock_guard lock(mutex_);
    former = Detach(binding->id.offset);
    binding->order = next_order_++;
    by_order_.emplace(binding->order, binding);
    by_object_.emplace(binding->object, binding);
    by_record_.emplace(binding->id.offset, std::move(binding));
  }
  if (former != nullptr) Unbind(*former);
}

BindingPtr Bindings::Erase(record::RecordId id) {
  BindingPtr former;
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_record_.find(id.offset);
    if (found == by_record_.end() || found->second->id != id) return nullptr;
    former = Detach(id.offset);
  }
  Unbind(*former);
  return former;
}

void Bindings::EraseAll() {
  for (const BindingPtr& binding : All()) Erase(binding->id);
}

// The mutex is held. Null: the record at `offset` had no binding.
BindingPtr Bindings::Detach(std::uint64_t offset) {
  auto node = by_record_.extract(offset);
  if (!node) return nullptr;
  BindingPtr binding = std::move(node.mapped());
  by_order_.erase(binding->order);
  auto [it, end] = by_object_.equal_range(binding->object);
  while (it != end && it->second != binding) ++it;
  if (it != end) by_object_.erase(it);
  return binding;
}

BindingPtr Bindings::OfRecord(record::RecordId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_record_.find(id.offset);
  if (found == by_record_.end() || found->second->id != id) return nullptr;
  return found->second;
}

std::vector<BindingPtr> Bindings::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<BindingPtr> all;
  all.reserve(by_order_.size());
  for (const auto& [order, binding] : by_order_) all.push_back(binding);
  return all;
}

std::vector<BindingPtr> Bindings::OfObject(const void* object) const {
  const std::lock_guard lock(mutex_);
  std::vector<BindingPtr> found;
  const auto [begin, end] = by_object_.equal_range(object);
  // Equal keys stay in the order of their insertion.
  for (auto it = begin; it != end; ++it) found.push_back(it->second);
  return found;
}

}  // namespace mapfile::file
