// Kills a process at each step of each call of a heap, for real.
#include "lib/heap/journal.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>

#include "lib/base/step.h"
#include "lib/format/layout.h"
#include "mapfile/heap.h"
#include "tests/heap/heap_memory.h"

namespace mapfile {
namespace {

constexpr std::size_t kSize = 256 << 10;

// Memory that a child shares.
struct SharedHeap {
  SharedHeap()
      : bytes(
            static_cast<std::byte*>(mmap(nullptr, kSize, PROT_READ | PROT_WRITE,
                                         MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
            kSize),
        heap(Heap::Attach(bytes).value()) {}
  ~SharedHeap() { munmap(bytes.data(), kSize); }

  std::span<std::byte> bytes;
  Heap heap;
};

struct State {
  Offset<void> owner;  // Holds words that lead to blocks
  Offset<void> block;
};

// Blocks with free ones between them.
State Prepare(Heap& heap) {
  State state;
  state.owner = heap.Calloc(1, 64).value();
  const auto a = heap.Malloc(500).value();
  state.block = heap.MallocInto({state.owner.bytes}, 700).value();
  std::memset(heap.Resolve(state.block).data(), 'b', 700);
  const auto c = heap.Malloc(900).value();
  REQUIRE(heap.Malloc(100));
  REQUIRE(heap.Free(a));
  REQUIRE(heap.Free(c));
  return state;
}

struct Operation {
  std::string name;
  std::function<bool(Heap& heap, const State& state)> run;
  int leaked;     // Blocks that only their dead owner knew of, at most
  int added = 1;  // More blocks than before, at most
};

const Operation kOperations[] = {
    {"malloc",
     [](Heap& heap, const State&) { return heap.Malloc(300).has_value(); }, 1},
    {"memalign",
     [](Heap& heap, const State&) {
       return heap.Memalign(256, 300).has_value();
     },
     1},
    {"free",
     [](Heap& heap, const State& state) {
       return heap.Free(state.block).has_value();
     },
     0},
    {"realloc",
     [](Heap& heap, const State& state) {
       return heap.Realloc(state.block, 3000).has_value();
     },
     1, 0},
    {"realloc to less",
     [](Heap& heap, const State& state) {
       return heap.Realloc(state.block, 100).has_value();
     },
     1, 0},
    {"malloc into",
     [](Heap& heap, const State& state) {
       return heap.MallocInto({state.owner.bytes + 8}, 300).has_value();
     },
     0},
    {"free from",
     [](Heap& heap, const State& state) {
       return heap.FreeFrom({state.owner.bytes}).has_value();
     },
     0},
    {"set key",
     [](Heap& heap, const State&) { return heap.SetKey(1, 5).has_value(); }, 0},
};

bool IsAll(std::span<const std::byte> bytes, char c) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [c](std::byte byte) { return byte == std::byte(c); });
}

// False: the operation was over before that step.
bool KillAt(SharedHeap& shared, const Operation& operation, const State& state,
            int last) {
  const pid_t child = fork();
  if (child == 0) {
    int steps = 0;
    step_hook = [&](const char*) {
      if (++steps == last) kill(getpid(), SIGKILL);
    };
    _exit(operation.run(shared.heap, state) ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return true;
  REQUIRE(WEXITSTATUS(status) == 0);
  return false;
}

TEST_CASE("a process may be killed at any step of any call") {
  for (const Operation& operation : kOperations) {
    CAPTURE(operation.name);
    bool killed = true;
    for (int last = 1; killed; ++last) {
      CAPTURE(last);
      SharedHeap shared;
      const State state = Prepare(shared.heap);
      const std::uint64_t blocks = shared.heap.Stats()->used_blocks;
      killed = KillAt(shared, operation, state, last);
      Heap next = Heap::Attach(shared.bytes).value();
      const auto faults = next.Check();
      REQUIRE(faults);
      for (const std::string& fault : *faults) FAIL(fault);
      const HeapStats stats = next.Stats().value();
      CHECK(stats.used_blocks + 1 >= blocks);
      CHECK(stats.used_blocks <= blocks + operation.added);
      // What a word of the heap leads to is there, and nothing else is.
      std::uint64_t words[8];
      std::memcpy(words, next.Resolve(state.owner).data(), sizeof words);
      std::uint64_t expected = 2;  // The owner and the one behind
      for (const std::uint64_t word : words) {
        if (word == 0) continue;
        const auto bytes = next.Resolve({word});
        if (bytes.empty()) continue;
        ++expected;
        if (word == state.block.bytes) CHECK(IsAll(bytes.first(700), 'b'));
      }
      CHECK(stats.used_blocks <= expected + operation.leaked);
      REQUIRE(next.Malloc(2000));
      CHECK(next.Check()->empty());
    }
  }
}

using heap::RollBack;
using heap::Unit;

constexpr std::uint64_t kPlace = 12288;  // Words to change

std::uint64_t& WordAt(heap::TestHeap& heap, std::uint64_t offset) {
  return *heap.region.At<std::uint64_t>(offset);
}

format::HeapControl& ControlOf(heap::TestHeap& heap) {
  return *heap.region.At<format::HeapControl>(0);
}

TEST_CASE("a unit's words stay if it is committed, else they go back") {
  heap::TestHeap heap(64 << 10);
  WordAt(heap, kPlace) = 1;
  WordAt(heap, kPlace + 8) = 2;
  {
    Unit unit(heap.region, 0);
    REQUIRE(unit.Set(kPlace, 10));
    REQUIRE(unit.Set(&WordAt(heap, kPlace + 8), 20));
    REQUIRE(unit.Set(kPlace, 100));  // Goes back to the oldest
    CHECK(WordAt(heap, kPlace) == 100);
  }
  CHECK(WordAt(heap, kPlace) == 1);
  CHECK(WordAt(heap, kPlace + 8) == 2);
  CHECK(ControlOf(heap).journal_count == 0);
  {
    Unit unit(heap.region, 0);
    REQUIRE(unit.Set(kPlace, 10));
    unit.Commit();
    CHECK(ControlOf(heap).journal_count == 0);
    REQUIRE(unit.Set(kPlace + 8, 20));  // And begins again
  }
  CHECK(WordAt(heap, kPlace) == 10);
  CHECK(WordAt(heap, kPlace + 8) == 2);
}

TEST_CASE("no unit changes the journal, or what lies outside") {
  heap::TestHeap heap(64 << 10);
  Unit unit(heap.region, 0);
  std::uint64_t elsewhere = 0;
  CHECK(unit.Set(&elsewhere, 1).error().code() == Code::kCorrupt);
  for (const std::uint64_t offset :
       {std::uint64_t{64 << 10}, kPlace + 4, ~std::uint64_t{7},
        std::uint64_t{offsetof(format::HeapControl, units)},
        std::uint64_t{offsetof(format::HeapControl, journal_count)},
        std::uint64_t{offsetof(format::HeapControl, journal) + 4088}}) {
    CAPTURE(offset);
    CHECK(unit.Set(offset, 1).error().code() == Code::kCorrupt);
  }
  CHECK(ControlOf(heap).journal_count == 0);
}

TEST_CASE("what a dead process left is rolled back, before a unit begins") {
  heap::TestHeap heap(64 << 10);
  WordAt(heap, kPlace) = 3;
  format::HeapControl& control = ControlOf(heap);
  control.journal[0] = {kPlace, 1};
  control.journal[1] = {kPlace, 2};
  control.journal_count = 2;
  {
    Unit unit(heap.region, 0);
    CHECK(unit.Set(kPlace, 10).error().code() == Code::kCorrupt);
  }
  CHECK(control.journal_count == 2);
  CHECK(RollBack(heap.region, 0).value());
  CHECK(WordAt(heap, kPlace) == 1);
  CHECK(!RollBack(heap.region, 0).value());
}

TEST_CASE("a journal leads to no word of what a file's header says of itself") {
  constexpr std::uint64_t kControl = format::kPageSize;
  constexpr std::uint64_t kShared = offsetof(format::FileHeader, replaced);
  heap::TestHeap heap(64 << 10);
  heap.formatted = heap::Allocator::Format(
      heap.region, kControl, kControl + format::kHeapControlSize);
  REQUIRE(heap.formatted);
  auto& control = *heap.region.At<format::HeapControl>(kControl);
  for (std::uint64_t offset = 0; offset < kShared; offset += 8) {
    CAPTURE(offset);
    CHECK(Unit(heap.region, kControl).Set(offset, 1).error().code() ==
          Code::kCorrupt);
    WordAt(heap, offset) = 3;
    control.journal[0] = {offset, 1};
    control.journal_count = 1;
    CHECK(RollBack(heap.region, kControl).error().code() == Code::kCorrupt);
    CHECK(WordAt(heap, offset) == 3);
    control.journal_count = 0;
  }
  control.journal[0] = {kShared, 1};
  control.journal_count = 1;
  CHECK(RollBack(heap.region, kControl).value());
  CHECK(WordAt(heap, kShared) == 1);
}

TEST_CASE("with any bit of a journal flipped it is put back or refused") {
  heap::TestHeap heap(64 << 10);
  format::HeapControl& control = ControlOf(heap);
  for (int bit = 0; bit < 64; ++bit) {
    CAPTURE(bit);
    const std::uint64_t flip = std::uint64_t{1} << bit;
    WordAt(heap, kPlace) = 3;
    control.journal[0] = {kPlace, 1};
    control.journal[1] = {(kPlace + 8) ^ flip, 0};
    control.journal_count = 2;
    const auto flipped = RollBack(heap.region, 0);
    // All or nothing.
    CHECK(WordAt(heap, kPlace) == (flipped ? 1 : 3));
    CHECK(control.journal_count == (flipped ? 0 : 2));
    control.journal[1] = {kPlace + 8, 0};
    control.journal_count = 2 ^ flip;
    const auto counted = RollBack(heap.region, 0);
    if (!counted) CHECK(counted.error().code() == Code::kCorrupt);
    heap.formatted =
        heap::Allocator::Format(heap.region, 0, format::kHeapControlSize);
  }
}

}  // namespace
}  // namespace mapfile
