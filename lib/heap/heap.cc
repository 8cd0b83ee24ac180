// Heap: the public interface over an Allocator.
#include "mapfile/heap.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "lib/base/copy.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/backend.h"

namespace mapfile {
namespace {

using heap::Allocator;
using heap::Backend;
using heap::Kind;
using heap::Unit;

// The backend's lock, by scope.
class Locked {
 public:
  explicit Locked(Backend& backend)
      : backend_(backend), status_(backend.Lock()) {}
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  ~Locked() {
    if (status_) backend_.Unlock();
  }
  const Status& status() const { return status_; }

 private:
  Backend& backend_;
  Status status_;
};

// A region over bytes that somebody else owns.
class SpanBackend : public Backend {
 public:
  explicit SpanBackend(std::span<std::byte> bytes)
      : Backend(span_, 0), span_(bytes) {}

 private:
  Region span_;
};

tl::unexpected<Error> Detached() {
  return Fail(Code::kClosed, "this heap was detached");
}

tl::unexpected<Error> NoBlock(std::uint64_t offset) {
  return Fail(
      Code::kInvalidArgument,
      "there is no block of Malloc's at offset " + std::to_string(offset));
}

// Usable bytes of a block that is the user's to free. Others' are not.
Result<std::uint64_t> UserSize(Backend& backend, std::uint64_t offset) {
  const std::uint64_t size =
      backend.allocator().KnownBlockSize(offset, Kind::kUser);
  if (size == 0) return NoBlock(offset);
  return size;
}

Result<std::uint64_t> AllocateUser(Backend& backend, std::uint64_t size,
                                   std::uint64_t align) {
  Unit unit(backend.region(), backend.control_offset());
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      backend.allocator().Allocate(unit, size, Kind::kUser, 0, align));
  unit.Commit();
  return offset;
}

Status FreeUser(Backend& backend, std::uint64_t offset) {
  Unit unit(backend.region(), backend.control_offset());
  MAPFILE_RETURN_IF_ERROR(backend.allocator().Free(unit, offset));
  unit.Commit();
  return {};
}

// Takes the bytes along to a new block; its offset. Until the old one is
// freed, recovery frees the new one: a kill leaves one of them.
Result<std::uint64_t> MoveUser(Backend& backend, std::uint64_t from,
                               std::uint64_t old_size, std::uint64_t size) {
  const std::uint64_t moving =
      backend.control_offset() + offsetof(format::HeapControl, moving_offset);
  Unit first(backend.region(), backend.control_offset());
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t to,
      backend.allocator().Allocate(first, size, Kind::kUser));
  MAPFILE_RETURN_IF_ERROR(first.Set(moving, to));
  first.Commit();
  // The region may have moved: addresses only from here on.
  std::byte* const base = backend.region().base();
  CopyShared(base + to, base + from, std::min(old_size, size));
  MAPFILE_STEP("realloc: copied");
  Unit second(backend.region(), backend.control_offset());
  MAPFILE_RETURN_IF_ERROR(backend.allocator().Free(second, from));
  MAPFILE_RETURN_IF_ERROR(second.Set(moving, 0));
  second.Commit();
  return to;
}

// Zeroes what others may be looking at by mistake: relaxed words.
void Clear(Backend& backend, std::uint64_t offset, std::uint64_t size) {
  auto* words = backend.region().At<std::uint64_t>(offset);
  for (std::uint64_t i = 0; i < (size + 7) / 8; ++i) {
    StoreRelaxed(words[i], std::uint64_t{0});
  }
}

void Tell(Backend& backend, HeapEvent::Call call, std::uint64_t offset,
          std::uint64_t old_offset, std::uint64_t size) {
  if (backend.tracer()) backend.tracer()({call, offset, old_offset, size});
}

// The word at `field`, among the heap's blocks: its address, or
// InvalidArgument. What lies in front of them is the file's.
Result<std::uint64_t*> FieldAt(Backend& backend, std::uint64_t field) {
  const auto* control =
      backend.region().At<format::HeapControl>(backend.control_offset());
  auto* word = backend.region().At<std::uint64_t>(field);
  if (control != nullptr && word != nullptr &&
      field >= LoadRelaxed(control->first_offset)) {
    return word;
  }
  return Fail(Code::kInvalidArgument,
              "there is no word of a block at offset " + std::to_string(field));
}

}  // namespace

Heap::Heap(std::shared_ptr<heap::Backend> backend)
    : backend_(std::move(backend)) {}

Result<Heap> Heap::Attach(std::span<std::byte> bytes) {
  constexpr std::uint64_t kLeast = 16 << 10;
  if (bytes.size() < kLeast ||
      reinterpret_cast<std::uintptr_t>(bytes.data()) % 4096 != 0) {
    return Fail(Code::kInvalidArgument,
                "a heap takes 16384 bytes at least, aligned to 4096");
  }
  auto backend = std::make_shared<SpanBackend>(bytes);
  const bool is_fresh = std::all_of(bytes.begin(), bytes.end(), [](auto byte) {
    return byte == std::byte{0};
  });
  if (is_fresh) {
    MAPFILE_RETURN_IF_ERROR(
        Allocator::Format(backend->region(), 0, format::kHeapControlSize));
  }
  MAPFILE_RETURN_IF_ERROR(backend->allocator().Validate());
  MAPFILE_RETURN_IF_ERROR(backend->Lock());
  return Heap(std::move(backend));
}

Status Heap::Detach() {
  if (backend_ == nullptr) return Detached();
  backend_.reset();
  return {};
}

Result<Offset<void>> Heap::Malloc(std::uint64_t size_bytes) {
  return Memalign(heap::kMinAlign, size_bytes);
}

Result<Offset<void>> Heap::Calloc(std::uint64_t count,
                                  std::uint64_t size_bytes) {
  std::uint64_t total = 0;
  if (__builtin_mul_overflow(count, size_bytes, &total)) {
    return Fail(Code::kInvalidArgument, "count times size is over 2^64");
  }
  MAPFILE_ASSIGN_OR_RETURN(const Offset<void> block, Malloc(total));
  Clear(*backend_, block.bytes, total);
  return block;
}

Result<Offset<void>> Heap::Memalign(std::uint64_t align,
                                    std::uint64_t size_bytes) {
  if (backend_ == nullptr) return Detached();
  if (!std::has_single_bit(align) || align > 4096) {
    return Fail(Code::kInvalidArgument,
                "blocks are aligned to powers of two up to 4096, not to " +
                    std::to_string(align));
  }
  const Locked locked(*backend_);
  MAPFILE_RETURN_IF_ERROR(locked.status());
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      AllocateUser(*backend_, size_bytes, std::max(align, heap::kMinAlign)));
  Tell(*backend_, HeapEvent::Call::kMalloc, offset, 0, size_bytes);
  return Offset<void>{offset};
}

Result<Offset<void>> Heap::Valloc(std::uint64_t size_bytes) {
  return Memalign(4096, size_bytes);
}

Result<Offset<void>> Heap::Realloc(Offset<void> block,
                                   std::uint64_t size_bytes) {
  if (!block) return Malloc(size_bytes);
  if (backend_ == nullptr) return Detached();
  const Locked locked(*backend_);
  MAPFILE_RETURN_IF_ERROR(locked.status());
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t old_size,
                           UserSize(*backend_, block.bytes));
  std::uint64_t offset = block.bytes;
  // A block that is at most twice too large stays.
  if (size_bytes > old_size || size_bytes < old_size / 2) {
    auto moved = MoveUser(*backend_, block.bytes, old_size, size_bytes);
    // A smaller one need not move, if it can't.
    const bool may_stay = !moved && size_bytes <= old_size &&
                          moved.error().code() == Code::kNoSpace;
    if (!moved && !may_stay) return Fail(std::move(moved).error());
    if (moved) offset = *moved;
  }
  Tell(*backend_, HeapEvent::Call::kRealloc, offset, block.bytes, size_bytes);
  return Offset<void>{offset};
}

Status Heap::Free(Offset<void> block) {
  if (!block) return {};
  if (backend_ == nullptr) return Detached();
  const Locked locked(*backend_);
  MAPFILE_RETURN_IF_ERROR(locked.status());
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size,
                           UserSize(*backend_, block.bytes));
  MAPFILE_RETURN_IF_ERROR(FreeUser(*backend_, block.bytes));
  Tell(*backend_, HeapEvent::Call::kFree, block.bytes, 0, size);
  return {};
}

Result<Offset<void>> Heap::MallocInto(Offset<std::uint64_t> field,
                                      std::uint64_t size_bytes) {
  if (backend_ == nullptr) return Detached();
  const Locked locked(*backend_);
  MAPFILE_RETURN_IF_ERROR(locked.status());
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t* word,
                           FieldAt(*backend_, field.bytes));
  (void)word;
  Unit unit(backend_->region(), backend_->control_offset());
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      backend_->allocator().Allocate(unit, size_bytes, Kind::kUser));
  MAPFILE_RETURN_IF_ERROR(unit.Set(field.bytes, offset));
  unit.Commit();
  Tell(*backend_, HeapEvent::Call::kMalloc, offset, 0, size_bytes);
  return Offset<void>{offset};
}

Status Heap::FreeFrom(Offset<std::uint64_t> field) {
  if (backend_ == nullptr) return Detached();
  const Locked locked(*backend_);
  MAPFILE_RETURN_IF_ERROR(locked.status());
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t* word,
                           FieldAt(*backend_, field.bytes));
  const std::uint64_t offset = LoadRelaxed(*word);
  if (offset == 0) return {};
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t size,
                           UserSize(*backend_, offset));
  Unit unit(backend_->region(), backend_->control_offset());
  MAPFILE_RETURN_IF_ERROR(unit.Set(field.bytes, 0));
  MAPFILE_RETURN_IF_ERROR(backend_->allocator().Free(unit, offset));
  unit.Commit();
  Tell(*backend_, HeapEvent::Call::kFree, offset, 0, size);
  return {};
}

}  // namespace mapfile
