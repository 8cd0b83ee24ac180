// Values put together word by word, as a hostile writer would.
#ifndef MAPFILE_TESTS_TYPES_HOSTILE_BYTES_H_
#define MAPFILE_TESTS_TYPES_HOSTILE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/types/test_classes.h"

namespace mapfile::zoo {

class HostileBytes {
 public:
  HostileBytes(std::initializer_list<std::uint64_t> words) : words_(words) {}
  HostileBytes& Add(std::uint64_t first, std::uint64_t second) {
    words_.push_back(first);
    words_.push_back(second);
    return *this;
  }
  HostileBytes& Pad(std::size_t words) {
    words_.resize(words_.size() + words);
    return *this;
  }
  std::span<const std::byte> bytes() const {
    return std::as_bytes(std::span(words_));
  }

 private:
  std::vector<std::uint64_t> words_;
};

// What is said when such bytes are read as a T; empty where they can be.
template <class T>
std::string Refusal(std::span<const std::byte> bytes, TypeTable& types) {
  T value{};
  const Status status = Load(TypeOf<T>(), bytes, types, &value);
  return status ? "" : status.error().message();
}
template <class T>
std::string Refusal(const HostileBytes& bytes) {
  MemoryTypeTable types;
  return Refusal<T>(bytes.bytes(), types);
}

inline bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace mapfile::zoo

#endif  // MAPFILE_TESTS_TYPES_HOSTILE_BYTES_H_
