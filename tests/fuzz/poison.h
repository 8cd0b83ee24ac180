// Poison: bytes that nobody may touch, where the address sanitizer looks on.
#ifndef MAPFILE_TESTS_FUZZ_POISON_H_
#define MAPFILE_TESTS_FUZZ_POISON_H_

#include <cstddef>
#include <span>

#if defined(__SANITIZE_ADDRESS__)
#define MAPFILE_FUZZ_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MAPFILE_FUZZ_ASAN 1
#endif
#endif

#ifdef MAPFILE_FUZZ_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace mapfile::fuzz {

class Poison {
 public:
  explicit Poison(std::span<std::byte> bytes) : bytes_(bytes) {
#ifdef MAPFILE_FUZZ_ASAN
    ASAN_POISON_MEMORY_REGION(bytes_.data(), bytes_.size());
#endif
  }
  Poison(const Poison&) = delete;
  Poison& operator=(const Poison&) = delete;
  ~Poison() { Lift(); }

  void Lift() {
#ifdef MAPFILE_FUZZ_ASAN
    ASAN_UNPOISON_MEMORY_REGION(bytes_.data(), bytes_.size());
#endif
  }

 private:
  std::span<std::byte> bytes_;
};

}  // namespace mapfile::fuzz

#endif  // MAPFILE_TESTS_FUZZ_POISON_H_
