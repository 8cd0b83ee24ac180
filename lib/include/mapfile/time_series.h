// TimeSeries: the last samples of a value, with the time of each.
//
// In a file it is the class
//
//     class TimeSeries 1 { string name; string title; string unit;
//         u64 capacity; u64 samples; vector<i64> times_ns;
//         vector<f64> values; }
//
// times_ns and values have min(samples, capacity) elements: a ring, in which
// sample i, counted from 0, is element i mod capacity. Times count from 1970,
// as CLOCK_REALTIME.
#ifndef MAPFILE_TIME_SERIES_H_
#define MAPFILE_TIME_SERIES_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// For one thread at a time. One that was read from a file may contradict
// itself: that does no harm, and Fault() tells.
class TimeSeries : public Trackable {
 public:
  struct Sample {
    std::int64_t time_ns = 0;
    double value = 0;
  };

  static constexpr std::uint64_t kMaxCapacity = std::uint64_t{1} << 30;

  // Keeps nothing.
  TimeSeries() = default;
  // Keeps the last `capacity` samples; at most kMaxCapacity. Its memory is
  // taken at once.
  TimeSeries(std::string name, std::uint64_t capacity, std::string title = {},
             std::string unit = {});

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  void SetTitle(std::string title) { title_ = std::move(title); }
  const std::string& unit() const { return unit_; }
  std::uint64_t capacity() const { return capacity_; }

  // Adds a sample, of now or of `time_ns`; the oldest one makes room. NaN is
  // a gap.
  void Add(double value) {
    using std::chrono::nanoseconds;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    Add(std::chrono::duration_cast<nanoseconds>(now).count(), value);
  }
  void Add(std::int64_t time_ns, double value);
  void Clear();
  // Adds the samples of `other`, all in the order of their times; the latest
  // are kept. InvalidArgument: one of them contradicts itself.
  [[nodiscard]] Status Merge(const TimeSeries& other);
  std::string Fault() const;

  std::uint64_t samples() const { return samples_; }  // Ever added
  std::size_t size() const;                           // Kept
  // i < size(); 0 is the oldest that is kept.
  Sample At(std::size_t i) const;

 private:
  MAPFILE_FRIEND(TimeSeries);

  std::string name_;
  std::string title_;
  std::string unit_;
  std::uint64_t capacity_ = 0;
  std::uint64_t samples_ = 0;
  std::vector<std::int64_t> times_ns_;
  std::vector<double> values_;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<TimeSeries>) {
  using T = TimeSeries;
  return internal::Describe(
      "TimeSeries", 1, Bases<>{}, Field("name", &T::name_),
      Field("title", &T::title_), Field("unit", &T::unit_),
      Field("capacity", &T::capacity_), Field("samples", &T::samples_),
      Field("times_ns", &T::times_ns_), Field("values", &T::values_));
}

}  // namespace mapfile

#endif  // MAPFILE_TIME_SERIES_H_
