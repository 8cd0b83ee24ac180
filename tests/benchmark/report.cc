#include "tests/benchmark/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "tests/benchmark/goals.h"

namespace mapfile::benchmarks {
namespace {

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string Time(double ns) {
  if (ns < 100) return fmt::format("{:.1f} ns", ns);
  if (ns < 10e3) return fmt::format("{:.0f} ns", ns);
  if (ns < 10e6) return fmt::format("{:.1f} us", ns / 1e3);
  return fmt::format("{:.1f} ms", ns / 1e6);
}

template <class Named>
Named& FindOrAdd(std::vector<Named>& all, const std::string& name) {
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Named& x) { return x.name == name; });
  if (found != all.end()) return *found;
  all.emplace_back().name = name;
  return all.back();
}

// How a time stands to the goal of its row: "met: 40.0 ns".
std::string Verdict(const std::string& row, const std::string& variant,
                    double time_ns, double floor_ns) {
  for (const Goal& goal : Goals()) {
    if (!row.starts_with(goal.row) || variant != goal.variant) continue;
    if (goal.factor != 0 && floor_ns == 0) return "";  // Not run
    const double limit_ns = goal.factor * floor_ns + goal.plus_ns;
    return time_ns <= limit_ns
               ? "met: " + Time(limit_ns)
               : fmt::format("missed: {:.1f} x {}", time_ns / limit_ns,
                             Time(limit_ns));
  }
  return "";
}

// "longest_ms 17 (met: 30)".
std::string CounterText(const std::string& row, const std::string& variant,
                        const std::string& counter, double value) {
  std::string text = fmt::format("  {} {:.4g}", counter, value);
  for (const Limit& limit : Limits()) {
    if (row.starts_with(limit.row) && variant == limit.variant &&
        counter == limit.counter) {
      text += fmt::format(" ({}: {:.4g})",
                          value <= limit.most ? "met" : "missed", limit.most);
    }
  }
  return text;
}

}  // namespace

bool RatioReporter::ReportContext(const Context& context) {
  fmt::print("{} cores at {:.0f} MHz. Medians; ratios to the row's floor.\n",
             context.cpu_info.num_cpus,
             context.cpu_info.cycles_per_second / 1e6);
  return true;
}

RatioReporter::Variant& RatioReporter::VariantOf(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  Row& row = FindOrAdd(rows_, name.substr(0, slash));
  return FindOrAdd(row.variants, name.substr(slash + 1));
}

void RatioReporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.error_occurred) {
      fmt::print(stderr, "{}: {}\n", run.run_name.function_name,
                 run.error_message);
      failed_ = true;
      continue;
    }
    if (run.run_type != Run::RT_Iteration) continue;
    Variant& variant = VariantOf(run.run_name.function_name);
    variant.order = run.family_index;
    // Processor time of one process is the machine's noise left out; where
    // several take part, a row measures real or its own time.
    const bool is_real = !run.run_name.time_type.empty();
    const double time =
        is_real ? run.real_accumulated_time : run.cpu_accumulated_time;
    variant.times_ns.push_back(time * 1e9 /
                               static_cast<double>(run.iterations));
    for (const auto& [name, counter] : run.counters) {
      variant.counters[name].push_back(counter.value);
    }
  }
}

void RatioReporter::WriteRow(const Row& row) const {
  double floor_ns = 0;
  for (const Variant& variant : row.variants) {
    if (variant.name == "floor") floor_ns = Median(variant.times_ns);
  }
  fmt::print("\n{}\n", row.name);
  for (const Variant& variant : row.variants) {
    const double time_ns = Median(variant.times_ns);
    const std::string ratio =
        floor_ns > 0 ? fmt::format("{:.2f}", time_ns / floor_ns) : "";
    std::string line =
        fmt::format("  {:<12}{:>11}{:>9}   {}", variant.name, Time(time_ns),
                    ratio, Verdict(row.name, variant.name, time_ns, floor_ns));
    for (const auto& [name, values] : variant.counters) {
      line += CounterText(row.name, variant.name, name, Median(values));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
  }
}

void RatioReporter::Finalize() {
  for (Row& row : rows_) {
    std::ranges::sort(row.variants, {}, &Variant::order);
  }
  std::ranges::sort(rows_, {},
                    [](const Row& row) { return row.variants[0].order; });
  for (const Row& row : rows_) WriteRow(row);
}

}  // namespace mapfile::benchmarks
