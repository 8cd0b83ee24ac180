#include "lib/base/copy.h"

#include <cstdint>
#include <cstring>

#include "lib/base/atomic.h"

namespace mapfile {

#ifdef MAPFILE_TSAN

void CopyShared(void* to, const void* from, std::size_t size) {
  auto* out = static_cast<std::uint8_t*>(to);
  const auto* in = static_cast<const std::uint8_t*>(from);
  for (std::size_t i = 0; i < size; ++i) {
    StoreRelaxed(out[i], LoadRelaxed(in[i]));
  }
}

#else

// Not inlined and fenced by compiler barriers: opaque to the optimizer.
[[gnu::noinline]] void CopyShared(void* to, const void* from,
                                  std::size_t size) {
  asm volatile("" : : "r"(to), "r"(from) : "memory");
  if (size != 0) std::memcpy(to, from, size);
  asm volatile("" : : "r"(to) : "memory");
}

#endif

}  // namespace mapfile
