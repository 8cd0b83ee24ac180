// The slow ones among many calls: steady Puts, and Gets beside a writer that
// never pauses.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/benchmark/other_process.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t kValues = 1024;
constexpr std::size_t kCalls = 1'000'000;

// The time of the iteration is that of the call that `part` are faster than;
// the clock's own is part of it.
template <class Call>
void MeasureTail(State& state, double part, Call call) {
  std::vector<Seconds> times(kCalls);
  for (Seconds& time : times) {
    const auto start = Clock::now();
    if (!call()) GiveUp("a call failed");
    time = Clock::now() - start;
  }
  const auto at = [&](double where) {
    const auto nth =
        times.begin() + static_cast<std::ptrdiff_t>(where * (kCalls - 1));
    std::nth_element(times.begin(), nth, times.end());
    return nth->count();
  };
  state.SetIterationTime(at(part));
  state.counters["p50_ns"] = at(0.5) * 1e9;
  state.counters["worst_us"] = at(1) * 1e6;
}

template <class Store>
void Puts(State& state) {
  const Values values(kValues, 1.0);
  for (auto _ : state) {
    const Place place;
    Store store(place.path(), kValues, true);
    MeasureTail(state, 0.9999, [&] { return store.Put(values); });
  }
}

template <class Store>
void Gets(State& state) {
  Values values(kValues, 1.0);
  for (auto _ : state) {
    const Place place;
    { const Store creator(place.path(), kValues, true); }
    const OtherProcess writer([&](auto ready) {
      Store store(place.path(), kValues, false);
      ready();
      for (;;) store.Put(values);
    });
    Store store(place.path(), kValues, false);
    MeasureTail(state, 0.999, [&] { return store.Get(&values); });
  }
}

template <class Store>
void Register() {
  const std::string end = std::string("/8192 B/") + Store::kName;
  benchmark::RegisterBenchmark(("put p99.99" + end).c_str(), Puts<Store>)
      ->UseManualTime()
      ->Iterations(1);
  benchmark::RegisterBenchmark(("get p99.9, one writer" + end).c_str(),
                               Gets<Store>)
      ->UseManualTime()
      ->Iterations(1);
}

}  // namespace

void RegisterTails() {
  Register<FloorStore>();
  Register<HandleStore>();
  if (HaveBoost()) Register<BoostStore>();
  if (HaveLmdb()) Register<LmdbStore>();
}

}  // namespace mapfile::benchmarks
