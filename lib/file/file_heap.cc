#include "lib/file/file_heap.h"

#include <utility>

#include "lib/heap/backend.h"

namespace mapfile::file {
namespace {

class FileBackend : public heap::Backend {
 public:
  explicit FileBackend(std::shared_ptr<Core> core)
      : Backend(core->region(), core->heap_offset()), core_(std::move(core)) {}

  Status Lock() override {
    const bool entered = core_->gate().Enter();
    Status locked = entered ? LockInside() : core_->Usable();
    if (entered && !locked) core_->gate().Leave();
    return core_->About(std::move(locked));
  }

  void Unlock() override {
    core_->host()->Unlock(&core_->header().lock);
    core_->gate().Leave();
  }

  Status Usable() const override { return core_->About(core_->Usable()); }

 private:
  Status LockInside() {
    if (Status writable = core_->Writable(); !writable) return writable;
    auto taken = core_->host()->Lock(&core_->header().lock);
    if (!taken) return Fail(std::move(taken).error());
    Status recovered = core_->table().Recover();
    if (!recovered) core_->host()->Unlock(&core_->header().lock);
    return recovered;
  }

  std::shared_ptr<Core> core_;
};

}  // namespace

Heap HeapOf(std::shared_ptr<Core> core) {
  return Heap(std::make_shared<FileBackend>(std::move(core)));
}

}  // namespace mapfile::file
