// Boost.Interprocess's rbtree_best_fit, for the rows of heap.cc.
#ifndef MAPFILE_TESTS_BENCHMARK_BOOST_HEAP_H_
#define MAPFILE_TESTS_BENCHMARK_BOOST_HEAP_H_

#include <cstddef>
#include <memory>

namespace mapfile::benchmarks {

class BoostHeap {
 public:
  static constexpr const char* kName = "boost";
  using Block = void*;
  explicit BoostHeap(std::size_t region_bytes);
  ~BoostHeap();
  Block Allocate(std::size_t size);
  void Free(Block block);
  double UsedBytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_BOOST_HEAP_H_
