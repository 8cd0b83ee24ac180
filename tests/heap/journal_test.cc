// Kills a process at each step of each call of a heap, for real.
#include "lib/heap/journal.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <string>

#include "lib/base/step.h"
#include "mapfile/heap.h"

namespace mapfile {
namespace {

constexpr std::size_t kSize = 256 << 10;

// Memory that a child shares.
struct SharedHeap {
  SharedHeap()
      : bytes(static_cast<std::byte*>(mmap(nullptr, kSize,
                                           PROT_READ | PROT_WRITE,
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
  int leaked;  // Blocks that only their dead owner knew of, at most
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
     1},
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
     [](Heap& heap, const State&) { return heap.SetKey(1, 5).has_value(); },
     0},
};

// False: the operation was over before that step.
bool KillAt(SharedHeap& shared, const Operation& operation,
            const State& state, int last) {
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
      CHECK(stats.used_blocks <= blocks + 1);
      // What a word of the heap leads to is there, and nothing else is.
      std::uint64_t words[8];
      std::memcpy(words, next.Resolve(state.owner).data(), sizeof words);
      std::uint64_t expected = 2;  // The owner and the one behind
      for (const std::uint64_t word : words) {
        if (word == 0) continue;
        if (!next.Resolve({word}).empty()) ++expected;
      }
      CHECK(stats.used_blocks <= expected + operation.leaked);
      REQUIRE(next.Malloc(2000));
      CHECK(next.Check()->empty());
    }
  }
}

}  // namespace
}  // namespace mapfile
