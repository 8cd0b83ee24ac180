// The heap on three mixes of sizes, beside malloc and Boost.Interprocess.
#include "mapfile/heap.h"

#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "tests/benchmark/boost_heap.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

// What is called in a row: a block of so many bytes into a place, after the
// one that was there is freed. All allocators get the same.
struct Call {
  std::uint32_t place;
  std::uint32_t size;
};

struct Trace {
  std::vector<Call> calls;
  std::uint32_t places;
  double peak_live_bytes;

  // More than any of them takes.
  std::size_t region_bytes() const {
    return (std::size_t{16} << 20) +
           2 * static_cast<std::size_t>(peak_live_bytes);
  }
};

// Sizes spread evenly over their orders of magnitude.
Trace MakeTrace(double low, double high, std::uint32_t places) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> logarithm(std::log(low),
                                                   std::log(high));
  Trace trace{{}, places, 0};
  std::vector<std::uint32_t> live(places);
  double live_bytes = 0;
  for (std::uint32_t i = 0; i < 20 * places; ++i) {
    const Call call{static_cast<std::uint32_t>(random() % places),
                    static_cast<std::uint32_t>(std::exp(logarithm(random)))};
    live_bytes += call.size - static_cast<double>(live[call.place]);
    live[call.place] = call.size;
    trace.peak_live_bytes = std::max(trace.peak_live_bytes, live_bytes);
    trace.calls.push_back(call);
  }
  return trace;
}

class Glibc {
 public:
  static constexpr const char* kName = "floor";
  using Block = void*;
  explicit Glibc(std::size_t /*region_bytes*/) {}
  Block Allocate(std::size_t size) { return std::malloc(size); }
  void Free(Block block) { std::free(block); }
  // Unknown: the memory is not its own.
  double UsedBytes() const { return 0; }
};

class MapfileHeap {
 public:
  static constexpr const char* kName = "mapfile";
  using Block = Offset<void>;
  explicit MapfileHeap(std::size_t region_bytes)
      : region_bytes_(region_bytes),
        region_(mmap(nullptr, region_bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)),
        heap_(*Heap::Attach({static_cast<std::byte*>(region_), region_bytes})) {
  }
  MapfileHeap(const MapfileHeap&) = delete;
  MapfileHeap& operator=(const MapfileHeap&) = delete;
  ~MapfileHeap() { munmap(region_, region_bytes_); }

  Block Allocate(std::size_t size) {
    auto block = heap_.Malloc(size);
    if (!block) GiveUp(block.error().message());
    return *block;
  }
  void Free(Block block) {
    if (!heap_.Free(block)) GiveUp("Free failed");
  }
  double UsedBytes() const {
    return static_cast<double>(heap_.Stats()->break_offset);
  }

 private:
  std::size_t region_bytes_;
  void* region_;
  Heap heap_;
};

template <class Allocator>
void Replay(State& state, const Trace& trace) {
  std::vector<typename Allocator::Block> blocks(trace.places);
  for (auto _ : state) {
    std::vector<bool> is_used(trace.places);
    Allocator allocator(trace.region_bytes());
    double freed = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const Call& call : trace.calls) {
      if (is_used[call.place]) {
        allocator.Free(blocks[call.place]);
        ++freed;
      }
      blocks[call.place] = allocator.Allocate(call.size);
      is_used[call.place] = true;
    }
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - start;
    state.SetIterationTime(took.count() /
                           (static_cast<double>(trace.calls.size()) + freed));
    if (const double used = allocator.UsedBytes(); used > 0) {
      state.counters["file/live"] = used / trace.peak_live_bytes;
    }
    for (std::uint32_t i = 0; i < trace.places; ++i) {
      if (is_used[i]) allocator.Free(blocks[i]);
    }
  }
}

// Made when the first row needs it.
using LazyTrace = std::shared_ptr<std::function<const Trace&()>>;

template <class Allocator>
void Register(const std::string& row, const LazyTrace& trace) {
  benchmark::RegisterBenchmark(
      ("heap/" + row + "/" + Allocator::kName).c_str(),
      [=](State& state) { Replay<Allocator>(state, (*trace)()); })
      ->UseManualTime()
      ->Iterations(1);
}

void RegisterMix(const std::string& row, double low, double high,
                 std::uint32_t places) {
  const auto trace = std::make_shared<std::function<const Trace&()>>(
      [=, made = std::optional<Trace>()]() mutable -> const Trace& {
        if (!made) made = MakeTrace(low, high, places);
        return *made;
      });
  Register<Glibc>(row, trace);
  Register<MapfileHeap>(row, trace);
  if (HaveBoost()) Register<BoostHeap>(row, trace);
}

}  // namespace

void RegisterHeap() {
  for (const std::uint32_t places : {10'000, 100'000}) {
    const std::string live = std::to_string(places) + " blocks, ";
    RegisterMix("small/" + live + "16 B to 256 B", 16, 256, places);
    RegisterMix("mixed/" + live + "16 B to 64 KB", 16, 65536, places);
  }
  for (const std::uint32_t places : {5'000, 50'000}) {
    const std::string live = std::to_string(places) + " blocks, ";
    RegisterMix("large/" + live + "1 KB to 100 KB", 1024, 102400, places);
  }
}

}  // namespace mapfile::benchmarks
