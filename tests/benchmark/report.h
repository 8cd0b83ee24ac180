// Rows of measurements, each beside its floor: a ratio says more than a time
// on a machine that others use, too.
#ifndef MAPFILE_TESTS_BENCHMARK_REPORT_H_
#define MAPFILE_TESTS_BENCHMARK_REPORT_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mapfile::benchmarks {

// Takes benchmarks named "row/variant", and writes one block for each row:
// the median of all repetitions of each variant, its ratio to the variant
// "floor", and whether it keeps its goal.
class RatioReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  // Whether a benchmark said that it could not do its work.
  bool has_failed() const { return failed_; }

 private:
  struct Variant {
    std::string name;
    std::int64_t order = 0;  // Of its registration: they run in any order
    std::vector<double> times_ns;
    std::map<std::string, std::vector<double>> counters;
  };
  struct Row {
    std::string name;
    std::vector<Variant> variants;  // Not empty
  };

  Variant& VariantOf(const std::string& name);
  void WriteRow(const Row& row) const;
  std::vector<Row> rows_;
  bool failed_ = false;
};

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_REPORT_H_
