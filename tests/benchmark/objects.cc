// Classes: streamed through an encoder, and edited in place.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <string>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {
namespace {

using benchmark::State;

struct Event {
  std::int32_t run = 1;
  std::int64_t number = 2;
  double energy = 3;
  float charge = 4;
  bool is_good = true;
  std::uint16_t crate = 6;
  double x = 7;
  double y = 8;
  std::uint8_t quality = 9;
  std::uint64_t time_ns = 10;
  std::string comment = "a comment of some thirty bytes";
};

}  // namespace
}  // namespace mapfile::benchmarks

MAPFILE_DESCRIBE_AS(mapfile::benchmarks::Event, "Event", 1, (), run, number,
                    energy, charge, is_good, crate, x, y, quality, time_ns,
                    comment)

namespace mapfile::benchmarks {
namespace {

template <class T>
void PutObject(State& state, const T& object) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  if (!file.Put("object", object)) GiveUp("can't store the object");
  auto record = file.Find("object");
  for (auto _ : state) {
    if (!record->Put(object)) return state.SkipWithError("Put failed");
  }
}

template <class T>
void GetObject(State& state, const T& object) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  if (!file.Put("object", object)) GiveUp("can't store the object");
  auto record = file.Find("object");
  T seen = object;
  for (auto _ : state) {
    if (!record->Get(&seen)) return state.SkipWithError("Get failed");
    benchmark::DoNotOptimize(seen);
  }
}

template <class T, class Edit>
void ModifyObject(State& state, Edit edit) {
  const Place place;
  MapFile file = OpenOrGiveUp(place.path(), true);
  auto record = file.Emplace<T>("object");
  if (!record) GiveUp(record.error().message());
  for (auto _ : state) {
    if (!record->Modify(edit)) return state.SkipWithError("Modify failed");
  }
}

template <class Function>
void Register(const std::string& name, Function function) {
  benchmark::RegisterBenchmark((name + "/mapfile").c_str(), function);
}

}  // namespace

void RegisterObjects() {
  Register("put object/10 fields and a string",
           [](State& state) { PutObject(state, Event()); });
  Register("get object/10 fields and a string",
           [](State& state) { GetObject(state, Event()); });
  const Histogram1D histogram("h", RegularAxis(1000, 0, 1));
  Register("put object/Histogram1D, 1000 bins",
           [=](State& state) { PutObject(state, histogram); });
  Register("get object/Histogram1D, 1000 bins",
           [=](State& state) { GetObject(state, histogram); });
  Register("modify/64 B", [](State& state) {
    ModifyObject<std::array<std::int64_t, 8>>(state,
                                              [](auto& eight) { ++eight[3]; });
  });
  Register("modify/a number", [](State& state) {
    ModifyObject<std::int64_t>(state, [](auto& number) { ++number; });
  });
}

}  // namespace mapfile::benchmarks
