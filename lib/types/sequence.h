// Sequence: a value whose fixed part is one text or one array of numbers.
//
// What is large, and most of what is put often, is one. It is written and
// read here in a few steps, to the same bytes as by a walk over its plan.
// Inline: so little is done in each of the calls.
#ifndef MAPFILE_LIB_TYPES_SEQUENCE_H_
#define MAPFILE_LIB_TYPES_SEQUENCE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "lib/base/copy.h"
#include "lib/types/plan.h"
#include "lib/types/type_layout.h"

namespace mapfile::internal {

// A plan with `is_sequence`, borrowed.
class Sequence {
 public:
  explicit Sequence(const Plan& plan) : plan_(plan), step_(plan.steps[0]) {}

  // The size of the value.
  std::uint64_t Size(const void* object) const {
    return SizeOf(CountIn(FieldOf(object)));
  }

  // Fills `bytes`; false: the object has another size by now.
  bool Write(const void* object, std::span<std::byte> bytes) const {
    const void* const field = FieldOf(object);
    const std::uint64_t count = CountIn(field);
    if (SizeOf(count) != bytes.size()) return false;
    const std::uint64_t start = plan_.tail_start;
    // What is before the elements, mostly a line of the cache, in one piece.
    struct Head {
      std::uint64_t offset, count;
      std::uint64_t padding[6];
    };
    const Head head{count == 0 ? 0 : start, count, {}};
    if (count != 0 && start == sizeof(head)) {
      std::memcpy(bytes.data(), &head, sizeof(head));
    } else {
      std::memcpy(bytes.data(), &head, plan_.size);
      if (count == 0) return true;
      std::memset(bytes.data() + plan_.size, 0, start - plan_.size);
    }
    std::memcpy(bytes.data() + start, DataIn(field), bytes.size() - start);
    return true;
  }

  // Reads a value of untrusted bytes, as ValueLoader does; false: it is
  // damaged, as that can say, and the object is as it was.
  bool Load(std::span<const std::byte> bytes, void* object) const {
    if (bytes.size() < plan_.size) return false;
    const std::uint64_t offset = LoadShared(bytes.data());
    const std::uint64_t count = LoadShared(bytes.data() + sizeof(offset));
    std::uint64_t size = 0;
    // No more than the bytes behind the fixed part, wherever it lies.
    if (__builtin_mul_overflow(count, Stride(), &size) ||
        size > bytes.size() - plan_.size ||
        (size != 0 && offset > bytes.size() - size)) {
      return false;
    }
    void* const elements = Resize(object, count);
    if (size != 0) CopyShared(elements, bytes.data() + offset, size);
    return true;
  }

 private:
  const void* FieldOf(const void* object) const {
    return static_cast<const std::byte*>(object) + step_.to;
  }
  std::uint64_t CountIn(const void* field) const {
    if (step_.op == Op::kVector) return step_.shape->length(field);
    if (step_.op == Op::kString) return Cast<std::string>(field).size();
    return Cast<std::vector<std::byte>>(field).size();
  }
  const void* DataIn(const void* field) const {
    if (step_.op == Op::kVector) return step_.shape->data(field);
    if (step_.op == Op::kString) return Cast<std::string>(field).data();
    return Cast<std::vector<std::byte>>(field).data();
  }
  void* Resize(void* object, std::uint64_t count) const {
    void* const field = static_cast<std::byte*>(object) + step_.to;
    if (step_.op == Op::kVector) return step_.shape->resize(field, count);
    if (step_.op == Op::kString) {
      auto& text = *static_cast<std::string*>(field);
      text.resize(count);
      return text.data();
    }
    auto& bytes = *static_cast<std::vector<std::byte>*>(field);
    bytes.resize(count);
    return bytes.data();
  }
  std::uint64_t Stride() const {
    return step_.op == Op::kVector ? step_.stride : 1;
  }
  std::uint64_t SizeOf(std::uint64_t count) const {
    return count == 0 ? plan_.size : plan_.tail_start + count * Stride();
  }
  template <class T>
  static const T& Cast(const void* field) {
    return *static_cast<const T*>(field);
  }

  const Plan& plan_;
  const Step& step_;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_SEQUENCE_H_
