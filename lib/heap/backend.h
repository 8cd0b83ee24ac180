// Backend: what a public Heap stands on.
#ifndef MAPFILE_LIB_HEAP_BACKEND_H_
#define MAPFILE_LIB_HEAP_BACKEND_H_

#include <functional>

#include "lib/base/region.h"
#include "lib/heap/allocator.h"
#include "mapfile/heap.h"

namespace mapfile::heap {

// A region with its allocator, and how to lock it. lib/file derives one that
// takes the file's lock; the base class locks nothing.
class Backend {
 public:
  Backend(Region& region, std::uint64_t control_offset)
      : region_(region),
        control_offset_(control_offset),
        allocator_(region, control_offset) {}
  virtual ~Backend() = default;

  // Between Lock and Unlock the caller owns all of the heap; what a dead
  // owner left undone has been rolled back. Busy, ReadOnly, Closed.
  [[nodiscard]] virtual Status Lock();
  virtual void Unlock() {}
  // ReadOnly / Closed / Io (poisoned) without locking: for reading calls.
  [[nodiscard]] virtual Status Usable() const { return {}; }

  Region& region() { return region_; }
  std::uint64_t control_offset() const { return control_offset_; }
  Allocator& allocator() { return allocator_; }
  std::function<void(const HeapEvent&)>& tracer() { return tracer_; }

 private:
  Region& region_;
  std::uint64_t control_offset_;
  Allocator allocator_;
  std::function<void(const HeapEvent&)> tracer_;
};

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_BACKEND_H_
