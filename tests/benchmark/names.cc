// Files with many records: adding, finding and listing them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "mapfile/mapfile.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;
using Clock = std::chrono::steady_clock;

const Options kLarge = {.max_size_bytes = std::uint64_t{4} << 30};

// 24 characters.
std::string NameOf(int number) {
  std::string digits = std::to_string(number);
  digits.insert(0, 10 - digits.size(), '0');
  return "detector/cell_" + digits;
}

MapFile MakeFile(const std::string& path, int records) {
  MapFile file = OpenOrGiveUp(path, true, kLarge);
  for (int i = 0; i < records; ++i) {
    if (auto put = file.Put(NameOf(i), std::int64_t{i}); !put) {
      GiveUp(put.error().message());
    }
  }
  return file;
}

// The same file for all rows of a size: making it takes longer than they do.
MapFile& FileOf(int records) {
  struct Kept {
    Place place;
    std::optional<MapFile> file;
  };
  static std::map<int, Kept> files;
  Kept& kept = files[records];
  if (!kept.file) kept.file = MakeFile(kept.place.path(), records);
  return *kept.file;
}

// Names out of the first `count`, in an order that no cache foresees.
std::vector<std::string> Shuffled(int count) {
  std::mt19937 random(1);
  std::vector<std::string> names;
  for (int i = 0; i < std::min(count, 1 << 18); ++i) {
    names.push_back(
        NameOf(static_cast<int>(random() % static_cast<unsigned>(count))));
  }
  return names;
}

template <class Search>
void Repeat(State& state, int count, Search search) {
  const std::vector<std::string> names = Shuffled(count);
  std::size_t next = 0;
  for (auto _ : state) {
    if (!search(names[next])) return state.SkipWithError("not found");
    if (++next == names.size()) next = 0;
  }
}

// `count` of the file's names.
void Find(State& state, int records, int count) {
  MapFile& file = FileOf(records);
  Repeat(state, count,
         [&](const std::string& name) { return file.Find(name).has_value(); });
}

// What a program's own table would take.
void FindInTable(State& state, int records, int count) {
  std::unordered_map<std::string, std::int64_t> table;
  for (int i = 0; i < records; ++i) table.emplace(NameOf(i), i);
  Repeat(state, count, [&](const std::string& name) {
    return table.find(name) != table.end();
  });
}

void List(State& state, int records) {
  MapFile& file = FileOf(records);
  for (auto _ : state) benchmark::DoNotOptimize(file.List());
}

// Adds records to an empty file: the time of one, the longest, the bytes.
void Add(State& state, int records) {
  std::vector<std::string> names;
  for (int i = 0; i < records; ++i) names.push_back(NameOf(i));
  for (auto _ : state) {
    const Place place;
    MapFile file = OpenOrGiveUp(place.path(), true, kLarge);
    const std::uint64_t empty = file.size_bytes();
    std::chrono::duration<double> longest{0};
    const auto start = Clock::now();
    auto last = start;
    for (const std::string& name : names) {
      if (!file.Put(name, std::int64_t{1})) GiveUp("Put failed");
      const auto now = Clock::now();
      longest = std::max<std::chrono::duration<double>>(longest, now - last);
      last = now;
    }
    const std::chrono::duration<double> all = last - start;
    state.SetIterationTime(all.count() / records);
    state.counters["longest_ms"] = longest.count() * 1e3;
    state.counters["B_each"] =
        static_cast<double>(file.size_bytes() - empty) / records;
  }
}

void RegisterFind(const std::string& row, int records, int count) {
  benchmark::RegisterBenchmark((row + "/floor").c_str(), [=](State& state) {
    FindInTable(state, records, count);
  });
  benchmark::RegisterBenchmark((row + "/mapfile").c_str(), [=](State& state) {
    Find(state, records, count);
  });
}

}  // namespace

void RegisterNames() {
  for (const int records : {10, 1000, 100'000, 1'000'000}) {
    const std::string size = std::to_string(records);
    RegisterFind("find/all of " + size, records, records);
    RegisterFind("find, 10 hot names/of " + size, records, 10);
    if (records == 100'000) {
      benchmark::RegisterBenchmark(("list/" + size + "/mapfile").c_str(),
                                   [=](State& state) { List(state, records); });
    }
  }
  benchmark::RegisterBenchmark("add/1000000 records/mapfile",
                               [](State& state) { Add(state, 1'000'000); })
      ->Iterations(1)
      ->UseManualTime();
}

}  // namespace mapfile::benchmarks
