#include "mapfile/heap.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/heap/heap_memory.h"

namespace mapfile {
namespace {

using heap::Memory;

constexpr std::size_t kSize = 1 << 20;

Heap Attach(const Memory& memory) { return Heap::Attach(memory.bytes()).value(); }

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

TEST_CASE("mmalloc_setkey, mmalloc_getkey") {
  const Memory memory(kSize);
  {
    Heap heap = Attach(memory);
    REQUIRE(heap.SetKey(3, 77));
  }
  Heap heap = Attach(memory);
  CHECK(heap.GetKey(3).value() == 77);
  CHECK(heap.GetKey(0).value() == 0);
  CHECK(heap.SetKey(16, 1).error().code() == Code::kInvalidArgument);
  CHECK(heap.GetKey(-1).error().code() == Code::kInvalidArgument);
}

TEST_CASE("mmstats: the parts are the whole") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  const auto block = heap.Malloc(1000).value();
  REQUIRE(heap.Malloc(1000));
  REQUIRE(heap.Free(block));
  const HeapStats stats = heap.Stats().value();
  CHECK(stats.used_bytes + stats.free_bytes + stats.overhead_bytes ==
        stats.total_bytes);
  CHECK(stats.used_blocks == 1);
  CHECK(stats.free_blocks == 2);
  CHECK(stats.break_offset < kSize / 2);
}

TEST_CASE("mmtrace: calls are told after the fact") {
  const Memory memory(kSize);
  Heap heap = Attach(memory);
  std::vector<HeapEvent> events;
  heap.Trace([&](const HeapEvent& event) { events.push_back(event); });
  const auto block = heap.Malloc(100).value();
  const auto larger = heap.Realloc(block, 1000).value();
  REQUIRE(heap.Free(larger));
  CHECK(!heap.Malloc(kSize * 2));
  heap.Trace(nullptr);
  REQUIRE(heap.Malloc(1));
  REQUIRE(events.size() == 3);
  CHECK(events[0].call == HeapEvent::Call::kMalloc);
  CHECK(events[0].size_bytes == 100);
  CHECK(events[1].old_offset == block.bytes);
  CHECK(events[2].offset == larger.bytes);
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
