#include "lib/os/page.h"

#include <sys/mman.h>

#include <cerrno>

#include "lib/os/error.h"
#include "lib/os/process.h"

namespace mapfile::os {

Result<std::unique_ptr<Page>> Page::Map(const File& file, std::uint64_t offset,
                                        bool guard_bus_errors) {
  void* const base = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED,
                          file.fd(), static_cast<off_t>(offset));
  if (base == MAP_FAILED) return SystemError("cannot be mapped", errno);
  madvise(base, kSize, MADV_DONTFORK);
  return std::make_unique<Page>(static_cast<std::byte*>(base),
                                guard_bus_errors);
}

Page::Page(std::byte* base, bool guard_bus_errors)
    : base_(base), fork_count_(ForkCount()) {
  WatchForks();
  if (guard_bus_errors) guard_.emplace(base, kSize, lost_);
}

Page::~Page() {
  guard_.reset();
  // In a child this address may be somebody else's by now.
  if (ForkCount() == fork_count_) munmap(base_, kSize);
}

}  // namespace mapfile::os
