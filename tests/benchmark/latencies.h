// Latencies: any number of times, in buckets of 3 %.
#ifndef MAPFILE_TESTS_BENCHMARK_LATENCIES_H_
#define MAPFILE_TESTS_BENCHMARK_LATENCIES_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace mapfile::benchmarks {

class Latencies {
 public:
  void Add(std::uint64_t ns) {
    ++counts_[BucketOf(ns)];
    ++count_;
    worst_ns_ = std::max(worst_ns_, ns);
  }

  std::uint64_t count() const { return count_; }
  std::uint64_t worst_ns() const { return worst_ns_; }

  // The time that `part` of them are at most, to 3 %.
  std::uint64_t QuantileNs(double part) const {
    const auto wanted =
        static_cast<std::uint64_t>(part * static_cast<double>(count_));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > wanted) return std::min(EndOf(i), worst_ns_);
    }
    return worst_ns_;
  }

 private:
  // 32 buckets for each doubling; below 64 ns one for each nanosecond.
  static constexpr std::size_t kPart = 32;

  static std::size_t BucketOf(std::uint64_t ns) {
    if (ns < 2 * kPart) return ns;
    const auto doublings = static_cast<std::size_t>(std::bit_width(ns)) - 6;
    return doublings * kPart + (ns >> doublings);
  }
  static std::uint64_t EndOf(std::size_t bucket) {
    if (bucket < 2 * kPart) return bucket;
    const std::size_t doublings = bucket / kPart - 1;
    return ((bucket - doublings * kPart + 1) << doublings) - 1;
  }

  std::array<std::uint64_t, 60 * kPart> counts_{};
  std::uint64_t count_ = 0;
  std::uint64_t worst_ns_ = 0;
};

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_LATENCIES_H_
