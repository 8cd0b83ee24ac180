#include "lib/heap/backend.h"

#include <doctest/doctest.h>

#include <memory>

#include "tests/heap/worn_heap.h"

namespace mapfile::heap {
namespace {

// Leaves a unit as a killed process does: words changed, entries there.
void LeaveUnfinished(WornHeap& heap) {
  const std::vector<std::byte> before = heap.Bytes();
  std::vector<std::byte> halfway;
  {
    Unit unit(heap.region, 0);
    REQUIRE(heap.allocator.Allocate(unit, 100, Kind::kUser));
    halfway = heap.Bytes();
  }
  REQUIRE(heap.Is(before));
  heap.Restore(halfway);
  REQUIRE(!heap.Is(before));
}

TEST_CASE("to lock a heap is to roll back what was left undone") {
  WornHeap heap;
  const std::vector<std::byte> before = heap.Bytes();
  LeaveUnfinished(heap);
  Backend backend(heap.region, 0);
  REQUIRE(backend.Lock());
  CHECK(heap.Is(before));
  CHECK(heap.control().journal_count == 0);
  backend.Unlock();
  REQUIRE(backend.Lock());
  CHECK(heap.Is(before));
  CHECK(backend.Usable());
}

TEST_CASE("a journal that can't be locks the heap up, and nothing changes") {
  WornHeap heap;
  LeaveUnfinished(heap);
  const std::vector<std::byte> halfway = heap.Bytes();
  const auto refuse = [&] {
    auto backend = std::make_shared<Backend>(heap.region, 0);
    CHECK(backend->Lock().error().code() == Code::kCorrupt);
    Heap calls(backend);
    CHECK(calls.Malloc(1).error().code() == Code::kCorrupt);
    CHECK(calls.Free({heap.used[0]}).error().code() == Code::kCorrupt);
    CHECK(calls.SetKey(1, 1).error().code() == Code::kCorrupt);
    CHECK(calls.Check().error().code() == Code::kCorrupt);
    CHECK(heap.Is(halfway));
    heap.Restore(halfway);
  };
  heap.control().journal_count = format::kJournalEntries + 1;
  refuse();
  // The last one of several: those in front of it aren't believed either.
  const std::uint64_t last = heap.control().journal_count - 1;
  for (const std::uint64_t place :
       {WornHeap::kSize, std::uint64_t{9}, ~std::uint64_t{7},
        offsetof(format::HeapControl, journal_count),
        offsetof(format::HeapControl, journal)}) {
    heap.control().journal[last].offset = place;
    refuse();
  }
}

TEST_CASE("calls of the heap go through the lock of its backend") {
  struct Counting : Backend {
    using Backend::Backend;
    Status Lock() override {
      if (is_busy) return Fail(Code::kBusy, "held");
      ++locks;
      return Backend::Lock();
    }
    void Unlock() override { ++unlocks; }
    Status Usable() const override {
      if (is_closed) return Fail(Code::kClosed, "closed");
      return {};
    }
    bool is_busy = false;
    bool is_closed = false;
    int locks = 0;
    int unlocks = 0;
  };
  WornHeap heap;
  auto backend = std::make_shared<Counting>(heap.region, 0);
  Heap calls(backend);
  const auto block = calls.Malloc(100).value();
  CHECK(calls.Realloc(block, 10));
  CHECK(!calls.Free({1}));
  CHECK(!calls.Malloc(1 << 30));
  CHECK(calls.SetKey(0, 1));
  CHECK(!calls.SetKey(99, 1));
  CHECK(calls.Check()->empty());
  CHECK(backend->locks == 7);
  CHECK(backend->unlocks == 7);
  backend->is_busy = true;
  CHECK(calls.Malloc(1).error().code() == Code::kBusy);
  CHECK(calls.Free({heap.used[0]}).error().code() == Code::kBusy);
  CHECK(calls.Check().error().code() == Code::kBusy);
  CHECK(backend->unlocks == 7);
  // What only reads needs no lock.
  CHECK(calls.GetKey(0).value() == 1);
  CHECK(!calls.Resolve({heap.used[0]}).empty());
  backend->is_closed = true;
  CHECK(calls.GetKey(0).error().code() == Code::kClosed);
  CHECK(calls.Stats().error().code() == Code::kClosed);
  CHECK(calls.Resolve({heap.used[0]}).empty());
}

}  // namespace
}  // namespace mapfile::heap
