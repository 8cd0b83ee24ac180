// What the rows of values.cc and contended.cc do over and over.
#ifndef MAPFILE_TESTS_BENCHMARK_LOOPS_H_
#define MAPFILE_TESTS_BENCHMARK_LOOPS_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>

#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {

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
void Loop(benchmark::State& state, const std::string& path, std::size_t count,
          bool create) {
  Values values(count, 1.0);
  Store store(path, count, create);
  for (auto _ : state) {
    if (!kAction(store, values)) return state.SkipWithError("it failed");
    benchmark::ClobberMemory();
  }
}

inline void ForSizes(void (*add)(const std::string&, std::size_t)) {
  for (const std::size_t bytes : kSizesBytes) {
    add(std::to_string(bytes) + " B", bytes / sizeof(double));
  }
}

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_LOOPS_H_
