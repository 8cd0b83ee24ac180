// Puts while the file grows under them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "mapfile/mapfile.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// New records of 1 MiB until the file holds 1024 of them.
void Grow(State& state) {
  const std::vector<double> values(1 << 17, 1.0);
  for (auto _ : state) {
    const Place place;
    MapFile file = OpenOrGiveUp(place.path(), true,
                                {.size_bytes = 1_MiB, .max_size_bytes = 4_GiB});
    Seconds longest{0};
    for (int i = 0; i < 1024; ++i) {
      const std::string name = std::to_string(i);
      const auto start = Clock::now();
      if (!file.Put(name, values)) GiveUp("Put failed while growing");
      longest = std::max<Seconds>(longest, Clock::now() - start);
    }
    state.SetIterationTime(longest.count());
    state.counters["size_MiB"] =
        static_cast<double>(file.size_bytes()) / (1 << 20);
  }
}

}  // namespace

void RegisterGrowth() {
  benchmark::RegisterBenchmark("grow/1024 x 1 MiB, longest Put/mapfile", Grow)
      ->UseManualTime()
      ->Iterations(1);
}

}  // namespace mapfile::benchmarks
