// Counting in a file, beside one addition to a shared word.
#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <atomic>
#include <cstdint>

#include "mapfile/counters.h"
#include "mapfile/mapfile.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

void CountShared(State& state) {
  using Word = std::atomic<std::uint64_t>;
  void* const memory = mmap(nullptr, sizeof(Word), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) GiveUp("no shared memory");
  Word& word = *new (memory) Word(0);
  for (auto _ : state) benchmark::DoNotOptimize(word.fetch_add(1));
  munmap(memory, sizeof(Word));
}

void CountInFile(State& state) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  auto counters = Counters::Open(file, "counters", {"events", "lost"});
  if (!counters) GiveUp(counters.error().message());
  for (auto _ : state) {
    if (!counters->Add(0)) return state.SkipWithError("Add failed");
  }
}

}  // namespace

void RegisterCount() {
  benchmark::RegisterBenchmark("count/one counter/floor", CountShared);
  benchmark::RegisterBenchmark("count/one counter/mapfile", CountInFile);
}

}  // namespace mapfile::benchmarks
