#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "lib/base/atomic.h"
#include "tests/heap/heap_memory.h"

namespace mapfile::heap {
namespace {

std::string Faults(const TestHeap& heap) {
  std::string text;
  for (const std::string& fault : heap.allocator.Check()) text += fault + "\n";
  return text;
}

struct Damaged : TestHeap {
  Damaged() : TestHeap(1 << 20) {
    for (std::uint64_t& offset : blocks) offset = Allocate(100).value();
    REQUIRE(Free(blocks[1]));
  }
  std::uint64_t& Word(std::uint64_t offset) {
    return *region.At<std::uint64_t>(offset);
  }
  format::HeapControl& control() { return *region.At<format::HeapControl>(0); }
  std::uint64_t blocks[4];
};

TEST_CASE("each kind of damage has its sentence") {
  const auto expect = [](Damaged& heap, const char* sentence) {
    CAPTURE(sentence);
    const std::string faults = Faults(heap);
    CAPTURE(faults);
    CHECK(faults.find(sentence) != std::string::npos);
  };
  Damaged a;
  REQUIRE(Faults(a) == "");
  a.Word(a.blocks[0] - 16) ^= 1 << 10;
  expect(a, "has a damaged header");
  Damaged b;
  b.Word(b.blocks[0] - 8) ^= 1;
  expect(b, "has a damaged header");
  Damaged c;
  c.control().used_bytes += 16;
  expect(c, "bytes in use");
  Damaged d;
  d.control().bitmap[0] = 0;
  expect(d, "bitmap is wrong");
  Damaged e;
  e.Word(e.blocks[1]) = e.blocks[2] - 16;  // The link of a free block
  expect(e, "in use");
  Damaged f;
  f.control().end_offset = 1 << 30;
  expect(f, "impossible bounds");
  Damaged g;
  g.control().magic[0] = 0;
  expect(g, "bad magic");
  Damaged h;
  h.control().journal_count = 1;
  expect(h, "unfinished change");
  Damaged i;
  i.Word(i.blocks[1] - 16 + 128 - 8) = 8;  // Its size, at its end
  expect(i, "another size at its end");
}

TEST_CASE("a list of what was free once does not pass for one of what is") {
  Damaged heap;
  const std::uint64_t stale = heap.blocks[2] + 16;  // In a block in use
  heap.Word(stale) =
      format::SizeWord::Make(stale, 48, format::SizeWord::kFree, 0);
  heap.Word(stale + 16) = heap.Word(stale + 24) = 0;  // Its links
  const std::uint32_t was = format::ListOf(128);
  const std::uint32_t is = format::ListOf(48);
  REQUIRE(heap.control().list_offset[was] == heap.blocks[1] - 16);
  heap.control().list_offset[was] = 0;
  heap.control().list_offset[is] = stale;
  heap.control().bitmap[0] ^= std::uint64_t{1} << was | std::uint64_t{1} << is;
  CHECK(Faults(heap) ==
        "the heap's lists hold other blocks than those that are free\n");
  CHECK(heap.allocator.Rebuild());
  CHECK(Faults(heap) == "");
}

TEST_CASE("a list that is a circle ends") {
  Damaged heap;
  heap.Word(heap.blocks[1]) = heap.blocks[1] - 16;
  CHECK(Faults(heap) != "");
}

TEST_CASE("random damage is survived by every call") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 3000; ++round) {
    TestHeap heap(128 << 10, 256 << 10);
    std::vector<std::uint64_t> blocks;
    for (int i = 0; i < 20; ++i) {
      blocks.push_back(heap.Allocate(random() % 2000).value());
    }
    for (int i = 0; i < 20; i += 2) REQUIRE(heap.Free(blocks[i]));
    const std::uint64_t reach = random() % 2 == 0 ? 4096 : 40 << 10;
    for (int flips = 0; flips < 40; ++flips) {
      heap.region.base()[random() % reach] ^= std::byte(1 << (random() % 8));
    }
    for (int i = 1; i < 20; i += 2) {
      (void)RollBack(heap.region, 0);
      (void)heap.Free(blocks[i]);
      (void)heap.Allocate(random() % 3000, 64);
    }
    (void)heap.allocator.Stats();
    (void)heap.allocator.Check();
    (void)heap.allocator.Rebuild();
    (void)heap.allocator.ForEachBlock([](const auto&) { return true; });
  }
}

}  // namespace
}  // namespace mapfile::heap
