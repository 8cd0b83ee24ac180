#include "mapfile/counter_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mapfile {

CounterSet::CounterSet(std::string name, std::vector<std::string> names,
                       std::string title)
    : name_(std::move(name)), title_(std::move(title)) {
  for (const std::string& counter : names) FindOrAdd(counter);
}

std::size_t CounterSet::Find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return std::min(static_cast<std::size_t>(found - names_.begin()), size());
}

std::size_t CounterSet::FindOrAdd(std::string_view name) {
  const std::size_t found = Find(name);
  if (found < size()) return found;
  names_.resize(size());
  names_.emplace_back(name);
  counts_.push_back(0);
  return found;
}

void CounterSet::Reset() { std::fill(counts_.begin(), counts_.end(), 0); }

Status CounterSet::Merge(const CounterSet& other) {
  for (const CounterSet* set : {static_cast<const CounterSet*>(this), &other}) {
    const std::string fault = set->Fault();
    if (fault.empty()) continue;
    return Fail(Code::kInvalidArgument,
                fmt::format("counter set {} has {}", set->name_, fault));
  }
  CounterSet sum = *this;  // `other` may be this one
  for (std::size_t i = 0; i < other.size(); ++i) {
    const std::size_t counter = sum.FindOrAdd(other.names_[i]);
    if (__builtin_add_overflow(sum.counts_[counter], other.counts_[i],
                               &sum.counts_[counter])) {
      return Fail(
          Code::kInvalidArgument,
          fmt::format("counter \"{}\" would pass 2^64 - 1", other.names_[i]));
    }
  }
  *this = std::move(sum);
  return {};
}

std::string CounterSet::Fault() const {
  if (names_.size() == counts_.size()) return {};
  return fmt::format("{} names for {} counts", names_.size(), counts_.size());
}

}  // namespace mapfile
