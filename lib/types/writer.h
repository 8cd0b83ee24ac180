// ValueWriter: finds the size of a value, or writes it; the same walk.
#ifndef MAPFILE_LIB_TYPES_WRITER_H_
#define MAPFILE_LIB_TYPES_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include "lib/types/object_graph.h"
#include "lib/types/plan.h"
#include "lib/types/type_layout.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

// Values inside values, of which deeper ones are refused.
inline constexpr int kMaxValueDepth = 64;
// Elements of no size (classes without fields) in one value.
inline constexpr std::uint64_t kMaxEmptyElements = 65536;

// Writes a fixed part and behind it, in the order of being met, all that it
// leads to. Never writes past its bytes, whatever others do to the object.
class ValueWriter {
 public:
  // Without bytes: finds the size. `graph` may be null for a value without
  // pointers.
  explicit ValueWriter(TypeTable& types, ObjectGraph* graph)
      : types_(types), graph_(graph) {}
  ValueWriter(std::span<std::byte> bytes, TypeTable& types, ObjectGraph* graph)
      : out_(bytes.data()),
        capacity_(bytes.size()),
        types_(types),
        graph_(graph) {}

  // The whole value; returns its size.
  [[nodiscard]] Result<std::uint64_t> Write(const Codec& codec,
                                            const void* object);

 private:
  // Each returns false once error_ is set.
  bool Fixed(const Plan& plan, const std::byte* object, std::uint64_t at);
  bool Array(const Step& step, const std::byte* object, std::uint64_t at);
  bool Reference(const Step& step, const std::byte* field, std::uint64_t at);
  bool Blob(const void* data, std::uint64_t size, std::uint64_t at);
  bool Vector(const Step& step, const void* vector, std::uint64_t at);
  bool Packed(const void* vector, std::uint64_t at);
  bool Map(const Step& step, const void* map, std::uint64_t at);
  bool Optional(const Step& step, const void* optional, std::uint64_t at);
  bool Variant(const Step& step, const void* variant, std::uint64_t at);
  bool Pointer(const Step& step, const void* slot, std::uint64_t at);
  bool Owned(const Step& step, const void* slot, std::uint64_t at);
  bool Objects();

  // Room for `count` elements behind all that is there.
  bool Elements(const Step& step, std::uint64_t count, std::uint64_t& offset);
  bool Reserve(std::uint64_t size, std::uint64_t align, std::uint64_t& offset) {
    offset = RoundUp(cursor_, align);
    if (offset > capacity_ || size > capacity_ - offset) [[unlikely]] {
      return Changed();
    }
    if (out_ != nullptr && offset != cursor_) {
      std::memset(out_ + cursor_, 0, offset - cursor_);
    }
    cursor_ = offset + size;
    return true;
  }
  void Store(std::uint64_t at, std::uint64_t first, std::uint64_t second) {
    if (out_ == nullptr) return;
    const std::uint64_t words[] = {first, second};
    std::memcpy(out_ + at, words, sizeof(words));
  }
  [[gnu::cold]] bool Refuse(std::string why);
  [[gnu::cold]] bool Changed();

  std::byte* out_ = nullptr;
  std::uint64_t capacity_ = std::numeric_limits<std::int64_t>::max();
  std::uint64_t cursor_ = 0;
  std::uint64_t empty_elements_ = 0;
  int depth_ = 0;
  TypeTable& types_;
  ObjectGraph* graph_;
  std::optional<Error> error_;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_WRITER_H_
