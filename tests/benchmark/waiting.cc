// From a publication to the return of who waited for it, in another process,
// beside a bare futex in shared memory.
#include <benchmark/benchmark.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <climits>
#include <string>
#include <vector>

#include "mapfile/mapfile.h"
#include "tests/benchmark/other_process.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;

constexpr int kPings = 5000;
constexpr std::chrono::seconds kTimeout{10};

// Halves of round trips: the median, and the hundredth part that is slower.
template <class Ping>
void MeasurePings(State& state, Ping ping) {
  for (auto _ : state) {
    std::vector<double> seconds;
    for (int i = 0; i < kPings; ++i) {
      const auto start = Clock::now();
      ping();
      const std::chrono::duration<double> took = Clock::now() - start;
      seconds.push_back(took.count() / 2);
    }
    std::sort(seconds.begin(), seconds.end());
    state.SetIterationTime(seconds[kPings / 2]);
    state.counters["p99_us"] = seconds[kPings * 99 / 100] * 1e6;
  }
}

// A counter that one process raises and another sleeps on.
class Bell {
 public:
  void Ring() {
    count_.fetch_add(1);
    Futex(FUTEX_WAKE, INT_MAX);
  }
  void AwaitAfter(std::uint32_t seen) {
    while (count_.load() == seen) Futex(FUTEX_WAIT, seen);
  }
  std::uint32_t count() const { return count_.load(); }

 private:
  void Futex(int operation, std::uint32_t value) {
    syscall(SYS_futex, &count_, operation, value, nullptr, nullptr, 0);
  }
  std::atomic<std::uint32_t> count_ = 0;
};

void PingFutex(State& state) {
  struct Bells {
    alignas(64) Bell there;
    alignas(64) Bell back;
  };
  void* const memory = mmap(nullptr, sizeof(Bells), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  Bells& bells = *new (memory) Bells;
  const OtherProcess echo([&](auto ready) {
    std::uint32_t seen = bells.there.count();
    ready();
    for (;;) {
      bells.there.AwaitAfter(seen++);
      bells.back.Ring();
    }
  });
  MeasurePings(state, [&] {
    const std::uint32_t seen = bells.back.count();
    bells.there.Ring();
    bells.back.AwaitAfter(seen);
  });
  munmap(memory, sizeof(Bells));
}

void PingMapFile(State& state) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  if (!file.Put("there", 0) || !file.Put("back", 0)) GiveUp("Put failed");
  const OtherProcess echo([&](auto ready) {
    MapFile mine = OpenOrGiveUp(place.path(), false);
    Record there = *mine.Find("there");
    Record back = *mine.Find("back");
    Generation seen = there.Info()->version.generation;
    ready();
    for (;;) {
      auto next = there.WaitFor(seen, kTimeout);
      if (!next || !back.Put(1)) GiveUp("the other process failed");
      seen = *next;
    }
  });
  Record there = *file.Find("there");
  Record back = *file.Find("back");
  Generation seen = back.Info()->version.generation;
  MeasurePings(state, [&] {
    if (!there.Put(1)) GiveUp("Put failed");
    auto next = back.WaitFor(seen, kTimeout);
    if (!next) GiveUp(next.error().message());
    seen = *next;
  });
}

}  // namespace

void RegisterWaiting() {
  benchmark::RegisterBenchmark("wake/one sleeper, p50/floor", PingFutex)
      ->UseManualTime()
      ->Iterations(1);
  benchmark::RegisterBenchmark("wake/one sleeper, p50/mapfile", PingMapFile)
      ->UseManualTime()
      ->Iterations(1);
}

}  // namespace mapfile::benchmarks
