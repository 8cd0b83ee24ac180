// Heap: mmalloc-style allocation inside a span of bytes or a map file.
//
// Most clients do not need this: MapFile stores objects by itself. It is for
// structures of one's own inside the file, linked by offsets (offset.h).
#ifndef MAPFILE_HEAP_H_
#define MAPFILE_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "mapfile/offset.h"
#include "mapfile/status.h"

namespace mapfile {

// Sizes in bytes. used + free + overhead = total.
struct HeapStats {
  std::uint64_t total_bytes = 0;     // Region given to blocks
  std::uint64_t used_bytes = 0;      // Usable bytes of blocks in use
  std::uint64_t free_bytes = 0;      // Usable bytes of free blocks
  std::uint64_t overhead_bytes = 0;  // Block headers
  std::uint64_t used_blocks = 0;
  std::uint64_t free_blocks = 0;
  std::uint64_t largest_free_bytes = 0;
  std::uint64_t break_offset = 0;  // End of the last block (mmalloc: breakval)
};

// One call, as trace reports it after the fact.
struct HeapEvent {
  enum class Call { kMalloc, kFree, kRealloc };
  Call call;
  std::uint64_t offset;      // Result; of the freed block for kFree
  std::uint64_t old_offset;  // kRealloc only
  std::uint64_t size_bytes;  // As asked
};

namespace heap {
class Backend;  // Region, allocator and lock behind a Heap.
}

// A heap. Copies of a Heap are the same heap.
//
// Every call but Resolve takes the lock of the file that the heap lies in
// (none, for a plain span: then one thread at a time), survives a kill at
// any instruction, and takes a time that doesn't depend on the heap's size.
// Errors of all calls: Corrupt (the heap's bytes contradict themselves),
// Busy (a living process kept the lock), ReadOnly, Closed.
class Heap {
 public:
  static constexpr int kKeys = 16;

  // Uses the heap in `bytes`, 4096-aligned; formats it if all of it is zero.
  // Doesn't own the bytes. InvalidArgument: too small (16 KiB) or
  // unaligned. Corrupt or Version: neither zero nor a heap.
  [[nodiscard]] static Result<Heap> Attach(std::span<std::byte> bytes);

  // Ends the use of this heap by this object; the bytes stay as they are.
  [[nodiscard]] Status Detach();

  // New blocks of at least `size_bytes`, 16-aligned unless said otherwise;
  // a size of 0 gives a block too. NoSpace when full.
  [[nodiscard]] Result<Offset<void>> Malloc(std::uint64_t size_bytes);
  // Zeroed; InvalidArgument where count * size overflows.
  [[nodiscard]] Result<Offset<void>> Calloc(std::uint64_t count,
                                            std::uint64_t size_bytes);
  // Moves if it must; 0 as `block` is Malloc. On failure the old block stays.
  // To make a block smaller never fails for lack of space.
  [[nodiscard]] Result<Offset<void>> Realloc(Offset<void> block,
                                             std::uint64_t size_bytes);
  // `align`: a power of two up to 4096.
  [[nodiscard]] Result<Offset<void>> Memalign(std::uint64_t align,
                                              std::uint64_t size_bytes);
  [[nodiscard]] Result<Offset<void>> Valloc(std::uint64_t size_bytes);
  // Freeing 0 does nothing. InvalidArgument: no block of Malloc's is there.
  [[nodiscard]] Status Free(Offset<void> block);

  // Allocates and writes the result into the 64-bit word at `field`, both or
  // neither whatever is killed: the block can't leak between the two calls.
  // `field` lies in a block of this heap. FreeFrom: the inverse, leaves 0.
  [[nodiscard]] Result<Offset<void>> MallocInto(Offset<std::uint64_t> field,
                                                std::uint64_t size_bytes);
  [[nodiscard]] Status FreeFrom(Offset<std::uint64_t> field);

  // The roots: 16 words that lead to everything else. InvalidArgument:
  // key outside 0..15.
  [[nodiscard]] Status SetKey(int key, std::uint64_t value);
  [[nodiscard]] Result<std::uint64_t> GetKey(int key) const;

  [[nodiscard]] Result<HeapStats> Stats() const;

  // Walks every block and list. Returns a sentence per fault; empty: whole.
  [[nodiscard]] Result<std::vector<std::string>> Check() const;

  // Calls `tracer` after each successful call through this Heap or a copy
  // of it; null ends it. Not while other threads use the heap. The tracer
  // runs under the heap's lock and must not call it.
  void Trace(std::function<void(const HeapEvent&)> tracer);

  // The bytes of the block at `block` in this process, or empty if there is
  // none. Valid until the block is freed or the heap detached.
  std::span<std::byte> Resolve(Offset<void> block) const;

  explicit Heap(std::shared_ptr<heap::Backend> backend);

 private:
  std::shared_ptr<heap::Backend> backend_;
};

}  // namespace mapfile

#endif  // MAPFILE_HEAP_H_
