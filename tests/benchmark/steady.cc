// Puts for a minute: what the slowest of them take. Only with --long.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include "tests/benchmark/latencies.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kValues = 1024;
constexpr std::chrono::seconds kTime{60};

template <class Store>
void Steady(State& state) {
  const Values values(kValues, 1.0);
  for (auto _ : state) {
    const Place place;
    Store store(place.path(), kValues, true);
    Latencies latencies;
    const auto end = Clock::now() + kTime;
    for (auto now = Clock::now(); now < end;) {
      if (!store.Put(values)) GiveUp("a call failed");
      const auto then = Clock::now();
      latencies.Add(static_cast<std::uint64_t>((then - now).count()));
      now = then;
    }
    state.SetIterationTime(static_cast<double>(latencies.QuantileNs(0.9999)) /
                           1e9);
    state.counters["p50_ns"] = static_cast<double>(latencies.QuantileNs(0.5));
    state.counters["worst_us"] =
        static_cast<double>(latencies.worst_ns()) / 1e3;
    state.counters["puts"] = static_cast<double>(latencies.count());
  }
}

template <class Store>
void Register() {
  const std::string row = "put p99.99 of a minute/8192 B/";
  benchmark::RegisterBenchmark((row + Store::kName).c_str(), Steady<Store>)
      ->UseManualTime()
      ->Iterations(1)
      ->Repetitions(1);
}

}  // namespace

void RegisterSteady() {
  Register<FloorStore>();
  Register<HandleStore>();
  if (HaveBoost()) Register<BoostStore>();
  if (HaveLmdb()) Register<LmdbStore>();
}

}  // namespace mapfile::benchmarks
