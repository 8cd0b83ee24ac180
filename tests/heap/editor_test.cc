#include "lib/heap/editor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

// How many words the unit under way has changed.
std::uint32_t WordsOf(const TestHeap& heap) {
  return static_cast<std::uint32_t>(
      heap.region.At<format::HeapControl>(0)->journal_count);
}

void RequireWhole(const TestHeap& heap) {
  for (const std::string& fault : heap.allocator.Check()) FAIL(fault);
}

TEST_CASE("any block of a list can be taken out and put back") {
  for (int i = 0; i < 3; ++i) {
    CAPTURE(i);
    TestHeap heap(64 << 10);
    std::vector<std::uint64_t> blocks;
    for (int n = 0; n < 7; ++n) blocks.push_back(heap.Allocate(100).value());
    for (const int n : {1, 3, 5}) REQUIRE(heap.Free(blocks[n]));
    const std::uint64_t at = blocks[1 + 2 * i] - 16;
    {
      Unit unit(heap.region, 0);
      REQUIRE(unit.Reserve(Editor::kMaxWords));
      Blocks view(heap.region, 0);
      REQUIRE(!view.Refresh());
      Editor editor(view, unit);
      BlockView block;
      REQUIRE(!view.ReadFree(at, block));
      CHECK(!editor.Unlink(block));
      CHECK(!heap.allocator.Check().empty());
      CHECK(!editor.PutFree(at, block.size()));
      unit.Commit();
    }
    RequireWhole(heap);
    CHECK(heap.control_list(128) == at);
  }
}

TEST_CASE("what is left of a block stays free, unless too small for one") {
  for (std::uint64_t front = 0; front <= 160; front += 16) {
    for (std::uint64_t back = 0; back <= 160; back += 16) {
      if (front != 0 && front < format::kMinBlockSize) continue;
      CAPTURE(front);
      CAPTURE(back);
      TestHeap heap(64 << 10);
      const std::uint64_t offset =
          heap.Allocate(front + 112 + back - 16).value();
      REQUIRE(heap.Allocate(0));
      REQUIRE(heap.Free(offset));
      Unit unit(heap.region, 0);
      REQUIRE(unit.Reserve(Editor::kMaxWords));
      Blocks blocks(heap.region, 0);
      REQUIRE(!blocks.Refresh());
      BlockView block;
      REQUIRE(!blocks.ReadFree(offset - 16, block));
      REQUIRE(!Editor(blocks, unit).Take(block, block.at + front, 112, 1, 9));
      unit.Commit();
      RequireWhole(heap);
      const std::uint64_t rest = back < format::kMinBlockSize ? back : 0;
      CHECK(heap.allocator.BlockSize(offset + front, Kind::kUser).value() ==
            96 + rest);
      const HeapStats stats = heap.allocator.Stats().value();
      CHECK(stats.free_blocks == 1u + (front != 0) + (back - rest != 0));
    }
  }
}

TEST_CASE("no call needs more of the journal than it reserves") {
  TestHeap heap(64 << 10, 32 << 20);
  std::mt19937_64 random(5);
  std::vector<std::uint64_t> live;
  std::uint32_t most = 0;
  for (int i = 0; i < 5000; ++i) {
    Unit unit(heap.region, 0);
    if (live.size() < 50 || random() % 2 == 0) {
      // Aligned and not, in front of the end and behind it.
      const auto offset = heap.allocator.Allocate(
          unit, random() % (std::uint64_t{1} << (random() % 18)), Kind::kUser,
          0, std::uint64_t{16} << (random() % 9));
      if (!offset) break;
      live.push_back(*offset);
    } else {
      std::swap(live[random() % live.size()], live.back());
      REQUIRE(heap.allocator.Free(unit, live.back()));
      live.pop_back();
    }
    most = std::max(most, WordsOf(heap));
    unit.Commit();
  }
  RequireWhole(heap);
  CHECK(most <= Editor::kMaxWords);
  CHECK(most > 20);  // There was growth with a rest at both ends
}

TEST_CASE("a region that somebody left longer costs no more than that") {
  TestHeap heap(64 << 10, 32 << 20);
  while (heap.Allocate(1000, 64)) {
    if (heap.region.size() > 64 << 10) break;
  }
  for (int i = 0; i < 50; ++i) {
    REQUIRE(heap.region.Grow(heap.region.size() + 4096));
    Unit unit(heap.region, 0);
    REQUIRE(heap.allocator.Allocate(unit, 300 << 10, Kind::kUser, 0, 4096));
    CHECK(WordsOf(heap) <= Editor::kMaxWords);
    unit.Commit();
  }
  RequireWhole(heap);
}

// Every call either succeeds or says Corrupt and has changed nothing.
void TryAll(WornHeap& heap) {
  const std::vector<std::byte> damaged = heap.Bytes();
  const auto check = [&](const auto& result) {
    if (!result) {
      const Code code = result.error().code();
      CHECK((code == Code::kCorrupt || code == Code::kNoSpace));
      CHECK(heap.Is(damaged));
    }
    CHECK(heap.control().journal_count == 0);
    heap.Restore(damaged);
  };
  for (const std::uint64_t offset : heap.used) check(heap.Free(offset));
  for (const std::uint64_t size : {0, 48, 100, 990, 2500, 12000}) {
    check(heap.Allocate(size));
    check(heap.Allocate(size, 256));
  }
}

TEST_CASE("with any bit flipped, calls work or change nothing") {
  WornHeap heap;
  std::vector<std::uint64_t> words = HeadersOf(heap);
  for (const std::uint64_t offset : heap.used) words.push_back(offset - 8);
  for (const std::uint64_t link : LinksOf(heap)) words.push_back(link);
  for (const std::uint64_t word : ListWordsOf(heap)) words.push_back(word);
  WithEachFlip(heap, words, [&](std::uint64_t word, int bit) {
    CAPTURE(word);
    CAPTURE(bit);
    TryAll(heap);
  });
}

TEST_CASE("a block that its list doesn't know isn't taken out of it") {
  const auto corrupt = [](auto damage) {
    TestHeap heap(64 << 10);
    std::vector<std::uint64_t> blocks;
    for (int n = 0; n < 7; ++n) blocks.push_back(heap.Allocate(100).value());
    for (const int n : {1, 3, 5}) REQUIRE(heap.Free(blocks[n]));
    // The list: 5, 3, 1.
    damage(heap, blocks);
    return heap.Free(blocks[4]).error().code() == Code::kCorrupt;
  };
  const auto word = [](TestHeap & heap, std::uint64_t offset) -> auto& {
    return *heap.region.At<std::uint64_t>(offset);
  };
  CHECK(corrupt([&](TestHeap& heap, auto& blocks) {
    word(heap, blocks[3] + 8) = blocks[1] - 16;  // Not who leads to it
  }));
  CHECK(corrupt([&](TestHeap& heap, auto& blocks) {
    word(heap, blocks[3] + 8) = 0;  // Not the first
  }));
  CHECK(corrupt([&](TestHeap& heap, auto& blocks) {
    word(heap, blocks[3]) = blocks[5] - 16;  // Leads to who leads to it
  }));
  CHECK(corrupt([&](TestHeap& heap, auto& blocks) {
    word(heap, blocks[3]) = blocks[6] - 16;  // Leads to one in use
  }));
}

}  // namespace
}  // namespace mapfile::heap
