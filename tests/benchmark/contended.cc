// One value, beside another process that puts or gets in a loop.
#include "tests/benchmark/loops.h"
#include "tests/benchmark/other_process.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

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

// Beside another producer that puts a value of its own: into the same map
// file, since that is the question, but a file of its own at the floor.
void PutFloorApart(State& state, std::size_t count) {
  const Place others;
  const OtherProcess other([&](auto ready) {
    const Values values(count, 1.0);
    FloorStore store(others.path(), count, true);
    ready();
    for (;;) store.Put(values);
  });
  Loop<FloorStore, Put<FloorStore>>(state, Place().path(), count, true);
}

void PutApart(State& state, std::size_t count) {
  const Place place;
  { const HandleStore creator(place.path(), count, true); }
  const OtherProcess other([&](auto ready) {
    const Values values(count, 1.0);
    HandleStore store(place.path(), count, false, "others");
    ready();
    for (;;) store.Put(values);
  });
  Loop<HandleStore, Put<HandleStore>>(state, place.path(), count, false);
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

}  // namespace

void RegisterContended() {
  ForSizes([](const std::string& size, std::size_t count) {
    RegisterBeside<FloorStore>(size, count);
    RegisterBeside<HandleStore>(size, count);
    if (HaveBoost()) RegisterBeside<BoostStore>(size, count);
    if (HaveLmdb()) RegisterBeside<LmdbStore>(size, count);
  });
}

void RegisterApart() {
  ForSizes([](const std::string& size, std::size_t count) {
    const std::string row = "put, another producer/" + size;
    benchmark::RegisterBenchmark((row + "/floor").c_str(), [=](State& state) {
      PutFloorApart(state, count);
    });
    benchmark::RegisterBenchmark((row + "/handle").c_str(),
                                 [=](State& state) { PutApart(state, count); });
  });
}

}  // namespace mapfile::benchmarks
