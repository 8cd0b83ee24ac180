// Ways in which TMapFile fails its users, each tried on a map file with real
// processes: the first seven of fourteen, about addresses, locks and death.
#include <sched.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/file/where_tmapfile_fails.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Die;
using testing::Eventually;
using testing::Failed;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::Place;

// Every bin holds the same; how much, or none if they differ.
std::optional<double> Level(const Histogram1D& histogram) {
  const double first = histogram.BinContent(1);
  for (std::uint32_t bin = 1; bin <= histogram.axis().bins(); ++bin) {
    if (histogram.BinContent(bin) != first) return std::nullopt;
  }
  return first;
}

// Raises all bins by 1 and publishes, until it is killed.
int RaiseForEver(const Place& world, std::uint32_t bins) {
  auto file = world.Update();
  if (!file) return Failed();
  const Axis axis = RegularAxis(bins, 0, bins);
  Histogram1D one("energy", axis);
  for (std::uint32_t i = 0; i < bins; ++i) one.Fill(i + 0.5);
  Histogram1D energy("energy", axis);
  auto record = file->Add(energy);
  while (record && energy.Merge(one) && record->Update()) {
  }
  return Failed();
}

TEST_CASE("1: no allocator has to be replaced") {
  const Place world;
  MapFile file = Must(world.Update());
  const auto number = std::make_unique<double>(1.5);
  Must(file.Add(*number, "number"));
  // The object lies where new put it, and that is not in the file.
  CHECK(!MapFile::WhichMapFile(number.get()));
  CHECK(Must(world.Reader().Get<double>("number")) == 1.5);
}

TEST_CASE("2: nothing is mapped over, and two files share an address") {
  const Place one;
  const Place two;
  MapFile::SetMapAddress(0x46000000);  // TMapFile's own choice
  MapFile first = Must(one.Update());
  MapFile second = Must(two.Update());
  const MapFile first_reader = one.Reader();
  const MapFile second_reader = two.Reader();
  MapFile::SetMapAddress(0);
  // Something of this program's, close by.
  std::vector<char> neighbour(1 << 20, 'n');
  for (int i = 0; i < 40; ++i) {
    const std::string name = "r" + std::to_string(i);
    Must(first.Put(name, std::vector<int>(200'000, i)));
    Must(second.Put(name, std::vector<int>(200'000, -i)));
  }
  for (int i = 0; i < 40; ++i) {
    const std::string name = "r" + std::to_string(i);
    CHECK(Must(first_reader.Get<std::vector<int>>(name))[7] == i);
    CHECK(Must(second_reader.Get<std::vector<int>>(name))[7] == -i);
  }
  CHECK(neighbour == std::vector<char>(1 << 20, 'n'));
}

TEST_CASE("3: a producer that was killed, or never closed, leaves no lock") {
  const Place world;
  for (const bool killed : {true, false}) {
    Child producer([&] {
      auto file = world.Update();
      if (!file || !file->Put("a", 1) || !file->AcquireLock()) return Failed();
      if (killed) return Die();
      _exit(0);  // Without Close
    });
    CHECK(producer.Wait() == (killed ? -SIGKILL : 0));
    // At once, for writing, as the only producer.
    MapFile next = Must(world.Update());
    CHECK(next.writable());
    Must(next.Put("a", 2));
    CHECK(Must(next.Info()).producers.size() == 1);
  }
}

TEST_CASE("3: two living producers grow a file together") {
  const Place world;
  MapFile mine = Must(world.Update());
  Child other([&] {
    auto file = world.Update();
    if (!file) return Failed();
    for (int i = 0; i < 300; ++i) {
      const std::vector<int> values(1000 + i * 10, i);
      if (!file->Put("theirs" + std::to_string(i), values)) return Failed();
      if (!file->Put("shared", values)) return Failed();
    }
    return 0;
  });
  for (int i = 0; i < 300; ++i) {
    const std::vector<int> values(1000 + i * 10, i);
    Must(mine.Put("mine" + std::to_string(i), values));
    Must(mine.Put("shared", values));
  }
  CHECK(other.Wait() == 0);
  for (int i = 0; i < 300; ++i) {
    for (const char* who : {"mine", "theirs"}) {
      CHECK(Must(mine.Get<std::vector<int>>(who + std::to_string(i))) ==
            std::vector<int>(1000 + i * 10, i));
    }
  }
  CHECK(Must(mine.heap().Check()).empty());
}

TEST_CASE("4: nobody replaces a living producer's file unnoticed") {
  const Place world;
  MapFile producer = Must(world.Update());
  Must(producer.Put("a", 1));
  const MapFile consumer = world.Reader();
  Child rival([&] {
    const auto file = MapFile::Open(world.path, {.mode = Mode::kRecreate});
    return CodeOf(file) == Code::kBusy && Has(MessageOf(file), "pid")
               ? 0
               : Failed();
  });
  CHECK(rival.Wait() == 0);
  CHECK(consumer.path_state() == PathState::kSame);
  Must(producer.Put("a", 2));
  Child insistent([&] {
    auto file =
        MapFile::Open(world.path, {.mode = Mode::kRecreate, .force = true});
    return file && file->Put("a", 3) ? 0 : Failed();
  });
  // Who sleeps on the old file is woken, and everybody is told.
  CHECK(insistent.Wait() == 0);
  CHECK(consumer.path_state() == PathState::kReplaced);
  CHECK(Must(consumer.Get<int>("a")) == 2);
  const auto put = producer.Put("a", 4);
  CHECK(CodeOf(put) == Code::kConflict);
  CHECK(Has(MessageOf(put), "another file has taken its place"));
  CHECK(Must(world.Reader().Get<int>("a")) == 3);
}

TEST_CASE("5: a kill inside Update of 100,000 bins leaves a whole object") {
  const Place world;
  std::optional<MapFile> reader;
  double last = 0;
  int alive = 0;
  Generation before = 0;
  for (int kill = 0; kill < 40; ++kill) {
    Child producer([&] { return RaiseForEver(world, 100'000); });
    // Its second version is out, and it goes on.
    REQUIRE(Eventually([&] {
      if (!reader) {
        auto opened = MapFile::Open(world.path);
        if (opened) reader = *opened;
      }
      VersionInfo seen;
      if (!reader || !reader->Get<Histogram1D>("energy", &seen)) return false;
      return seen.generation > before + 1;
    }));
    usleep(static_cast<useconds_t>(5000 + kill * 137 % 3000));
    CHECK(producer.Kill() == -SIGKILL);
    VersionInfo seen;
    const auto level = Level(Must(reader->Get<Histogram1D>("energy", &seen)));
    before = seen.generation;
    REQUIRE(level);
    alive += *level != last;
    last = *level;
  }
  CHECK(alive > 0);
  CHECK(Must(Must(world.Update()).heap().Check()).empty());
}

TEST_CASE("6: other namespaces of IPC and pids have the same lock") {
  const Place world;
  Child other([&] {
    if (unshare(CLONE_NEWIPC | CLONE_NEWPID) != 0) return 250;
    Child inside([&] { return RaiseForEver(world, 1000); });
    usleep(300'000);
    inside.Kill();
    return 0;
  });
  MapFile mine = Must(world.Update());
  Must(mine.AcquireLock(std::chrono::seconds(5)));
  Must(mine.ReleaseLock());
  int seen = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto energy = mine.Get<Histogram1D>("energy");
    if (!energy) {
      usleep(100);
      continue;
    }
    REQUIRE(Level(*energy));
    ++seen;
    Must(mine.Put("mine", i));
  }
  const int status = other.Wait();
  if (status == 250) {
    MESSAGE("skipped: no permission to make namespaces");
    return;
  }
  CHECK(status == 0);
  CHECK(seen > 0);
  CHECK(Must(mine.heap().Check()).empty());
}

TEST_CASE("7: a stopped or killed consumer blocks nobody") {
  const Place world;
  MapFile producer = Must(world.Update());
  std::vector<double> object(10'000);
  Must(producer.Add(object, "object"));
  Child consumer([&] {
    const auto file = MapFile::Open(world.path);
    while (file && file->Get<std::vector<double>>("object")) {
    }
    return Failed();
  });
  for (int round = 0; round < 20; ++round) {
    usleep(1000);
    consumer.Signal(SIGSTOP);
    for (int i = 0; i < 50; ++i) Must(producer.Update());
    consumer.Signal(SIGCONT);
  }
  CHECK(consumer.Kill() == -SIGKILL);
  Must(producer.Update());
  CHECK(Must(world.Reader().Get<std::vector<double>>("object")) == object);
}

}  // namespace
}  // namespace mapfile
