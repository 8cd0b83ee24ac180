// ValueBuilder: the bytes of a value that is put together without its class.
//
// A fixed part, then a tail in which each part follows when it is first met,
// depth first. Decoders rely on offsets alone, so that encoders may order
// their tails otherwise.
#ifndef MAPFILE_LIB_TEXT_VALUE_BUILDER_H_
#define MAPFILE_LIB_TEXT_VALUE_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::text {

class ValueBuilder {
 public:
  // Begins with the value's fixed part, zeros.
  explicit ValueBuilder(std::uint64_t fixed_size) : bytes_(fixed_size) {}

  std::uint64_t size() const { return bytes_.size(); }
  // Until the next call that appends.
  std::byte* data(std::uint64_t at) { return bytes_.data() + at; }

  template <class T>
  void Store(std::uint64_t at, T value) {
    std::memcpy(data(at), &value, sizeof(value));
  }

  // Appends zeros for an object, and returns where they begin.
  std::uint64_t Append(std::uint64_t size, std::uint64_t align);

  // Appends `count` elements of a vector, map or optional whose fixed part
  // is at `at`, and returns where they begin.
  std::uint64_t AppendElements(std::uint64_t at, const TypeNode& container,
                               std::uint64_t count);

  // Appends the characters of a string or bytes whose fixed part is at `at`.
  void AppendText(std::uint64_t at, std::string_view text);

  std::vector<std::byte> Take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

// For values that can't have pointers.
class NoTypes : public TypeTable {
 public:
  [[nodiscard]] Result<std::uint32_t> IdOf(const Type& type) override;
  [[nodiscard]] Result<std::shared_ptr<const Type>> TypeOf(
      std::uint32_t id) override;
};

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_VALUE_BUILDER_H_
