// CopyShared and others: for bytes that another process may be changing.
#ifndef MAPFILE_LIB_BASE_COPY_H_
#define MAPFILE_LIB_BASE_COPY_H_

#include <cstddef>
#include <cstdint>

namespace mapfile {

// Copies `size` bytes of which either side may lie in a shared mapping and
// change meanwhile. The compiler can't look into it, so it can't read a byte
// twice or move the copy across the stamps around it; a torn result is the
// caller's to detect. Under the thread sanitizer it copies relaxed atomic
// words. The ranges must not overlap.
void CopyShared(void* to, const void* from, std::size_t size);

// Whether `size` bytes of a shared mapping are those of `mine`. If they change
// meanwhile the answer is any.
bool EqualShared(const void* shared, const void* mine, std::size_t size);

// The 8 bytes at any address of a shared mapping, loaded once.
inline std::uint64_t LoadShared(const void* from) {
#ifdef MAPFILE_TSAN
  std::uint64_t word = 0;
  CopyShared(&word, from, sizeof(word));
  return word;
#else
  struct [[gnu::packed, gnu::may_alias]] Word {
    std::uint64_t value;
  };
  const std::uint64_t word = static_cast<const volatile Word*>(from)->value;
  asm volatile("" : : : "memory");
  return word;
#endif
}

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_COPY_H_
