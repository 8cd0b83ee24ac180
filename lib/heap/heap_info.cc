// Heap: its keys, and what can be seen of it.
#include <string>
#include <utility>

#include "lib/base/try.h"
#include "lib/format/heap_layout.h"
#include "lib/heap/backend.h"
#include "mapfile/heap.h"

namespace mapfile {
namespace {

using format::HeapControl;

tl::unexpected<Error> Detached() {
  return Fail(Code::kClosed, "this heap was detached");
}

Result<HeapControl*> Control(heap::Backend& backend, int key) {
  if (key < 0 || key >= Heap::kKeys) {
    return Fail(Code::kInvalidArgument, "keys are numbered 0 to 15, not " +
                                            std::to_string(key));
  }
  auto* control =
      backend.region().At<HeapControl>(backend.control_offset());
  if (control == nullptr) return Fail(Code::kCorrupt, "there is no heap");
  return control;
}

}  // namespace

Status Heap::SetKey(int key, std::uint64_t value) {
  if (backend_ == nullptr) return Detached();
  MAPFILE_RETURN_IF_ERROR(backend_->Lock());
  auto control = Control(*backend_, key);
  // One word, which needs no journal.
  if (control) StoreRelease((*control)->keys[key], value);
  backend_->Unlock();
  if (!control) return Fail(std::move(control).error());
  return {};
}

Result<std::uint64_t> Heap::GetKey(int key) const {
  if (backend_ == nullptr) return Detached();
  MAPFILE_RETURN_IF_ERROR(backend_->Usable());
  MAPFILE_ASSIGN_OR_RETURN(const HeapControl* control,
                           Control(*backend_, key));
  return LoadAcquire(control->keys[key]);
}

Result<HeapStats> Heap::Stats() const {
  if (backend_ == nullptr) return Detached();
  MAPFILE_RETURN_IF_ERROR(backend_->Usable());
  return backend_->allocator().Stats();
}

Result<std::vector<std::string>> Heap::Check() const {
  if (backend_ == nullptr) return Detached();
  MAPFILE_RETURN_IF_ERROR(backend_->Lock());
  std::vector<std::string> faults = backend_->allocator().Check();
  backend_->Unlock();
  return faults;
}

void Heap::Trace(std::function<void(const HeapEvent&)> tracer) {
  if (backend_ != nullptr) backend_->tracer() = std::move(tracer);
}

std::span<std::byte> Heap::Resolve(Offset<void> block) const {
  if (backend_ == nullptr || !backend_->Usable()) return {};
  const auto size =
      backend_->allocator().BlockSize(block.bytes, heap::Kind::kUser);
  if (!size) return {};
  return {backend_->region().base() + block.bytes, *size};
}

}  // namespace mapfile
