// Several producers at once, each with a record of its own in one file: do
// they keep each other from working?
#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/benchmark/other_process.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kValues = 1024;
constexpr std::chrono::milliseconds kTime{200};

// What each producer has done, a line each, in memory that all share.
struct alignas(64) Count {
  std::atomic<std::uint64_t> puts;
};

class SharedCounts {
 public:
  explicit SharedCounts(std::size_t size) : bytes_(size * sizeof(Count)) {
    void* const memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) GiveUp("no memory");
    counts_ = static_cast<Count*>(memory);
  }
  SharedCounts(const SharedCounts&) = delete;
  SharedCounts& operator=(const SharedCounts&) = delete;
  ~SharedCounts() { munmap(counts_, bytes_); }

  Count& operator[](std::size_t i) { return counts_[i]; }
  std::uint64_t Sum() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bytes_ / sizeof(Count); ++i) {
      sum += counts_[i].puts.load(std::memory_order_relaxed);
    }
    return sum;
  }

 private:
  std::size_t bytes_;
  Count* counts_;
};

// The time of the iteration is that of one Put of all that were made, by
// whomever: half of one producer's, if two cores do twice the work.
template <class MakeStore>
void Together(State& state, std::size_t producers, MakeStore make) {
  for (auto _ : state) {
    const Place place;
    SharedCounts counts(producers);
    { const auto creator = make(place.path(), 0, true); }
    std::vector<std::unique_ptr<OtherProcess>> others;
    for (std::size_t i = 0; i < producers; ++i) {
      others.push_back(std::make_unique<OtherProcess>([&](auto ready) {
        const Values values(kValues, 1.0);
        const auto store = make(place.path(), i, false);
        ready();
        for (;;) {
          if (!store->Put(values)) _exit(1);
          counts[i].puts.fetch_add(1, std::memory_order_relaxed);
        }
      }));
    }
    const auto start = Clock::now();
    const std::uint64_t before = counts.Sum();
    std::this_thread::sleep_for(kTime);
    const std::uint64_t puts = counts.Sum() - before;
    const std::chrono::duration<double> time = Clock::now() - start;
    if (puts == 0) GiveUp("nobody could put");
    state.SetIterationTime(time.count() / static_cast<double>(puts));
  }
}

std::unique_ptr<HandleStore> RecordOf(const std::string& path, std::size_t i,
                                      bool create) {
  return std::make_unique<HandleStore>(path, kValues, create,
                                       "values" + std::to_string(i));
}

// A file for each: the floor knows no records.
std::unique_ptr<FloorStore> FileOf(const std::string& path, std::size_t i,
                                   bool create) {
  static_cast<void>(create);
  return std::make_unique<FloorStore>(path + "." + std::to_string(i), kValues,
                                      true);
}

void RemoveFloors(const std::string& path, std::size_t producers) {
  for (std::size_t i = 0; i < producers; ++i) {
    unlink((path + "." + std::to_string(i)).c_str());
  }
}

}  // namespace

void RegisterProducers() {
  for (const std::size_t producers : {1, 2, 4}) {
    const std::string row =
        "put of 8192 B by producers/" + std::to_string(producers);
    benchmark::RegisterBenchmark(
        (row + "/floor").c_str(),
        [=](State& state) {
          std::string last;
          Together(state, producers,
                   [&](const std::string& path, std::size_t i, bool create) {
                     last = path;
                     return FileOf(path, i, create);
                   });
          RemoveFloors(last, producers);
        })
        ->UseManualTime()
        ->Iterations(1);
    benchmark::RegisterBenchmark(
        (row + "/handle").c_str(),
        [=](State& state) { Together(state, producers, RecordOf); })
        ->UseManualTime()
        ->Iterations(1);
  }
}

}  // namespace mapfile::benchmarks
