// The tools, from their start to their end.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

// A program whose output nobody sees. Bazel runs this one beside the tools.
bool RunProgram(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, pointers[0], &actions, nullptr,
                                 pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return failed == 0 && waitpid(child, &status, 0) == child && status == 0;
}

void Repeat(State& state, const std::vector<std::string>& words) {
  for (auto _ : state) {
    if (!RunProgram(words)) return state.SkipWithError("it failed");
  }
}

using Fill = std::function<void(MapFile& file)>;

// So many records with a number in each.
Fill Numbers(int records) {
  return [=](MapFile& file) {
    for (int i = 0; i < records; ++i) {
      if (!file.Put("x" + std::to_string(i), i)) GiveUp("Put failed");
    }
  };
}

// A record "h".
Fill HistogramOf(std::uint32_t bins) {
  return [=](MapFile& file) {
    Histogram1D h("h", RegularAxis(bins, 0, bins));
    for (std::uint32_t i = 0; i < bins; ++i) h.Fill(i + 0.5, i % 1000);
    if (!file.Put("h", h)) GiveUp("Put failed");
  };
}

void OnFile(State& state, const Fill& fill, std::vector<std::string> words) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  fill(file);
  words.insert(words.begin() + 1, place.path());
  Repeat(state, words);
}

void Register(const std::string& row, const Fill& fill,
              const std::vector<std::string>& words) {
  benchmark::RegisterBenchmark(
      ("tool/" + row + "/floor").c_str(),
      [](State& state) { Repeat(state, {"/bin/true"}); })
      ->UseRealTime();
  benchmark::RegisterBenchmark(
      ("tool/" + row + "/mapfile").c_str(),
      [=](State& state) { OnFile(state, fill, words); })
      ->UseRealTime();
}

}  // namespace

void RegisterTools() {
  Register("ls of 10", Numbers(10), {"tools/mapfile-ls"});
  Register("ls of 10000", Numbers(10'000), {"tools/mapfile-ls"});
  Register("get", Numbers(10), {"tools/mapfile-get", "x1"});
  Register("put", Numbers(10), {"tools/mapfile-put", "x1", "17"});
  Register("print of 1000000 bins", HistogramOf(1'000'000),
           {"tools/mapfile-print", "h"});
  Register("get of 100000 bins", HistogramOf(100'000),
           {"tools/mapfile-get", "h", "--json"});
}

}  // namespace mapfile::benchmarks
