// What each row of the benchmark has to keep.
#ifndef MAPFILE_TESTS_BENCHMARK_GOALS_H_
#define MAPFILE_TESTS_BENCHMARK_GOALS_H_

#include <vector>

namespace mapfile::benchmarks {

// The most that `variant` of the rows whose names begin with `row` may take:
// factor * floor + plus_ns. A factor of 0: plus_ns alone. The first goal that
// fits a row is its goal.
struct Goal {
  const char* row;
  const char* variant;
  double factor;
  double plus_ns;
};

// The same for a counter that a row shows.
struct Limit {
  const char* row;
  const char* variant;
  const char* counter;
  double most;
};

const std::vector<Goal>& Goals();
const std::vector<Limit>& Limits();

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_GOALS_H_
