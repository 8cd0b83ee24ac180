// ValueReader and ValueView: a stored value seen through its description.
//
// The bytes are a private copy: nobody changes them, but they are untrusted.
// A ValueView always lies inside them; every offset and count that leads to
// another one is checked first, and failing that is Corrupt. No C++ class is
// needed. Not for use from several threads at once.
#ifndef MAPFILE_LIB_TEXT_VALUE_VIEW_H_
#define MAPFILE_LIB_TEXT_VALUE_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "lib/text/flat_class.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

// Values inside values, through pointers too, of which deeper ones are
// refused. Types alone nest less deep: it takes a chain of objects.
inline constexpr int kMaxDepth = 1024;

bool IsNumber(Kind kind);  // bool isn't
bool IsScalar(Kind kind);  // Numbers and bool

// Calls f(T{}) with the C++ type of a scalar kind.
template <class F>
decltype(auto) VisitScalar(Kind kind, F&& f) {
  switch (kind) {
    case Kind::kBool:
      return f(bool{});
    case Kind::kI8:
      return f(std::int8_t{});
    case Kind::kI16:
      return f(std::int16_t{});
    case Kind::kI32:
      return f(std::int32_t{});
    case Kind::kI64:
      return f(std::int64_t{});
    case Kind::kU8:
      return f(std::uint8_t{});
    case Kind::kU16:
      return f(std::uint16_t{});
    case Kind::kU32:
      return f(std::uint32_t{});
    case Kind::kU64:
      return f(std::uint64_t{});
    case Kind::kF32:
      return f(float{});
    default:
      return f(double{});
  }
}

// A value's fixed part. Cheap to copy; valid as long as reader and type.
class ValueView {
 public:
  const TypeNode& type() const { return *type_; }
  Kind kind() const { return type_->kind; }
  // From the start of the stored value, in bytes.
  std::uint64_t offset() const { return offset_; }
  const std::byte* data() const { return bytes_ + offset_; }

  // A scalar; T is that of its kind.
  template <class T>
  T Load() const {
    return LoadAt<T>(0);
  }
  // Any scalar as a double, for display.
  double Number() const;

 private:
  friend class ValueReader;
  friend struct Elements;
  ValueView(const TypeNode& type, const std::byte* bytes, std::uint64_t offset,
            int depth)
      : type_(&type), bytes_(bytes), offset_(offset), depth_(depth) {}

  template <class T>
  T LoadAt(std::uint64_t at) const {
    // Any byte but 0 is true: a bool of another value is undefined in C++.
    if constexpr (std::is_same_v<T, bool>) return data()[at] != std::byte{0};
    T value;
    std::memcpy(&value, data() + at, sizeof(value));
    return value;
  }

  const TypeNode* type_;
  const std::byte* bytes_;  // Of the whole value
  std::uint64_t offset_;
  int depth_;
};

// How the elements of an array, vector, map or optional lie side by side.
struct ElementLayout {
  explicit ElementLayout(const TypeNode& container);
  const TypeNode* element = nullptr;  // Of a map: its keys
  const TypeNode* mapped = nullptr;   // Of a map: its values
  std::uint64_t mapped_offset = 0;
  std::uint64_t stride = 0;
  std::uint64_t align = 1;
};

struct Elements {
  ElementLayout layout;
  const std::byte* bytes;  // Of the whole value
  std::uint64_t offset;
  std::uint64_t count;
  int depth;

  const std::byte* data() const { return bytes + offset; }
  // i < count.
  ValueView operator[](std::uint64_t i) const {
    return {*layout.element, bytes, offset + i * layout.stride, depth};
  }
  ValueView Mapped(std::uint64_t i) const {
    return {*layout.mapped, bytes,
            offset + i * layout.stride + layout.mapped_offset, depth};
  }
};

struct Alternative {
  std::uint32_t index;
  ValueView value;
};

class ValueReader {
 public:
  // Borrows all. A walk over a whole value costs work in proportion to its
  // bytes, although hostile ones can make parts overlap: what is visited
  // more often than that is Corrupt.
  ValueReader(std::span<const std::byte> bytes, TypeTable& types);

  // From now on the caller bounds the work by what it visits.
  void LiftBound();

  // The value itself. Corrupt: fewer bytes than its fixed part.
  [[nodiscard]] Result<ValueView> Root(const Type& type);

  // Of an array, vector, map or optional (at most one element).
  [[nodiscard]] Result<Elements> ElementsOf(const ValueView& view);

  // The bytes of a string or bytes.
  [[nodiscard]] Result<std::string_view> TextOf(const ValueView& view);

  [[nodiscard]] Result<Alternative> AlternativeOf(const ValueView& view);

  // A pointer's object, of its dynamic class; null pointers have none.
  // Objects are the same if their offset() and type() are. Cycles are the
  // caller's to detect; following one ends at kMaxDepth,
  // as InvalidArgument: a long chain of objects is no damage.
  static bool IsNull(const ValueView& pointer);
  [[nodiscard]] Result<ValueView> TargetOf(const ValueView& pointer);

  // The same as if nothing were around it, for walks that don't recurse from
  // an object to the next one.
  static ValueView AtTop(const ValueView& view) {
    return {view.type(), view.bytes_, view.offset_, 0};
  }

  // The fields of an object, in order.
  [[nodiscard]] Result<const FlatClass*> FieldsOf(const ValueView& object);
  ValueView Field(const ValueView& object, const FlatField& field) const {
    return {*field.type, bytes_.data(), object.offset_ + field.offset,
            object.depth_ + 1};
  }

 private:
  struct Tail {
    std::uint64_t offset;
    std::uint64_t count;
  };
  Result<Tail> TailOf(const ValueView& view, std::uint64_t stride);
  Status Check(std::uint64_t offset, std::uint64_t count, std::uint64_t stride,
               const ValueView& view);
  Status Descend(const ValueView& view) const;
  Status Charge(std::uint64_t size);
  Result<const Type*> ClassOf(std::uint32_t id, const ValueView& pointer);

  std::span<const std::byte> bytes_;
  TypeTable& types_;
  const Type* root_ = nullptr;  // Of Root()
  std::uint64_t budget_;
  FlatClasses classes_;
  std::unordered_map<std::uint32_t, std::shared_ptr<const Type>> by_id_;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_VALUE_VIEW_H_
