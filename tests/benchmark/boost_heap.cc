#include "tests/benchmark/boost_heap.h"

#include <algorithm>

#if __has_include(<boost/interprocess/managed_external_buffer.hpp>)
#include <sys/mman.h>

#include <boost/interprocess/managed_external_buffer.hpp>

namespace mapfile::benchmarks {

struct BoostHeap::Impl {
  std::size_t region_bytes;
  void* region;
  boost::interprocess::managed_external_buffer buffer;
  // The end of the highest block: what a file would have to hold.
  std::size_t end_bytes = 0;
};

BoostHeap::BoostHeap(std::size_t region_bytes) {
  void* const region = mmap(nullptr, region_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  impl_.reset(new Impl{region_bytes,
                       region,
                       {boost::interprocess::create_only, region, region_bytes},
                       0});
}

BoostHeap::~BoostHeap() {
  void* const region = impl_->region;
  const std::size_t region_bytes = impl_->region_bytes;
  impl_.reset();
  munmap(region, region_bytes);
}

BoostHeap::Block BoostHeap::Allocate(std::size_t size) {
  void* const block = impl_->buffer.allocate(size);
  const std::size_t end = static_cast<std::size_t>(
      static_cast<std::byte*>(block) - static_cast<std::byte*>(impl_->region));
  impl_->end_bytes = std::max(impl_->end_bytes, end + size);
  return block;
}

void BoostHeap::Free(Block block) { impl_->buffer.deallocate(block); }

double BoostHeap::UsedBytes() const {
  return static_cast<double>(impl_->end_bytes);
}

}  // namespace mapfile::benchmarks

#else

namespace mapfile::benchmarks {

struct BoostHeap::Impl {};
BoostHeap::BoostHeap(std::size_t) {}
BoostHeap::~BoostHeap() = default;
BoostHeap::Block BoostHeap::Allocate(std::size_t) { return nullptr; }
void BoostHeap::Free(Block) {}
double BoostHeap::UsedBytes() const { return 0; }

}  // namespace mapfile::benchmarks

#endif
