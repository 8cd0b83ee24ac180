// One value that is put and got, alone and beside a process that does the
// other in a loop.
#include <benchmark/benchmark.h>

#include "tests/benchmark/other_process.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

constexpr std::size_t kSizesBytes[] = {88, 816, 8192, 81920, 819200};

template <class Store>
bool Put(Store& store, Values& values) {
  return store.Put(values);
}

template <class Store>
bool Get(Store& store, Values& values) {
  return store.Get(&values);
}

template <class Store, auto kAction>
void Loop(State& state, const std::string& path, std::size_t count,
          bool create) {
  Values values(count, 1.0);
  Store store(path, count, create);
  for (auto _ : state) {
    if (!kAction(store, values)) return state.SkipWithError("it failed");
    benchmark::ClobberMemory();
  }
}

template <class Store, auto kAction, auto kOther>
void Contended(State& state, std::size_t count) {
  const Place place;
  { const Store creator(place.path(), count, true); }
  const OtherProcess other([&](auto ready) {
    Values values(count, 1.0);
    Store store(place.path(), count, false);
    kOther(store, values);
    ready();
    for (;;) kOther(store, values);
  });
  Loop<Store, kAction>(state, place.path(), count, false);
}

template <class Store>
void Register(const std::string& size, std::size_t count) {
  const std::string end = size + "/" + Store::kName;
  benchmark::RegisterBenchmark(("put/" + end).c_str(), [=](State& state) {
    Loop<Store, Put<Store>>(state, Place().path(), count, true);
  });
  benchmark::RegisterBenchmark(("get/" + end).c_str(), [=](State& state) {
    Loop<Store, Get<Store>>(state, Place().path(), count, true);
  });
}

template <class Store>
void RegisterBeside(const std::string& size, std::size_t count) {
  const std::string end = size + "/" + Store::kName;
  benchmark::RegisterBenchmark(("put, one reader/" + end).c_str(),
                               [=](State& state) {
                                 Contended<Store, Put<Store>, Get<Store>>(
                                     state, count);
                               })
      ->UseRealTime();
  benchmark::RegisterBenchmark(("get, one writer/" + end).c_str(),
                               [=](State& state) {
                                 Contended<Store, Get<Store>, Put<Store>>(
                                     state, count);
                               })
      ->UseRealTime();
}

void ForSizes(void (*add)(const std::string&, std::size_t)) {
  for (const std::size_t bytes : kSizesBytes) {
    add(std::to_string(bytes) + " B", bytes / sizeof(double));
  }
}

}  // namespace

void RegisterValues() {
  ForSizes([](const std::string& size, std::size_t count) {
    Register<FloorStore>(size, count);
    Register<HandleStore>(size, count);
    Register<NameStore>(size, count);
    if (HaveBoost()) Register<BoostStore>(size, count);
    if (HaveLmdb()) Register<LmdbStore>(size, count);
  });
}

void RegisterContended() {
  ForSizes([](const std::string& size, std::size_t count) {
    RegisterBeside<FloorStore>(size, count);
    RegisterBeside<HandleStore>(size, count);
    if (HaveBoost()) RegisterBeside<BoostStore>(size, count);
    if (HaveLmdb()) RegisterBeside<LmdbStore>(size, count);
  });
}

}  // namespace mapfile::benchmarks
