#include "mapfile/counter_set.h"

#include <doctest/doctest.h>

#include <limits>

namespace mapfile {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

TEST_CASE("counters are found by name and count by number") {
  CounterSet set("triggers", {"muon", "jet", "muon"}, "Triggers");
  CHECK(set.size() == 2);
  CHECK(set.Find("jet") == 1);
  CHECK(set.Find("photon") == 2);
  CHECK(set.FindOrAdd("photon") == 2);
  CHECK(set.names() == std::vector<std::string>{"muon", "jet", "photon"});
  set.Add(1);
  set.Add(1, 41);
  set.Add(99);  // Isn't there
  CHECK(set.count("jet") == 42);
  CHECK(set.count("muon") == 0);
  CHECK(set.count("none") == 0);
  CHECK(set.count(99) == 0);
  set.Reset();
  CHECK(set.count("jet") == 0);
  CHECK(set.size() == 3);
  CHECK(set.Fault() == "");
}

TEST_CASE("sets merge by name, also with themselves") {
  CounterSet a("a", {"x", "y"});
  a.Add(0, 1);
  a.Add(1, 2);
  CounterSet b("b", {"z", "y"});
  b.Add(0, 10);
  b.Add(1, 20);
  REQUIRE(a.Merge(b));
  CHECK(a.names() == std::vector<std::string>{"x", "y", "z"});
  CHECK(a.counts() == std::vector<std::uint64_t>{1, 22, 10});
  REQUIRE(a.Merge(a));
  CHECK(a.counts() == std::vector<std::uint64_t>{2, 44, 20});
}

TEST_CASE("a sum that is too large adds nothing; counting begins anew") {
  CounterSet a("a", {"first", "large"});
  a.Add(0, 1);
  a.Add(1, kMost);
  CounterSet b = a;
  const auto merged = b.Merge(a);
  REQUIRE(!merged);
  CHECK(merged.error().code() == Code::kInvalidArgument);
  CHECK(merged.error().message() == "counter \"large\" would pass 2^64 - 1");
  CHECK(b.count("first") == 1);
  a.Add(1, 2);
  CHECK(a.count("large") == 1);
}

}  // namespace
}  // namespace mapfile
