#include "lib/base/copy.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "lib/base/atomic.h"

namespace mapfile {

#ifdef MAPFILE_TSAN

void CopyShared(void* to, const void* from, std::size_t size) {
  auto* out = static_cast<std::uint8_t*>(to);
  const auto* in = static_cast<const std::uint8_t*>(from);
  std::size_t i = 0;
  // Whole words, as memcpy does: some are counted in place.
  const auto places = reinterpret_cast<std::uintptr_t>(to) |
                      reinterpret_cast<std::uintptr_t>(from);
  if (places % sizeof(std::uint64_t) == 0) {
    for (; i + sizeof(std::uint64_t) <= size; i += sizeof(std::uint64_t)) {
      const auto& word = *reinterpret_cast<const std::uint64_t*>(in + i);
      StoreRelaxed(*reinterpret_cast<std::uint64_t*>(out + i),
                   LoadRelaxed(word));
    }
  }
  for (; i < size; ++i) StoreRelaxed(out[i], LoadRelaxed(in[i]));
}

bool EqualShared(const void* shared, const void* mine, std::size_t size) {
  std::vector<std::byte> copy(size);
  CopyShared(copy.data(), shared, size);
  return size == 0 || std::memcmp(copy.data(), mine, size) == 0;
}

#else

// Not inlined and fenced by compiler barriers: opaque to the optimizer.
[[gnu::noinline]] void CopyShared(void* to, const void* from,
                                  std::size_t size) {
  asm volatile("" : : "r"(to), "r"(from) : "memory");
  if (size != 0) std::memcpy(to, from, size);
  asm volatile("" : : "r"(to) : "memory");
}

[[gnu::noinline]] bool EqualShared(const void* shared, const void* mine,
                                   std::size_t size) {
  asm volatile("" : : "r"(shared), "r"(mine) : "memory");
  const bool equal = size == 0 || std::memcmp(shared, mine, size) == 0;
  asm volatile("" : : : "memory");
  return equal;
}

#endif

}  // namespace mapfile
