// FuzzInput: takes decisions and texts from the bytes that a fuzzer made.
#ifndef MAPFILE_TESTS_FUZZ_FUZZ_INPUT_H_
#define MAPFILE_TESTS_FUZZ_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

namespace mapfile::fuzz {

// Never fails: what is behind the end is 0, or empty.
class FuzzInput {
 public:
  FuzzInput(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  std::uint8_t TakeByte() { return TakeNumber<std::uint8_t>(); }

  template <class T>
  T TakeNumber() {
    T value{};
    const auto bytes = Take(sizeof(value));
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), bytes.size());
    return value;
  }

  std::span<const std::uint8_t> Take(std::size_t size) {
    const auto taken = rest_.first(size < rest_.size() ? size : rest_.size());
    rest_ = rest_.subspan(taken.size());
    return taken;
  }

  std::string_view TakeText(std::size_t size) { return Text(Take(size)); }
  // Up to the next `end`, which is dropped.
  std::string_view TakeTextUntil(char end) {
    const std::string_view all = Text(rest_);
    const std::string_view text = all.substr(0, all.find(end));
    Take(text.size() + 1);
    return text;
  }
  std::string_view Rest() { return TakeText(rest_.size()); }
  std::span<const std::byte> RestBytes() {
    return std::as_bytes(Take(rest_.size()));
  }
  bool empty() const { return rest_.empty(); }

 private:
  static std::string_view Text(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  std::span<const std::uint8_t> rest_;
};

// Ends the process, as a fuzzer expects where a promise was broken.
#define FUZZ_CHECK(condition)                                       \
  do {                                                              \
    if (condition) break;                                           \
    std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
                 #condition);                                       \
    std::abort();                                                   \
  } while (false)

}  // namespace mapfile::fuzz

#endif  // MAPFILE_TESTS_FUZZ_FUZZ_INPUT_H_
