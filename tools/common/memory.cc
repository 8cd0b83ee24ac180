#include "tools/common/memory.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MAPFILE_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MAPFILE_SANITIZER 1
#endif

#ifdef MAPFILE_SANITIZER
// They have a malloc and an operator new of their own.
void mapfile::tools::UseHugePages() {}
#else

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kLarge = kHugePage / 8;
constexpr std::size_t kHeapStep = 16 * kHugePage;

void* AllocateLarge(std::size_t size) {
  if (size > std::numeric_limits<std::ptrdiff_t>::max()) return nullptr;
  const std::size_t whole = (size + kHugePage - 1) / kHugePage * kHugePage;
  void* const memory = std::aligned_alloc(kHugePage, whole);
  if (memory != nullptr) ::madvise(memory, whole, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void mapfile::tools::UseHugePages() {
  // The heap grows by one large step, which is there to be advised on.
  mallopt(M_TOP_PAD, kHeapStep);
  mallopt(M_MMAP_THRESHOLD, 2 * kHugePage);
  void* const block = std::malloc(kHugePage);
  mallopt(M_MMAP_THRESHOLD, kLarge);
  if (block == nullptr) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(block) + kHugePage - 1) /
                     kHugePage * kHugePage;
  ::madvise(reinterpret_cast<void*>(begin), kHeapStep - kHugePage,
            MADV_HUGEPAGE);
  std::free(block);
}

// The others of the standard library end in these.
void* operator new(std::size_t size) {
  void* const memory =
      size < kLarge ? std::malloc(size == 0 ? 1 : size) : AllocateLarge(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif
