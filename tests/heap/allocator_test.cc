#include "lib/heap/allocator.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <vector>

#include "tests/heap/heap_memory.h"

namespace mapfile::heap {
namespace {

void RequireWhole(const TestHeap& heap) {
  for (const std::string& fault : heap.allocator.Check()) FAIL(fault);
}

TEST_CASE("a new heap is one free block") {
  TestHeap heap(1 << 20);
  REQUIRE(heap.formatted);
  RequireWhole(heap);
  const HeapStats stats = heap.allocator.Stats().value();
  CHECK(stats.used_blocks == 0);
  CHECK(stats.free_blocks == 1);
  CHECK(stats.used_bytes + stats.free_bytes + stats.overhead_bytes ==
        stats.total_bytes);
  CHECK(stats.largest_free_bytes == stats.free_bytes);
  CHECK(stats.break_offset == format::kHeapControlSize);
}

TEST_CASE("blocks have the size and the alignment asked for") {
  TestHeap heap(4 << 20);
  for (const std::uint64_t align : {16, 32, 64, 128, 1024, 4096}) {
    for (const std::uint64_t size : {0, 1, 24, 100, 4096, 100000}) {
      CAPTURE(align);
      CAPTURE(size);
      const auto offset = heap.Allocate(size, align);
      REQUIRE(offset);
      CHECK(*offset % align == 0);
      CHECK(heap.allocator.BlockSize(*offset, Kind::kUser).value() >= size);
      CHECK(!heap.allocator.BlockSize(*offset, Kind::kValue));
      RequireWhole(heap);
    }
  }
}

TEST_CASE("what is freed is used again") {
  TestHeap heap(1 << 20);
  const std::uint64_t first = heap.Allocate(8192, 64).value();
  heap.Allocate(100).value();
  for (int i = 0; i < 100; ++i) {
    REQUIRE(heap.Free(first));
    CHECK(heap.Allocate(8192, 64).value() == first);
  }
  RequireWhole(heap);
}

TEST_CASE("free neighbours become one block") {
  TestHeap heap(1 << 20);
  std::vector<std::uint64_t> offsets;
  for (int i = 0; i < 9; ++i) offsets.push_back(heap.Allocate(1000).value());
  for (const int i : {1, 3, 2, 7, 5, 6, 0, 8, 4}) {
    REQUIRE(heap.Free(offsets[i]));
    RequireWhole(heap);
  }
  CHECK(heap.allocator.Stats()->free_blocks == 1);
  CHECK(heap.used() == 0);
}

TEST_CASE("a full heap says so and stays as it was") {
  TestHeap heap(64 << 10);
  std::vector<std::uint64_t> offsets;
  for (;;) {
    const auto offset = heap.Allocate(1000);
    if (!offset) {
      CHECK(offset.error().code() == Code::kNoSpace);
      break;
    }
    offsets.push_back(*offset);
  }
  CHECK(offsets.size() > 50);
  RequireWhole(heap);
  REQUIRE(heap.Free(offsets.back()));
  CHECK(heap.Allocate(1000).value() == offsets.back());
  CHECK(heap.Allocate(std::uint64_t{1} << 60).error().code() == Code::kNoSpace);
}

TEST_CASE("a heap grows with its region, in steps") {
  TestHeap heap(64 << 10, 64 << 20);
  REQUIRE(heap.Allocate(50 << 10));
  REQUIRE(heap.Allocate(50 << 10));
  CHECK(heap.region.size() == (64 << 10) + (64 << 10));
  REQUIRE(heap.Allocate(20 << 20));
  RequireWhole(heap);
  // Near the limit it takes no more than there is.
  REQUIRE(heap.Allocate(40 << 20));
  RequireWhole(heap);
  CHECK(!heap.Allocate(40 << 20));
  RequireWhole(heap);
}

TEST_CASE("bytes that a dropped unit grew by are not lost") {
  TestHeap heap(64 << 10, 1 << 20);
  {
    Unit unit(heap.region, 0);
    REQUIRE(heap.allocator.Allocate(unit, 200 << 10, Kind::kUser));
  }
  RequireWhole(heap);
  CHECK(heap.used() == 0);
  const std::uint64_t size = heap.region.size();
  REQUIRE(heap.Allocate(300 << 10));
  RequireWhole(heap);
  CHECK(heap.region.size() >= size);
  const HeapStats stats = heap.allocator.Stats().value();
  CHECK(stats.total_bytes + format::kHeapControlSize == heap.region.size());
}

TEST_CASE("what isn't a block in use can't be freed") {
  TestHeap heap(1 << 20);
  const std::uint64_t block = heap.Allocate(100).value();
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{8}, block + 16, block - 16,
        std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    CAPTURE(offset);
    CHECK(heap.Free(offset).error().code() == Code::kCorrupt);
  }
  REQUIRE(heap.Free(block));
  CHECK(heap.Free(block).error().code() == Code::kCorrupt);
  RequireWhole(heap);
}

TEST_CASE("random calls keep the heap whole and blocks apart") {
  TestHeap heap(64 << 10, 32 << 20);
  std::mt19937_64 random(1);
  std::map<std::uint64_t, std::uint64_t> live;  // Offset -> size
  for (int i = 0; i < 20000; ++i) {
    if (live.empty() || random() % 5 < 3) {
      const std::uint64_t size =
          random() % (std::uint64_t{1} << (random() % 15));
      const std::uint64_t align = std::uint64_t{16} << (random() % 4);
      const auto offset = heap.Allocate(size, align);
      REQUIRE(offset);
      std::memset(heap.region.base() + *offset, 0xff, size);
      const auto next = live.lower_bound(*offset);
      if (next != live.end()) CHECK(*offset + size <= next->first);
      if (next != live.begin()) {
        const auto previous = std::prev(next);
        CHECK(previous->first + previous->second <= *offset);
      }
      live.emplace(*offset, size);
    } else {
      auto victim = live.lower_bound(random() % heap.region.size());
      if (victim == live.end()) victim = live.begin();
      REQUIRE(heap.Free(victim->first));
      live.erase(victim);
    }
    if (i % 500 == 0) RequireWhole(heap);
  }
  for (const auto& [offset, size] : live) REQUIRE(heap.Free(offset));
  RequireWhole(heap);
  CHECK(heap.used() == 0);
  CHECK(heap.allocator.Stats()->free_blocks == 1);
}

TEST_CASE(
    "what a killed process grew the region by is used, at the limit too") {
  TestHeap heap(64 << 10, 256 << 10);
  REQUIRE(heap.region.Grow(256 << 10));  // Killed before it became a block
  const std::uint64_t offset = heap.Allocate(150 << 10).value();
  RequireWhole(heap);
  REQUIRE(heap.Free(offset));
  CHECK(heap.Allocate(200 << 10));
  CHECK(heap.allocator.Stats()->total_bytes + format::kHeapControlSize ==
        256 << 10);
  RequireWhole(heap);
}

TEST_CASE("recovery frees the block that bytes were moved to") {
  TestHeap heap(64 << 10);
  auto* control = heap.region.At<format::HeapControl>(0);
  const std::uint64_t kept = heap.Allocate(100).value();
  const std::uint64_t moving = heap.Allocate(200).value();
  control->moving_offset = moving;
  REQUIRE(heap.allocator.Recover());
  CHECK(control->moving_offset == 0);
  CHECK(!heap.allocator.BlockSize(moving, Kind::kUser));
  CHECK(heap.allocator.BlockSize(kept, Kind::kUser));
  RequireWhole(heap);
}

TEST_CASE("recovery frees nothing where no block of the user's is") {
  TestHeap heap(64 << 10);
  auto* control = heap.region.At<format::HeapControl>(0);
  const std::uint64_t kept = heap.Allocate(100).value();
  const std::uint64_t used = heap.used();
  for (const std::uint64_t nowhere :
       {kept + 16, std::uint64_t{8}, ~std::uint64_t{0}}) {
    CAPTURE(nowhere);
    control->moving_offset = nowhere;
    REQUIRE(heap.allocator.Recover());
    CHECK(control->moving_offset == 0);
    CHECK(heap.used() == used);
    RequireWhole(heap);
  }
}

}  // namespace
}  // namespace mapfile::heap
