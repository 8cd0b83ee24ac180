// A heap in use, and damage to it.
#ifndef MAPFILE_TESTS_HEAP_WORN_HEAP_H_
#define MAPFILE_TESTS_HEAP_WORN_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "lib/format/heap_layout.h"
#include "lib/heap/blocks.h"
#include "tests/heap/heap_memory.h"

namespace mapfile::heap {

// Blocks in use with free ones of several sizes between them, in a region
// that can't grow.
struct WornHeap : TestHeap {
  static constexpr std::uint64_t kSize = 32 << 10;

  WornHeap() : TestHeap(kSize) {
    for (const std::uint64_t size :
         {0, 40, 100, 100, 500, 1000, 24, 1000, 64, 3000, 200, 40, 700}) {
      used.push_back(Allocate(size).value());
    }
    for (const int i : {11, 9, 7, 5, 3, 1}) {
      freed.push_back(used[i]);
      used.erase(used.begin() + i);
      (void)Free(freed.back());
    }
  }

  std::uint64_t& Word(std::uint64_t offset) {
    return *region.At<std::uint64_t>(offset);
  }
  format::HeapControl& control() { return *region.At<format::HeapControl>(0); }

  std::vector<std::byte> Bytes() const {
    return {region.base(), region.base() + kSize};
  }
  // All but the journal, whose entries mean nothing between two units.
  bool Is(const std::vector<std::byte>& bytes) const {
    constexpr std::size_t kJournal = offsetof(format::HeapControl, units);
    constexpr std::size_t kRest = sizeof(format::HeapControl);
    return std::memcmp(region.base(), bytes.data(), kJournal) == 0 &&
           std::memcmp(region.base() + kRest, bytes.data() + kRest,
                       kSize - kRest) == 0;
  }
  void Restore(const std::vector<std::byte>& bytes) {
    std::memcpy(region.base(), bytes.data(), kSize);
  }

  std::vector<std::uint64_t> used;   // Offsets of blocks
  std::vector<std::uint64_t> freed;  // And of those that were
};

// Where the headers of a whole heap are; the last one is the end mark.
inline std::vector<std::uint64_t> HeadersOf(const TestHeap& heap) {
  std::vector<std::uint64_t> headers;
  Blocks blocks(heap.region, 0);
  if (blocks.Refresh()) return headers;
  for (std::uint64_t at = blocks.first();;) {
    headers.push_back(at);
    BlockView block;
    if (at == blocks.end_mark() || blocks.Read(at, block)) return headers;
    at = block.next();
  }
}

// Calls `look` for the heap with each bit of each of these words flipped in
// turn.
template <class F>
void WithEachFlip(WornHeap& heap, const std::vector<std::uint64_t>& words,
                  F&& look) {
  const std::vector<std::byte> whole = heap.Bytes();
  for (const std::uint64_t offset : words) {
    for (int bit = 0; bit < 64; ++bit) {
      heap.Word(offset) ^= std::uint64_t{1} << bit;
      look(offset, bit);
      heap.Restore(whole);
    }
  }
}

// The words of free blocks that lists are made of.
inline std::vector<std::uint64_t> LinksOf(const TestHeap& heap) {
  std::vector<std::uint64_t> words;
  Blocks blocks(heap.region, 0);
  (void)blocks.Refresh();
  for (const std::uint64_t at : HeadersOf(heap)) {
    BlockView block;
    if (blocks.ReadFree(at, block)) continue;
    words.push_back(at + Blocks::kNextLink);
    words.push_back(at + Blocks::kPreviousLink);
    words.push_back(block.next() - 8);
  }
  return words;
}

// The words of the control block that lists are made of.
inline std::vector<std::uint64_t> ListWordsOf(WornHeap& heap) {
  std::vector<std::uint64_t> words;
  for (std::uint32_t i = 0; i < format::kBitmapWords; ++i) {
    words.push_back(offsetof(format::HeapControl, bitmap) + i * 8);
  }
  for (std::uint32_t i = 0; i < format::kFreeLists; ++i) {
    if (heap.control().list_offset[i] == 0) continue;
    words.push_back(offsetof(format::HeapControl, list_offset) + i * 8);
  }
  return words;
}

}  // namespace mapfile::heap

#endif  // MAPFILE_TESTS_HEAP_WORN_HEAP_H_
