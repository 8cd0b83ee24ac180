// Region: the bytes that a heap and a record table live in.
#ifndef MAPFILE_LIB_BASE_REGION_H_
#define MAPFILE_LIB_BASE_REGION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "mapfile/status.h"

namespace mapfile {

// A range of bytes at some address, which may become longer.
//
// base() and size() may be called from any thread while another one grows
// the region. Growing never invalidates a pointer into it: where the system
// can't extend a mapping in place, the old one stays until the region dies.
// size() never shrinks, and bytes below it may be touched at any time.
class Region {
 public:
  Region(std::byte* base, std::uint64_t size) : base_(base), size_(size) {}
  explicit Region(std::span<std::byte> bytes)
      : Region(bytes.data(), bytes.size()) {}
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;
  virtual ~Region() = default;

  std::byte* base() const { return base_.load(std::memory_order_acquire); }
  std::uint64_t size() const { return size_.load(std::memory_order_acquire); }

  // Whether the `size` bytes from `offset` lie inside; never overflows.
  bool Contains(std::uint64_t offset, std::uint64_t size) const {
    if (IsInside(offset, size)) [[likely]]
      return true;
    Refresh();
    return IsInside(offset, size);
  }

  // Takes notice of growth by another process, if there can be any. Called
  // where bytes seem to lie outside, so that it costs nothing where not.
  virtual void Refresh() const {}

  // The object of type T at `offset`, or null when it doesn't lie inside or
  // isn't aligned for T. The bytes are untrusted and may change at any time.
  template <class T>
  T* At(std::uint64_t offset) const {
    if (!Contains(offset, sizeof(T)) || offset % alignof(T) != 0) {
      return nullptr;
    }
    return reinterpret_cast<T*>(base() + offset);
  }

  // Where `pointer` leads, counted from the start of the region; none if it
  // doesn't lead into it. Knows pointers from before the region moved, too.
  std::optional<std::uint64_t> OffsetOf(const void* pointer) const {
    const auto offset = static_cast<std::uint64_t>(
        static_cast<const std::byte*>(pointer) - base());
    if (offset < size()) return offset;
    return OffsetInFormer(pointer);
  }

  // Makes size() at least `size` bytes. NoSpace when it can't, with the
  // limit and the way out in the message; nothing has changed then.
  [[nodiscard]] virtual Status Grow(std::uint64_t size);

 protected:
  // Order for a growing region: base first, then size. The bytes at the old
  // base stay mapped, as far as size() reaches now.
  void SetBase(std::byte* base);
  void SetSize(std::uint64_t size) {
    size_.store(size, std::memory_order_release);
  }

 private:
  bool IsInside(std::uint64_t offset, std::uint64_t size) const {
    const std::uint64_t end = this->size();
    return offset <= end && size <= end - offset;
  }
  std::optional<std::uint64_t> OffsetInFormer(const void* pointer) const;

  std::atomic<std::byte*> base_;
  std::atomic<std::uint64_t> size_;
  mutable std::mutex former_mutex_;
  std::vector<std::span<const std::byte>> former_;  // Where it was before
};

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_REGION_H_
