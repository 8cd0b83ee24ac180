// One value that is put and got by one process.
#include "tests/benchmark/loops.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

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

}  // namespace mapfile::benchmarks
