// Memory for heaps under test.
#ifndef MAPFILE_TESTS_HEAP_HEAP_MEMORY_H_
#define MAPFILE_TESTS_HEAP_HEAP_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>

#include "lib/base/region.h"
#include "lib/format/heap_layout.h"
#include "lib/heap/allocator.h"

namespace mapfile::heap {

// Zeroed, page-aligned bytes.
class Memory {
 public:
  explicit Memory(std::size_t size)
      : bytes_(static_cast<std::byte*>(
                   ::operator new (size, std::align_val_t{4096})),
               size) {
    std::memset(bytes_.data(), 0, size);
  }
  Memory(const Memory&) = delete;
  ~Memory() { ::operator delete (bytes_.data(), std::align_val_t{4096}); }

  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

// A region that starts with `size` bytes and may grow to all of its memory.
class GrowingRegion : public Region {
 public:
  GrowingRegion(std::uint64_t size, std::uint64_t limit)
      : GrowingRegion(size, std::make_unique<Memory>(limit)) {}

  Status Grow(std::uint64_t size) override {
    if (size > memory_->bytes().size()) {
      return Fail(Code::kNoSpace, "the limit is reached");
    }
    if (size > this->size()) SetSize(size);
    return {};
  }

 private:
  GrowingRegion(std::uint64_t size, std::unique_ptr<Memory> memory)
      : Region(memory->bytes().first(size)), memory_(std::move(memory)) {}

  std::unique_ptr<Memory> memory_;
};

// A heap of its own over a region.
struct TestHeap {
  explicit TestHeap(std::uint64_t size, std::uint64_t limit = 0)
      : region(size, limit == 0 ? size : limit), allocator(region, 0) {
    formatted = Allocator::Format(region, 0, format::kHeapControlSize);
  }

  Result<std::uint64_t> Allocate(std::uint64_t size,
                                 std::uint64_t align = kMinAlign) {
    Unit unit(region, 0);
    auto offset = allocator.Allocate(unit, size, Kind::kUser, 7, align);
    if (offset) unit.Commit();
    return offset;
  }
  Status Free(std::uint64_t offset) {
    Unit unit(region, 0);
    Status freed = allocator.Free(unit, offset);
    if (freed) unit.Commit();
    return freed;
  }
  std::uint64_t used() const { return allocator.Stats()->used_bytes; }
  // The first block of the list for free blocks of that size.
  std::uint64_t control_list(std::uint64_t size) const {
    return region.At<format::HeapControl>(0)->list_offset[format::ListOf(size)];
  }

  GrowingRegion region;
  Allocator allocator;
  Status formatted;
};

}  // namespace mapfile::heap

#endif  // MAPFILE_TESTS_HEAP_HEAP_MEMORY_H_
