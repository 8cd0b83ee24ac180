#include "lib/heap/blocks.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

using format::BlockHeader;
using format::HeapControl;
using format::SizeWord;

Blocks ViewOf(const TestHeap& heap) {
  Blocks blocks(heap.region, 0);
  REQUIRE(!blocks.Refresh());
  return blocks;
}

TEST_CASE("what was allocated and freed is read as that") {
  WornHeap heap;
  const Blocks blocks = ViewOf(heap);
  BlockView block;
  for (const std::uint64_t offset : heap.used) {
    const std::uint64_t at = offset - sizeof(BlockHeader);
    CHECK(!blocks.Read(at, block));
    CHECK(!blocks.ReadUsed(at, block));
    CHECK(block.at == at);
    CHECK(block.kind() == static_cast<std::uint8_t>(Kind::kUser));
    CHECK(blocks.ReadFree(at, block));
  }
  for (const std::uint64_t offset : heap.freed) {
    const std::uint64_t at = offset - sizeof(BlockHeader);
    CHECK(!blocks.ReadFree(at, block));
    CHECK(blocks.ReadUsed(at, block));
    BlockView behind;
    BlockView previous;
    CHECK(!blocks.Read(block.next(), behind));
    CHECK(behind.previous_is_free());
    CHECK(!blocks.ReadPrevious(behind, previous));
    CHECK(previous.at == at);
  }
  CHECK(!blocks.Read(blocks.end_mark(), block));
  CHECK(blocks.ReadUsed(blocks.end_mark(), block));
}

TEST_CASE("no place outside of the heap is read") {
  WornHeap heap;
  const Blocks blocks = ViewOf(heap);
  for (const std::uint64_t at :
       {std::uint64_t{0}, std::uint64_t{16}, blocks.first() - 16,
        blocks.first() + 8, blocks.end(), blocks.end() + 16,
        std::uint64_t{1} << 47, ~std::uint64_t{0}, ~std::uint64_t{15}}) {
    CAPTURE(at);
    BlockView block;
    CHECK(blocks.Read(at, block));
    CHECK(blocks.ReadFree(at, block));
    CHECK(blocks.ReadUsed(at, block));
  }
}

TEST_CASE("each flipped bit of each header is noticed") {
  WornHeap heap;
  const std::vector<std::uint64_t> headers = HeadersOf(heap);
  REQUIRE(headers.size() > heap.used.size() + heap.freed.size());
  const Blocks blocks = ViewOf(heap);
  WithEachFlip(heap, headers, [&](std::uint64_t at, int bit) {
    CAPTURE(at);
    CAPTURE(bit);
    BlockView block;
    CHECK(blocks.Read(at, block));
  });
  std::vector<std::uint64_t> owners;
  for (const std::uint64_t offset : heap.used) owners.push_back(offset - 8);
  WithEachFlip(heap, owners, [&](std::uint64_t owner, int bit) {
    CAPTURE(owner);
    CAPTURE(bit);
    BlockView block;
    CHECK(blocks.ReadUsed(owner - 8, block));
  });
}

TEST_CASE("a header that was moved elsewhere is noticed") {
  WornHeap heap;
  const Blocks blocks = ViewOf(heap);
  const std::uint64_t a = heap.used[1] - sizeof(BlockHeader);
  const std::uint64_t b = heap.used[2] - sizeof(BlockHeader);
  std::memcpy(heap.region.base() + b, heap.region.base() + a,
              sizeof(BlockHeader));
  BlockView block;
  CHECK(blocks.Read(b, block));
}

// Sealed, so that only the size itself is wrong.
TEST_CASE("a size that leads outside is noticed") {
  WornHeap heap;
  const Blocks blocks = ViewOf(heap);
  const std::uint64_t at = heap.used[0] - sizeof(BlockHeader);
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{16}, std::uint64_t{32},
        WornHeap::kSize - at, SizeWord::kSizeMask}) {
    CAPTURE(size);
    heap.Word(at) = SizeWord::Make(at, size, 0, 1);
    BlockView block;
    CHECK(blocks.Read(at, block));
  }
  const std::uint64_t mark = blocks.end_mark();
  heap.Word(mark) = SizeWord::Make(mark, 16, SizeWord::kFree, 255);
  BlockView block;
  CHECK(blocks.Read(mark, block));
}

TEST_CASE("a flipped size at a free block's end is noticed") {
  WornHeap heap;
  const Blocks blocks = ViewOf(heap);
  std::vector<std::uint64_t> sizes;
  for (const std::uint64_t offset : heap.freed) {
    BlockView block;
    REQUIRE(!blocks.ReadFree(offset - sizeof(BlockHeader), block));
    sizes.push_back(block.next() - 8);
  }
  WithEachFlip(heap, sizes, [&](std::uint64_t at, int bit) {
    CAPTURE(at);
    CAPTURE(bit);
    BlockView behind;
    BlockView previous;
    REQUIRE(!blocks.Read(at + 8, behind));
    CHECK(blocks.ReadPrevious(behind, previous));
  });
  BlockView first;
  BlockView previous;
  REQUIRE(!blocks.Read(blocks.first(), first));
  CHECK(blocks.ReadPrevious(first, previous));
}

TEST_CASE("flipped bounds are noticed, or lead to no block") {
  WornHeap heap;
  WithEachFlip(
      heap,
      {offsetof(HeapControl, first_offset), offsetof(HeapControl, end_offset)},
      [&](std::uint64_t word, int bit) {
        CAPTURE(word);
        CAPTURE(bit);
        Blocks blocks(heap.region, 0);
        BlockView first;
        BlockView mark;
        CHECK((blocks.Refresh() || blocks.Read(blocks.first(), first) ||
               blocks.Read(blocks.end_mark(), mark)));
      });
}

TEST_CASE("a control block outside of the region is noticed") {
  WornHeap heap;
  for (const std::uint64_t offset : {WornHeap::kSize, WornHeap::kSize - 4096,
                                     std::uint64_t{4}, ~std::uint64_t{7}}) {
    CAPTURE(offset);
    Blocks blocks(heap.region, offset);
    CHECK(blocks.Refresh());
  }
}

// A region that another process has made longer.
class LateRegion : public Region {
 public:
  explicit LateRegion(std::span<std::byte> bytes)
      : Region(bytes.first(bytes.size() / 2)), full_size_(bytes.size()) {}
  void Refresh() const override {
    const_cast<LateRegion*>(this)->SetSize(full_size_);
  }

 private:
  const std::uint64_t full_size_;
};

TEST_CASE("a heap that another process made longer is no damage") {
  const Memory memory(64 << 10);
  Region whole(memory.bytes());
  REQUIRE(Allocator::Format(whole, 0, format::kHeapControlSize));
  LateRegion late(memory.bytes());
  Blocks blocks(late, 0);
  CHECK(!blocks.Refresh());
  CHECK(blocks.end() == 64 << 10);
  BlockView mark;
  CHECK(!blocks.Read(blocks.end_mark(), mark));
  CHECK(Allocator(late, 0).Stats());
}

TEST_CASE("a fault says what is wrong and where") {
  CHECK(!Fault{});
  CHECK(Fault{"is odd", 4096}.ToString() ==
        "the heap's block at offset 4112 is odd");
  CHECK(Fault{"is odd"}.ToString() == "the heap's control block is odd");
  const Status status = Fault{"is odd"}.ToError();
  CHECK(status.error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::heap
