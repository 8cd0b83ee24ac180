// Looking at a heap as a whole: Allocator::Stats and ForEachBlock.
#include <doctest/doctest.h>

#include <vector>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

TEST_CASE("the parts are the whole") {
  const WornHeap heap;
  const HeapStats stats = heap.allocator.Stats().value();
  CHECK(stats.total_bytes == WornHeap::kSize - format::kHeapControlSize);
  CHECK(stats.used_bytes + stats.free_bytes + stats.overhead_bytes ==
        stats.total_bytes);
  CHECK(stats.used_blocks == heap.used.size());
  CHECK(stats.free_blocks == heap.freed.size() + 1);
}

TEST_CASE("the largest free block is the largest there is") {
  WornHeap heap;
  std::uint64_t largest = 0;
  REQUIRE(heap.allocator.ForEachBlock([&](const Allocator::Block& block) {
    if (block.kind == Kind::kFree) largest = std::max(largest, block.size);
    return true;
  }));
  CHECK(heap.allocator.Stats()->largest_free_bytes == largest);
  while (heap.Allocate(0)) {
  }
  CHECK(heap.allocator.Stats()->largest_free_bytes == 0);
  CHECK(heap.allocator.Stats()->free_bytes == 0);
}

TEST_CASE("the break is where the last block in use ends") {
  WornHeap heap;
  const std::uint64_t last = heap.used.back();
  const std::uint64_t end =
      last + heap.allocator.BlockSize(last, Kind::kUser).value();
  CHECK(heap.allocator.Stats()->break_offset == end);
  REQUIRE(heap.Free(last));
  CHECK(heap.allocator.Stats()->break_offset < end);
  while (heap.Allocate(0)) {
  }
  CHECK(heap.allocator.Stats()->break_offset == WornHeap::kSize - 16);
}

TEST_CASE("blocks can be visited, in the order of their addresses") {
  TestHeap heap(1 << 20);
  const std::uint64_t a = heap.Allocate(100).value();
  const std::uint64_t b = heap.Allocate(200).value();
  REQUIRE(heap.Free(a));
  std::vector<Allocator::Block> blocks;
  REQUIRE(heap.allocator.ForEachBlock([&](const Allocator::Block& block) {
    blocks.push_back(block);
    return true;
  }));
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].offset == a);
  CHECK(blocks[0].kind == Kind::kFree);
  CHECK(blocks[0].owner == 0);
  CHECK(blocks[1].offset == b);
  CHECK(blocks[1].size == 208);
  CHECK(blocks[1].kind == Kind::kUser);
  CHECK(blocks[1].owner == 7);
  CHECK(blocks[2].offset == b + 208 + 16);
  CHECK(blocks[2].offset + blocks[2].size + 16 == 1 << 20);
}

TEST_CASE("a visit ends when the visitor has enough") {
  const WornHeap heap;
  int visits = 0;
  CHECK(heap.allocator.ForEachBlock(
      [&](const Allocator::Block&) { return ++visits < 3; }));
  CHECK(visits == 3);
}

TEST_CASE("a visit ends at a damaged header, and says so") {
  WornHeap heap;
  std::vector<std::uint64_t> headers = HeadersOf(heap);
  headers.pop_back();  // All but the end mark
  WithEachFlip(heap, headers, [&](std::uint64_t at, int bit) {
    CAPTURE(at);
    CAPTURE(bit);
    bool is_in_front = true;
    const Status visited =
        heap.allocator.ForEachBlock([&](const Allocator::Block& block) {
          is_in_front = is_in_front && block.offset - 16 < at;
          return true;
        });
    CHECK(is_in_front);
    CHECK(!visited);
    if (!visited) CHECK(visited.error().code() == Code::kCorrupt);
  });
}

TEST_CASE("with any bit flipped statistics end, as numbers or as Corrupt") {
  WornHeap heap;
  std::vector<std::uint64_t> words = ListWordsOf(heap);
  for (const std::uint64_t word : LinksOf(heap)) words.push_back(word);
  for (const std::uint64_t word : HeadersOf(heap)) words.push_back(word);
  for (std::uint64_t word = 0; word < 64; word += 8) words.push_back(word);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    const auto stats = heap.allocator.Stats();
    if (!stats) {
      CHECK(stats.error().code() == Code::kCorrupt);
      return;
    }
    CHECK(stats->largest_free_bytes <= WornHeap::kSize);
    CHECK(stats->break_offset <= WornHeap::kSize);
    CHECK(stats->free_bytes <= stats->total_bytes);
  });
}

TEST_CASE("statistics end where a list is a circle") {
  WornHeap heap;
  // The rest of the heap is the largest.
  const std::uint64_t at =
      HeadersOf(heap)[heap.used.size() + heap.freed.size()];
  const std::uint64_t largest = heap.allocator.Stats()->largest_free_bytes;
  heap.Word(at + Blocks::kNextLink) = at;
  CHECK(heap.allocator.Stats()->largest_free_bytes == largest);
}

}  // namespace
}  // namespace mapfile::heap
