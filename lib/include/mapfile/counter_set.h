// CounterSet: named counters.
//
// In a file it is the class
//
//     class CounterSet 1 { string name; string title; vector<string> names;
//         vector<u64> counts; }
//
// with as many counts as names.
#ifndef MAPFILE_COUNTER_SET_H_
#define MAPFILE_COUNTER_SET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mapfile/schema.h"
#include "mapfile/status.h"
#include "mapfile/trackable.h"

namespace mapfile {

// In the memory of one process, for one thread at a time. One that was read
// from a file may contradict itself: that does no harm, and Fault() tells.
class CounterSet : public Trackable {
 public:
  CounterSet() = default;
  // All at 0. A name that comes twice is entered once.
  explicit CounterSet(std::string name, std::vector<std::string> names = {},
                      std::string title = {});

  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<std::uint64_t>& counts() const { return counts_; }
  std::size_t size() const { return counts_.size(); }

  // Where counter `name` is; size(): there is none.
  std::size_t Find(std::string_view name) const;
  // The same; it is added, at 0, if it wasn't there.
  std::size_t FindOrAdd(std::string_view name);
  // Counts by number, as Find returns it; what isn't there isn't counted.
  // Beyond 2^64 it begins at 0 again.
  void Add(std::size_t counter, std::uint64_t n = 1) {
    if (counter < counts_.size()) counts_[counter] += n;
  }
  std::uint64_t count(std::size_t counter) const {
    return counter < counts_.size() ? counts_[counter] : 0;
  }
  std::uint64_t count(std::string_view name) const { return count(Find(name)); }

  void Reset();
  // Adds the counters of `other`, by name. InvalidArgument, and nothing is
  // added: one of them contradicts itself, or a sum is beyond 2^64 - 1.
  [[nodiscard]] Status Merge(const CounterSet& other);
  std::string Fault() const;

 private:
  MAPFILE_FRIEND(CounterSet);

  std::string name_;
  std::string title_;
  std::vector<std::string> names_;
  std::vector<std::uint64_t> counts_;
};

[[maybe_unused]] constexpr auto MapfileDescribe(internal::Tag<CounterSet>) {
  using C = CounterSet;
  return internal::Describe(
      "CounterSet", 1, Bases<>{}, Field("name", &C::name_),
      Field("title", &C::title_), Field("names", &C::names_),
      Field("counts", &C::counts_));
}

}  // namespace mapfile

#endif  // MAPFILE_COUNTER_SET_H_
