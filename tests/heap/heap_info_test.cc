// A heap's keys, and what can be seen of it.
#include <doctest/doctest.h>

#include <vector>

#include "lib/heap/backend.h"
#include "mapfile/heap.h"
#include "tests/heap/worn_heap.h"

namespace mapfile {
namespace {

using heap::Memory;
using heap::WornHeap;

constexpr std::size_t kSize = 1 << 20;

Heap Attach(const Memory& memory) {
  return Heap::Attach(memory.bytes()).value();
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

TEST_CASE("nothing is seen of what isn't a block of the user's") {
  WornHeap worn;
  Heap heap(std::make_shared<heap::Backend>(worn.region, 0));
  CHECK(heap.Resolve({worn.used[1]}).data() ==
        worn.region.base() + worn.used[1]);
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{16}, worn.used[1] + 16, worn.freed[0],
        std::uint64_t{WornHeap::kSize}, ~std::uint64_t{0}}) {
    CAPTURE(offset);
    CHECK(heap.Resolve({offset}).empty());
  }
  heap::Unit unit(worn.region, 0);
  const std::uint64_t record =
      worn.allocator.Allocate(unit, 100, heap::Kind::kRecord).value();
  unit.Commit();
  CHECK(heap.Resolve({record}).empty());
  CHECK(heap.Free({record}).error().code() == Code::kInvalidArgument);
}

TEST_CASE("a check tells what is wrong, a statistic goes on or doesn't") {
  WornHeap worn;
  Heap heap(std::make_shared<heap::Backend>(worn.region, 0));
  CHECK(heap.Check()->empty());
  worn.control().used_blocks += 1;
  CHECK(heap.Check()->size() == 1);
  CHECK(heap.Stats());
  worn.control().end_offset = 0;
  CHECK(!heap.Check()->empty());
  CHECK(heap.Stats().error().code() == Code::kCorrupt);
  CHECK(heap.Resolve({worn.used[1]}).empty());
}

}  // namespace
}  // namespace mapfile
