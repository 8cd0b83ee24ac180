// The benchmark program: see CONTRIBUTING.md. Options are Google Benchmark's
// and two of its own.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmark/report.h"
#include "tests/benchmark/stores.h"

namespace {

namespace benchmarks = mapfile::benchmarks;

constexpr int kUsageError = 2;

// What is asked for unless the command line says something else.
std::vector<std::string> WithDefaults(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  words.insert(words.begin() + 1,
               {"--benchmark_repetitions=5", "--benchmark_min_time=0.05",
                "--benchmark_enable_random_interleaving=true"});
  return words;
}

// Takes --long, which asks for the rows that take a minute each, out of
// `words`.
bool TakeLong(std::vector<std::string>* words) {
  return std::erase(*words, "--long") != 0;
}

// Takes --folder=DIR, where the files are made, out of `words`; false: there
// is nothing that could be written to.
bool TakeFolder(std::vector<std::string>* words) {
  constexpr std::string_view kOption = "--folder=";
  std::erase_if(*words, [&](const std::string& word) {
    if (!word.starts_with(kOption)) return false;
    benchmarks::SetFolder(word.substr(kOption.size()));
    return true;
  });
  const std::string& folder = benchmarks::Folder();
  if (access(folder.c_str(), W_OK | X_OK) == 0) return true;
  std::fprintf(stderr, "benchmark: can't write to the folder %s\n",
               folder.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words = WithDefaults(argc, argv);
  if (!TakeFolder(&words)) return 1;
  const bool is_long = TakeLong(&words);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  int count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);
  benchmarks::RegisterAll();
  if (is_long) benchmarks::RegisterSteady();
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) {
    return kUsageError;
  }
  benchmarks::RatioReporter reporter;
  if (benchmark::RunSpecifiedBenchmarks(&reporter) == 0) return kUsageError;
  for (const std::string& peer : benchmarks::MissingPeers()) {
    std::printf("\nNot installed, left out: %s\n", peer.c_str());
  }
  return reporter.has_failed() ? 1 : 0;
}
