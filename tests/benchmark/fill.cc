// What it takes to fill a histogram, beside a bare array that is filled by
// hand and Boost.Histogram.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "mapfile/histogram.h"
#include "tests/benchmark/stores.h"

#if __has_include(<boost/histogram.hpp>)
#define MAPFILE_HAVE_BOOST_HISTOGRAM 1
#include <boost/histogram.hpp>
#else
#define MAPFILE_HAVE_BOOST_HISTOGRAM 0
#endif

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

constexpr std::size_t kBins = 1000;
constexpr double kLow = -4;
constexpr double kHigh = 4;

const std::vector<double>& Samples() {
  static const std::vector<double> samples = [] {
    std::mt19937 random(1);
    std::normal_distribution<double> normal(0, 1);
    std::vector<double> made(1 << 14);
    std::generate(made.begin(), made.end(), [&] { return normal(random); });
    return made;
  }();
  return samples;
}

// Calls fill(x) for each sample; the time is that of one.
template <class Fill>
void ForSamples(State& state, Fill fill) {
  const std::vector<double>& samples = Samples();
  while (state.KeepRunningBatch(static_cast<std::int64_t>(samples.size()))) {
    for (const double x : samples) fill(x);
    benchmark::ClobberMemory();
  }
}

// No entries, no mean, no under- and overflow of their own kind.
void FillArray(State& state) {
  std::vector<double> bins(kBins + 2);
  double* const data = bins.data();
  benchmark::DoNotOptimize(data);
  ForSamples(state, [&](double x) {
    const double place = kBins * (x - kLow) / (kHigh - kLow);
    const std::size_t bin = !(place >= 0) ? 0
                            : place < kBins
                                ? static_cast<std::size_t>(place) + 1
                                : kBins + 1;
    ++data[bin];
  });
}

// Also counts entries and sums what mean and deviation take.
void FillHistogram(State& state) {
  Histogram1D histogram("h", RegularAxis(kBins, kLow, kHigh));
  benchmark::DoNotOptimize(&histogram);
  ForSamples(state, [&](double x) { histogram.Fill(x); });
}

void FillWeighted(State& state) {
  Histogram1D histogram("h", RegularAxis(kBins, kLow, kHigh));
  benchmark::DoNotOptimize(&histogram);
  ForSamples(state, [&](double x) { histogram.Fill(x, 0.5); });
}

#if MAPFILE_HAVE_BOOST_HISTOGRAM
namespace bh = boost::histogram;

void FillBoost(State& state) {
  auto histogram = bh::make_histogram_with(
      bh::dense_storage<double>(), bh::axis::regular<>(kBins, kLow, kHigh));
  benchmark::DoNotOptimize(&histogram);
  ForSamples(state, [&](double x) { histogram(x); });
}

void FillBoostWeighted(State& state) {
  auto histogram =
      bh::make_weighted_histogram(bh::axis::regular<>(kBins, kLow, kHigh));
  benchmark::DoNotOptimize(&histogram);
  ForSamples(state, [&](double x) { histogram(x, bh::weight(0.5)); });
}
#endif

}  // namespace

void RegisterFill() {
  benchmark::RegisterBenchmark("fill/1000 bins/floor", FillArray);
  benchmark::RegisterBenchmark("fill/1000 bins/mapfile", FillHistogram);
  benchmark::RegisterBenchmark("fill/1000 bins, weighted/mapfile",
                               FillWeighted);
#if MAPFILE_HAVE_BOOST_HISTOGRAM
  benchmark::RegisterBenchmark("fill/1000 bins/boost", FillBoost);
  benchmark::RegisterBenchmark("fill/1000 bins, weighted/boost",
                               FillBoostWeighted);
#endif
}

}  // namespace mapfile::benchmarks
