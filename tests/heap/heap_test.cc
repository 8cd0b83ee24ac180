#include "mapfile/heap.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/heap/heap_memory.h"

namespace mapfile {
namespace {

using heap::Memory;

constexpr std::size_t kSize = 1 << 20;

Heap Attach(const Memory& memory) {
  return Heap::Attach(memory.bytes()).value();
}

TEST_CASE("mmalloc_attach: zeroes become a heap, anything else is refused") {
  const Memory memory(kSize);
  CHECK(Heap::Attach(memory.bytes()));
  CHECK(Heap::Attach(memory.bytes().first(8192)).error().code() ==
        Code::kInvalidArgument);
  CHECK(Heap::Attach(memory.bytes().subspan(64)).error().code() ==
        Code::kInvalidArgument);
  const Memory junk(kSize);
  std::memset(junk.bytes().data(), 'x', 100);
  CHECK(Heap::Attach(junk.bytes()).error().code() == Code::kCorrupt);
}

TEST_CASE("mmalloc_detach: the bytes stay, the object is useless") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto block = heap.Malloc(100).value();
  REQUIRE(heap.Detach());
  CHECK(heap.Malloc(1).error().code() == Code::kClosed);
  CHECK(heap.Detach().error().code() == Code::kClosed);
  CHECK(heap.Resolve(block).empty());
  Heap again = Attach(memory);
  CHECK(again.Stats()->used_blocks == 1);
  CHECK(again.Free(block));
}

TEST_CASE("mmalloc, mcalloc, mfree") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto block = heap.Malloc(100).value();
  CHECK(block.bytes % 16 == 0);
  CHECK(heap.Resolve(block).size() >= 100);
  std::memset(heap.Resolve(block).data(), 0xff, 100);
  REQUIRE(heap.Free(block));
  const auto zeroed = heap.Calloc(10, 10).value();
  for (const std::byte byte : heap.Resolve(zeroed).first(100)) {
    CHECK(byte == std::byte{0});
  }
  CHECK(heap.Calloc(std::uint64_t{1} << 40, std::uint64_t{1} << 40)
            .error()
            .code() == Code::kInvalidArgument);
  CHECK(heap.Malloc(0).value());
  CHECK(heap.Free({}));
  CHECK(heap.Free({12345}).error().code() == Code::kInvalidArgument);
  CHECK(heap.Malloc(kSize * 2).error().code() == Code::kNoSpace);
  CHECK(heap.Check()->empty());
}

TEST_CASE("mrealloc: bytes move along, a failure leaves them") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  auto block = heap.Realloc({}, 100).value();
  std::memset(heap.Resolve(block).data(), 'a', 100);
  REQUIRE(heap.Malloc(100));
  for (const std::uint64_t size : {1000, 5000, 200, 100}) {
    block = heap.Realloc(block, size).value();
    for (const std::byte byte : heap.Resolve(block).first(100)) {
      REQUIRE(byte == std::byte{'a'});
    }
  }
  CHECK(heap.Realloc(block, kSize * 2).error().code() == Code::kNoSpace);
  CHECK(heap.Resolve(block)[99] == std::byte{'a'});
  CHECK(heap.Stats()->used_blocks == 2);
  CHECK(heap.Realloc({64}, 10).error().code() == Code::kInvalidArgument);
}

TEST_CASE("mmemalign, mvalloc") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  CHECK(heap.Memalign(1024, 10)->bytes % 1024 == 0);
  CHECK(heap.Valloc(10)->bytes % 4096 == 0);
  CHECK(heap.Memalign(3, 10).error().code() == Code::kInvalidArgument);
  CHECK(heap.Memalign(8192, 10).error().code() == Code::kInvalidArgument);
}

TEST_CASE("a block and the word that leads to it come and go together") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto owner = heap.Calloc(1, 64).value();
  const Offset<std::uint64_t> field{owner.bytes + 8};
  const auto block = heap.MallocInto(field, 100).value();
  std::uint64_t word = 0;
  std::memcpy(&word, heap.Resolve(owner).data() + 8, 8);
  CHECK(word == block.bytes);
  REQUIRE(heap.FreeFrom(field));
  std::memcpy(&word, heap.Resolve(owner).data() + 8, 8);
  CHECK(word == 0);
  CHECK(heap.FreeFrom(field));
  CHECK(heap.MallocInto({kSize * 2}, 1).error().code() ==
        Code::kInvalidArgument);
  CHECK(heap.Stats()->used_blocks == 1);
}

TEST_CASE("a block gets smaller in a full heap too") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto block = heap.Malloc(100000).value();
  std::memset(heap.Resolve(block).data(), 'a', 1000);
  for (std::uint64_t size = kSize; size >= 16; size /= 2) {
    while (heap.Malloc(size)) {
    }
  }
  CHECK(heap.Realloc(block, 100).value() == block);
  CHECK(heap.Resolve(block)[99] == std::byte{'a'});
  CHECK(heap.Realloc(block, 100001).error().code() == Code::kNoSpace);
  CHECK(heap.Check()->empty());
}

TEST_CASE("the heap's own words are no place for a block's offset") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  for (const std::uint64_t field : {0, 24, 128, 4088, 8184}) {
    CHECK(heap.MallocInto({field}, 10).error().code() ==
          Code::kInvalidArgument);
    CHECK(heap.FreeFrom({field}).error().code() == Code::kInvalidArgument);
  }
  CHECK(heap.Check()->empty());
}

TEST_CASE("the same heap at another address") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto block = heap.Malloc(100).value();
  std::memset(heap.Resolve(block).data(), 'a', 100);
  const Memory elsewhere(kSize);
  std::memcpy(elsewhere.bytes().data(), memory.bytes().data(), kSize);
  Heap copy = Attach(elsewhere);
  CHECK(copy.Resolve(block)[99] == std::byte{'a'});
  CHECK(copy.Free(block));
  CHECK(copy.Check()->empty());
}

}  // namespace
}  // namespace mapfile
