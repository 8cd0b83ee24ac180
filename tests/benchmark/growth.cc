// Puts while the file grows under them, and in steady state.
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

// One in ten thousand is slower than this, over a million Puts.
template <class Store>
void Steady(State& state) {
  const std::vector<double> values(1024, 1.0);
  for (auto _ : state) {
    const Place place;
    Store store(place.path(), values.size(), true);
    std::vector<Seconds> times(1'000'000);
    for (Seconds& time : times) {
      const auto start = Clock::now();
      if (!store.Put(values)) GiveUp("Put failed");
      time = Clock::now() - start;
    }
    const auto at = [&](double part) {
      const auto nth =
          times.begin() + static_cast<std::ptrdiff_t>(
                              part * static_cast<double>(times.size() - 1));
      std::nth_element(times.begin(), nth, times.end());
      return nth->count();
    };
    state.SetIterationTime(at(0.9999));
    state.counters["p50_ns"] = at(0.5) * 1e9;
    state.counters["worst_us"] = at(1) * 1e6;
  }
}

template <class Store>
void RegisterSteady() {
  const std::string row = "put p99.99/8192 B/";
  benchmark::RegisterBenchmark((row + Store::kName).c_str(), Steady<Store>)
      ->UseManualTime()
      ->Iterations(1);
}

}  // namespace

void RegisterGrowth() {
  benchmark::RegisterBenchmark("grow/1024 x 1 MiB, longest Put/mapfile", Grow)
      ->UseManualTime()
      ->Iterations(1);
  RegisterSteady<FloorStore>();
  RegisterSteady<HandleStore>();
}

}  // namespace mapfile::benchmarks
