// Processes killed at each step of what is done to a file's heap.
#include <doctest/doctest.h>

#include "tests/file/kill_support.h"

namespace mapfile::testing {
namespace {

// Key 0: a block of 1000 bytes. Key 1: one with a field in its first word.
void TwoBlocks(MapFile& file) {
  Heap heap = file.heap();
  for (const int key : {0, 1}) {
    const auto block = heap.Calloc(1, 1000);
    REQUIRE(block);
    REQUIRE(heap.SetKey(key, block->bytes));
  }
}
void FilledField(MapFile& file) {
  TwoBlocks(file);
  const auto root = file.heap().GetKey(1);
  REQUIRE(file.heap().MallocInto({*root}, 300));
}

using Act = Status (*)(Heap& heap, Offset<void> block,
                       Offset<std::uint64_t> field);

Operation OnHeap(const char* name, Act act,
                 std::function<void(MapFile&)> prepare = TwoBlocks) {
  return Edit(name, std::move(prepare), [act](MapFile& file) -> Status {
    Heap heap = file.heap();
    const auto block = heap.GetKey(0);
    const auto field = heap.GetKey(1);
    if (!block) return Fail(block.error());
    if (!field) return Fail(field.error());
    return act(heap, {*block}, {*field});
  });
}

template <class R>
Status Drop(R&& result) {
  if (result) return {};
  return Fail(std::forward<R>(result).error());
}

TEST_CASE("killed while it allocates") {
  KillAtEveryStep(OnHeap(
      "Malloc", [](Heap& heap, auto, auto) { return Drop(heap.Malloc(500)); }));
  KillAtEveryStep(
      OnHeap("Malloc that makes the file grow",
             [](Heap& heap, auto, auto) { return Drop(heap.Malloc(500000)); }));
  KillAtEveryStep(OnHeap("Calloc", [](Heap& heap, auto, auto) {
    return Drop(heap.Calloc(10, 50));
  }));
  KillAtEveryStep(OnHeap("Memalign", [](Heap& heap, auto, auto) {
    return Drop(heap.Memalign(4096, 500));
  }));
  KillAtEveryStep(OnHeap("MallocInto", [](Heap& heap, auto, auto field) {
    return Drop(heap.MallocInto(field, 500));
  }));
}

TEST_CASE("killed while it frees") {
  KillAtEveryStep(OnHeap(
      "Free", [](Heap& heap, auto block, auto) { return heap.Free(block); }));
  KillAtEveryStep(OnHeap(
      "FreeFrom",
      [](Heap& heap, auto, auto field) { return heap.FreeFrom(field); },
      FilledField));
  KillAtEveryStep(OnHeap("SetKey", [](Heap& heap, auto block, auto) {
    return heap.SetKey(3, block.bytes);
  }));
}

TEST_CASE("killed while it moves a block") {
  KillAtEveryStep(OnHeap("Realloc to more", [](Heap& heap, auto block, auto) {
    return Drop(heap.Realloc(block, 3000));
  }));
  KillAtEveryStep(OnHeap("Realloc to less", [](Heap& heap, auto block, auto) {
    return Drop(heap.Realloc(block, 100));
  }));
}

}  // namespace
}  // namespace mapfile::testing
