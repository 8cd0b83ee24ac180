#include "lib/heap/search.h"

#include <doctest/doctest.h>

#include <vector>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

using format::kMinBlockSize;

// A heap whose free blocks have just these sizes, header included; the first
// one of a list is the last one here.
struct SizedHeap : TestHeap {
  explicit SizedHeap(const std::vector<std::uint64_t>& sizes)
      : TestHeap(64 << 10) {
    std::vector<std::uint64_t> blocks;
    for (const std::uint64_t size : sizes) {
      blocks.push_back(Allocate(size - 16).value());
      Allocate(0).value();
    }
    for (std::uint64_t size = 32 << 10; size >= 16; size /= 2) {
      while (Allocate(size)) {
      }
    }
    for (const std::uint64_t block : blocks) REQUIRE(Free(block));
    REQUIRE(allocator.Stats()->free_blocks == sizes.size());
  }

  // The size of the block that is found; 0: none.
  std::uint64_t Find(std::uint64_t size, std::uint64_t align = 16) {
    Blocks blocks(region, 0);
    REQUIRE(!blocks.Refresh());
    Found found;
    REQUIRE(!Search(blocks, {size, align}, found));
    return found.block.at == 0 ? 0 : found.block.size();
  }
};

TEST_CASE("a block of just that size, else of the next one there is") {
  SizedHeap heap({2048, 112, 4096, 128, 176});
  CHECK(heap.Find(112) == 112);
  CHECK(heap.Find(128) == 128);
  CHECK(heap.Find(144) == 176);
  CHECK(heap.Find(192) == 2048);
  CHECK(heap.Find(2048) == 2048);
  CHECK(heap.Find(2064) == 4096);
  CHECK(heap.Find(4096) == 4096);
  CHECK(heap.Find(4112) == 0);
  CHECK(heap.Find(std::uint64_t{1} << 46) == 0);
}

TEST_CASE("before it gives up it looks behind the first few of a list") {
  SizedHeap heap({1136, 1024, 1024, 1024, 1024, 1024, 1024});
  CHECK(heap.Find(1136) == 1136);
  CHECK(heap.Find(1152) == 0);
}

TEST_CASE("an aligned block leaves nothing in front, or a whole block") {
  SizedHeap heap({112, 1008, 9216, 20000});
  for (const std::uint64_t align : {16, 32, 64, 256, 1024, 4096}) {
    for (std::uint64_t size = 48; size < 20000; size += 16) {
      CAPTURE(align);
      CAPTURE(size);
      Blocks blocks(heap.region, 0);
      REQUIRE(!blocks.Refresh());
      Found found;
      REQUIRE(!Search(blocks, {size, align}, found));
      if (found.block.at == 0) {
        CHECK(Wanted{size, align}.Worst() > 20000);
        continue;
      }
      CHECK((found.start + 16) % align == 0);
      CHECK(found.start + size <= found.block.next());
      const std::uint64_t front = found.start - found.block.at;
      CHECK((front == 0 || front >= kMinBlockSize));
    }
  }
}

TEST_CASE("a list that leads astray is a fault") {
  WornHeap heap;
  const auto search = [&](std::uint64_t size) {
    Blocks blocks(heap.region, 0);
    REQUIRE(!blocks.Refresh());
    Found found;
    return static_cast<bool>(Search(blocks, {size, 16}, found));
  };
  const std::uint32_t list = format::ListOf(64);  // 40 bytes were freed
  REQUIRE(heap.control().list_offset[list] != 0);
  for (const std::uint64_t place : {heap.used[2] - 16, std::uint64_t{8},
                                    WornHeap::kSize + 16, ~std::uint64_t{15}}) {
    heap.control().list_offset[list] = place;
    CHECK(search(64));
  }
  // Its bit says that it isn't empty: everything there is large enough.
  heap.control().list_offset[list] = 0;
  CHECK(search(64));
  // Of another size than the list's.
  heap.control().list_offset[format::ListOf(2048)] = heap.freed[5] - 16;
  heap.control().bitmap[1] |= std::uint64_t{1} << (format::ListOf(2048) - 64);
  CHECK(search(2048));
}

TEST_CASE("with any bit of its lists flipped a search ends, in room or fault") {
  WornHeap heap;
  std::vector<std::uint64_t> words = ListWordsOf(heap);
  for (const std::uint64_t link : LinksOf(heap)) words.push_back(link);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    for (const std::uint64_t size : {48, 64, 112, 1008, 1024, 3008, 20000}) {
      for (const std::uint64_t align : {16, 64, 4096}) {
        Blocks blocks(heap.region, 0);
        REQUIRE(!blocks.Refresh());
        Found found;
        if (Search(blocks, {size, align}, found)) continue;
        if (found.block.at == 0) continue;
        CHECK(found.block.is_free());
        CHECK(found.start >= found.block.at);
        CHECK(found.start + size <= found.block.next());
      }
    }
  });
}

TEST_CASE("a list that is a circle ends") {
  WornHeap heap;
  const std::uint64_t at = heap.freed[5] - 16;  // Of 64 bytes
  heap.Word(at + Blocks::kNextLink) = at;
  heap.control().bitmap[1] = 0;
  Blocks blocks(heap.region, 0);
  REQUIRE(!blocks.Refresh());
  Found found;
  CHECK(!Search(blocks, {20000, 4096}, found));
  (void)Search(blocks, {64, 4096}, found);
}

}  // namespace
}  // namespace mapfile::heap
