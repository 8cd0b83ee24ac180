#include "mapfile/counters.h"

#include <doctest/doctest.h>

#include <csignal>
#include <cstddef>
#include <fstream>
#include <thread>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile::testing {
namespace {

std::uint64_t CountOf(const MapFile& file, std::string_view counter) {
  return Must(file.Get<CounterSet>("daq/c")).count(counter);
}

TEST_CASE("counts are seen at once, without a new version") {
  const TempDir dir(true);
  auto file = Create(dir / "c.map");
  auto counters = Must(Counters::Open(file, "daq/c", {"in", "out"}));
  const auto reader = Must(MapFile::Open(dir / "c.map"));
  const auto before = Must(reader.Find("daq/c")).Info()->version.generation;
  CHECK(Must(counters.Add(1)) == 1);
  CHECK(Must(counters.Add(1, 41)) == 42);
  CHECK(CountOf(reader, "out") == 42);
  CHECK(CountOf(reader, "in") == 0);
  CHECK(Must(reader.Find("daq/c")).Info()->version.generation == before);
  CHECK(CodeOf(counters.Add(2)) == Code::kInvalidArgument);
  CHECK(Must(counters.Get()).name() == "c");
}

TEST_CASE("several processes and threads count together, none is lost") {
  const TempDir dir(true);
  auto file = Create(dir / "c.map");
  Must(Counters::Open(file, "daq/c", {"in", "out"}));
  constexpr int kEach = 20000;
  const auto count = [&](int threads) {
    auto own = Must(MapFile::Open(dir / "c.map", {.mode = Mode::kUpdate}));
    auto counters = Must(Counters::Open(own, "daq/c", {"in", "out"}));
    std::vector<std::jthread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back([copy = counters]() mutable {
        for (int i = 0; i < kEach; ++i) Must(copy.Add(i % 2));
      });
    }
    return 0;
  };
  Child first([&] { return count(2); });
  Child second([&] { return count(1); });
  CHECK(first.Wait() == 0);
  CHECK(second.Wait() == 0);
  CHECK(CountOf(file, "in") == 3 * kEach / 2);
  CHECK(CountOf(file, "out") == 3 * kEach / 2);
}

TEST_CASE("a producer that is killed loses nothing and blocks nobody") {
  const TempDir dir(true);
  auto file = Create(dir / "c.map");
  auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
  for (int round = 0; round < 5; ++round) {
    Child child([&]() -> int {
      auto own = Must(MapFile::Open(dir / "c.map", {.mode = Mode::kUpdate}));
      auto mine = Must(Counters::Open(own, "daq/c", {"in"}));
      for (;;) Must(mine.Add(0));
    });
    const std::uint64_t seen = CountOf(file, "in");
    while (CountOf(file, "in") < seen + 1000) std::this_thread::yield();
    child.Kill();
    const std::uint64_t last = CountOf(file, "in");
    CHECK(Must(counters.Add(0)) == last + 1);
  }
}

TEST_CASE("Put sets counters, which go on from there") {
  const TempDir dir(true);
  auto file = Create(dir / "c.map");
  auto counters = Must(Counters::Open(file, "daq/c", {"in", "out"}));
  Must(counters.Add(0, 5));
  CounterSet reset("c", {"in", "out"});
  reset.Add(1, 100);
  Must(file.Put("daq/c", reset));
  CHECK(Must(counters.Add(1)) == 101);
  CHECK(CountOf(file, "in") == 0);
  // Opened again, they keep what they have.
  CHECK(Must(Must(Counters::Open(file, "daq/c", {"in", "out"})).Get())
            .count("out") == 101);
}

TEST_CASE("another class, other counters, or nothing at all") {
  const TempDir dir(true);
  auto file = Create(dir / "c.map");
  auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
  CHECK(CodeOf(Counters::Open(file, "daq/c", {"out"})) == Code::kTypeMismatch);
  Must(file.Put("daq/c", CounterSet("c", {"more", "in"})));
  CHECK(CodeOf(counters.Add(0)) == Code::kTypeMismatch);
  Must(file.Put("daq/c", 7.5));
  CHECK(CodeOf(counters.Add(0)) == Code::kTypeMismatch);
  CHECK(CodeOf(Counters::Open(file, "daq/c", {"in"})) == Code::kTypeMismatch);
  CHECK(Must(file.Get<double>("daq/c")) == 7.5);
  Must(file.Remove("daq/c"));
  CHECK(CodeOf(counters.Add(0)) == Code::kNotFound);
  const auto reader = Must(MapFile::Open(dir / "c.map"));
  auto copy = reader;
  CHECK(CodeOf(Counters::Open(copy, "daq/d", {"in"})) == Code::kReadOnly);
  Must(file.Close());
  CHECK(CodeOf(counters.Add(0)) == Code::kClosed);
}

// Like a power cut: the producer is gone, and so is the boot it ran in.
void CutPower(const std::string& path) {
  std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(offsetof(format::FileHeader, boot_id));
  bytes.write("another boot", 12);
}

TEST_CASE("what was synced is there after a power cut, counting or not") {
  const TempDir dir;
  const std::string path = dir / "c.map";
  Child producer([&] {
    auto file = Create(path, {.durable = true});
    auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
    Must(counters.Add(0, 5));
    static_cast<void>(file.Sync());  // NotDurable in memory: no matter
    for (int i = 0; i < 3; ++i) Must(counters.Add(0));
    kill(getpid(), SIGKILL);
    return 0;
  });
  CHECK(producer.Wait() == -SIGKILL);
  CutPower(path);
  auto file = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
  CHECK(CountOf(file, "in") == 5);
  auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
  CHECK(Must(counters.Add(0)) == 6);
}

TEST_CASE("a version with a checksum stays, counting goes on in a copy") {
  const TempDir dir;
  const std::string path = dir / "c.map";
  {
    auto file = Create(path);
    auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
    Must(counters.Add(0, 3));
    Must(file.Close());
  }
  auto file = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
  CHECK(CountOf(file, "in") == 3);
  auto counters = Must(Counters::Open(file, "daq/c", {"in"}));
  const Generation before = Must(counters.Info()).version.generation;
  CHECK(Must(counters.Add(0)) == 4);
  CHECK(Must(counters.Add(0)) == 5);
  CHECK(Must(counters.Info()).version.generation == before + 1);
  CHECK(Has(Must(ToJson(file, Must(counters.GetRaw(before)))),
            "\"counts\": [3]"));
}

}  // namespace
}  // namespace mapfile::testing
