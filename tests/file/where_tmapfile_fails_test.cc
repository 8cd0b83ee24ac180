// Fourteen ways in which TMapFile fails its users, each tried on a map file:
// a case for each, with real processes.
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <optional>

#include "tests/file/file_test_support.h"
#include "tests/support/mount.h"

namespace mapfile {
namespace evolved {

// RunState as a later program has it: its rate has become a text.
struct RunState {
  std::int64_t run = 0;
  std::string rate_hz;
};
MAPFILE_DESCRIBE(RunState, 2, run, rate_hz)

}  // namespace evolved

namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Eventually;
using testing::Has;
using testing::MessageOf;
using testing::Mounted;
using testing::Must;
using testing::TempDir;

struct World {
  TempDir dir{true};
  std::string path = dir / "run.map";

  Result<MapFile> Update() const {
    return MapFile::Open(path, {.mode = Mode::kUpdate});
  }
  MapFile Reader() const { return Must(MapFile::Open(path)); }
};

// In a child, where a failed check would go unseen: its exit status.
int Failed(int line = __builtin_LINE()) { return line % 200 + 1; }

// Dies as by `kill -9`.
int Die() { return raise(SIGKILL); }

// Every bin holds the same; how much, or none if they differ.
std::optional<double> Level(const Histogram1D& histogram) {
  const double first = histogram.BinContent(1);
  for (std::uint32_t bin = 1; bin <= histogram.axis().bins(); ++bin) {
    if (histogram.BinContent(bin) != first) return std::nullopt;
  }
  return first;
}

// Raises all bins by 1 and publishes, until it is killed.
int RaiseForEver(const World& world, std::uint32_t bins) {
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
  const World world;
  MapFile file = Must(world.Update());
  const auto number = std::make_unique<double>(1.5);
  Must(file.Add(*number, "number"));
  // The object lies where new put it, and that is not in the file.
  CHECK(!MapFile::WhichMapFile(number.get()));
  CHECK(Must(world.Reader().Get<double>("number")) == 1.5);
}

TEST_CASE("2: nothing is mapped over, and two files share an address") {
  const World one;
  const World two;
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
  const World world;
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
  const World world;
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
  const World world;
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
  const World world;
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
  const World world;
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
  const World world;
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

TEST_CASE("8: a consumer sees what is added, replaced and opened again") {
  const World world;
  std::optional<MapFile> producer = Must(world.Update());
  const MapFile consumer = world.Reader();  // Before the first Add
  CHECK(Must(consumer.List()).empty());
  Must(producer->Put("first", 1));
  CHECK(Must(consumer.Get<int>("first")) == 1);
  Must(producer->Remove("first"));
  Must(producer->Put("first", std::string("other")));
  CHECK(Must(consumer.Get<std::string>("first")) == "other");
  Must(producer->Close());
  producer.reset();
  CHECK(Must(consumer.Get<std::string>("first")) == "other");
  producer = Must(world.Update());
  Must(producer->Put("first", std::string("again")));
  Must(producer->Put("large", std::vector<double>(1'000'000, 2)));
  CHECK(Must(consumer.Get<std::string>("first")) == "again");
  CHECK(Must(consumer.Get<std::vector<double>>("large")).size() == 1'000'000);
}

TEST_CASE("9: removing and adding again leaks nothing") {
  const World world;
  MapFile file = Must(world.Update());
  const std::vector<double> object(1024);
  const auto cycle = [&] {
    Must(file.Add(object, "object"));
    for (int i = 0; i < 3; ++i) Must(file.Update());
    Must(file.Remove("object"));
  };
  cycle();
  const std::uint64_t used = Must(file.Info()).heap.used_bytes;
  const std::uint64_t size = file.size_bytes();
  for (int i = 0; i < 1000; ++i) cycle();
  CHECK(Must(file.Info()).heap.used_bytes == used);
  CHECK(file.size_bytes() == size);
}

TEST_CASE("10: a small object beside a large one stays small") {
  const World world;
  MapFile file = Must(world.Update());
  Must(file.Put("large", std::vector<double>(100'000)));
  const std::uint64_t size = file.size_bytes();
  for (int i = 0; i < 100; ++i) Must(file.Put("r" + std::to_string(i), i));
  const RecordInfo info = Must(Must(file.Find("r50")).Info());
  CHECK(info.version.size_bytes == sizeof(int));  // Of the data
  CHECK(info.buffer_bytes < 256);
  CHECK(file.size_bytes() < size + 300'000);
}

TEST_CASE("11: an added object may be deleted") {
  const World world;
  MapFile file = Must(world.Update());
  const Axis axis = RegularAxis(10, 0, 10);
  auto gone = std::make_unique<Histogram1D>("gone", axis);
  Histogram1D stays("stays", axis);
  Must(file.Add(*gone));
  Must(file.Add(stays));
  gone.reset();
  stays.Fill(5);
  Must(file.Update());
  CHECK(Must(file.Get<Histogram1D>("stays")).entries() == 1);
  CHECK(Must(file.Get<Histogram1D>("gone")).entries() == 0);
}

TEST_CASE("12: one file after another, and exit without Close as a reader") {
  const World world;
  const World other;
  Child process([&] {
    static std::optional<MapFile> never_closed;
    auto first = world.Update();
    if (!first || !first->Put("a", 1) || !first->Close()) return Failed();
    auto second = other.Update();
    if (!second || !second->Put("b", 2) || first->is_open()) return Failed();
    auto reader = MapFile::Open(world.path);
    if (!reader || !reader->Get<int>("a")) return Failed();
    never_closed = *reader;
    std::exit(0);  // With destructors of statics, in whatever order
  });
  CHECK(process.Wait() == 0);
  CHECK(Must(other.Reader().Get<int>("b")) == 2);
}

TEST_CASE("13: full, truncated and limited files give errors") {
  const World world;
  {
    const TempDir dir;
    const Mounted small = Mounted::Tmpfs(dir.path(), 512);
    if (small) {
      MapFile file = Create(dir / "run.map");
      Must(file.Put("a", 1));
      CHECK(CodeOf(file.Put("b", std::vector<double>(100'000))) ==
            Code::kNoSpace);
      CHECK(Must(file.Get<int>("a")) == 1);
    } else {
      MESSAGE("skipped in part: no permission to mount a tmpfs");
    }
  }
  Child limited([&] {
    const rlimit small{300'000, 300'000};
    auto file = world.Update();
    if (setrlimit(RLIMIT_FSIZE, &small) != 0 || !file) return Failed();
    const auto put = file->Put("b", std::vector<double>(100'000));
    return CodeOf(put) == Code::kNoSpace && file->Put("a", 1) ? 0 : Failed();
  });
  CHECK(limited.Wait() == 0);
  const MapFile reader = world.Reader();
  REQUIRE(truncate(world.path.c_str(), 8192) == 0);
  CHECK(CodeOf(reader.Get<int>("a")) == Code::kIo);
  const MapFile sized = Create(world.dir / "b.map", {.max_size_bytes = 1_MiB});
  CHECK(CodeOf(MapFile(sized).Put("b", std::vector<double>(200'000))) ==
        Code::kNoSpace);
  CHECK(std::filesystem::file_size(world.dir / "b.map") <= 1_MiB);
}

// Stores a word in the file as anybody with a pen could.
void Scribble(const std::string& path, std::uint64_t offset,
              std::uint64_t word) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(reinterpret_cast<const char*>(&word), sizeof word);
}

TEST_CASE("14: another version of a class, or a wrong count, is an error") {
  const World world;
  MapFile file = Must(world.Update());
  Must(file.Put("run", RunState{42, 7.5}));
  const auto other = file.Get<evolved::RunState>("run");
  CHECK(CodeOf(other) == Code::kTypeMismatch);
  CHECK(Has(MessageOf(other), "rate_hz"));
  Must(file.Put("values", std::vector<double>{1, 2, 3}));
  const RecordInfo info = Must(Must(file.Find("values")).Info());
  // {u64 offset, u64 count}: the count.
  for (const std::uint64_t count : {4ull, 1000ull, 1ull << 60, ~0ull}) {
    Scribble(world.path, info.buffer_offset + 8, count);
    const auto got = file.Get<std::vector<double>>("values");
    CHECK(CodeOf(got) == Code::kCorrupt);
    CHECK(Has(MessageOf(got), "values"));
  }
  Scribble(world.path, info.buffer_offset + 8, 3);
  CHECK(Must(file.Get<std::vector<double>>("values")).size() == 3);
}

}  // namespace
}  // namespace mapfile
