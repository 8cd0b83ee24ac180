// Sleeping until another process publishes: woken late perhaps, never missed.
#include <filesystem>
#include <thread>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::Pipe;
using testing::TempDir;

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

MapFile OpenToUpdate(const std::string& path) {
  return Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
}

// Waits for each of `rounds` publications and acknowledges it: one that was
// missed is never followed by another.
int WatchRecord(const std::string& path, int rounds, const Pipe& ack) {
  const auto reader = MapFile::Open(path);
  if (!reader) return 1;
  Generation seen = Must(reader->Find("n")).Info()->version.generation;
  ack.Tell();
  for (int i = 1; i <= rounds; ++i) {
    const auto woken = reader->WaitFor("n", seen, seconds(30));
    if (!woken || *woken <= seen) return 2;
    seen = *woken;
    if (Must(reader->Get<int>("n")) != i) return 3;
    ack.Tell();
  }
  return 0;
}

int WatchFile(const std::string& path, int rounds, const Pipe& ack) {
  const auto reader = MapFile::Open(path);
  if (!reader) return 1;
  std::uint64_t seen = reader->activity();
  ack.Tell();
  for (int i = 1; i <= rounds; ++i) {
    for (;;) {
      const auto woken = reader->WaitForActivity(seen, seconds(30));
      if (!woken) return 2;
      seen = *woken;
      if (Must(reader->Get<int>("n")) == i) break;
    }
    ack.Tell();
  }
  return 0;
}

template <class F>
void PublishTo(F&& watch, int rounds, bool blind) {
  const TempDir dir(true);
  testing::OpenToNobody(dir.path());
  const std::string path = dir / "a.map";
  MapFile file = Create(path);
  Must(file.Put("n", 0));
  if (blind) {
    std::filesystem::permissions(path, std::filesystem::perms{0444});
  }
  const Pipe ack;
  Child watcher([&] {
    if (blind && !testing::BecomeNobody()) return 9;
    return watch(path, rounds, ack);
  });
  ack.Hear();
  for (int i = 1; i <= rounds; ++i) {
    Must(file.Put("n", i));
    ack.Hear();
  }
  CHECK(watcher.Wait() == 0);
}

TEST_CASE("a watcher of a record misses nothing") {
  PublishTo(WatchRecord, 300, false);
}

TEST_CASE("nor does one with read permission only") {
  PublishTo(WatchRecord, 60, true);
}

TEST_CASE("a watcher of the file misses nothing") {
  PublishTo(WatchFile, 300, false);
}

TEST_CASE("nor does that one with read permission only") {
  PublishTo(WatchFile, 60, true);
}

TEST_CASE("a record that isn't there yet, or is removed, is waited for") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const Pipe ready;
  Child watcher([&] {
    const MapFile reader = Must(MapFile::Open(dir / "a.map"));
    ready.Tell();
    const auto first = reader.WaitFor("late", 0, seconds(30));
    if (!first) return 1;
    ready.Tell();
    const auto second = reader.WaitFor("late", *first, seconds(30));
    return second && *second > *first ? 0 : 2;
  });
  ready.Hear();
  Must(file.Put("late", 1));
  ready.Hear();
  Must(file.Remove("late"));
  Must(file.Put("another", 1));
  std::this_thread::sleep_for(milliseconds(20));
  Must(file.Put("late", 2));
  CHECK(watcher.Wait() == 0);
}

TEST_CASE("a time-out is one, whatever its length") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const Generation now = Must(file.Put("n", 1));
  for (const nanoseconds timeout :
       {nanoseconds::min(), nanoseconds(-1), nanoseconds(0), nanoseconds(1),
        nanoseconds(milliseconds(30))}) {
    CHECK(CodeOf(file.WaitFor("n", now, timeout)) == Code::kTimeout);
    CHECK(CodeOf(file.WaitFor("none", 0, timeout)) == Code::kTimeout);
    CHECK(CodeOf(file.WaitForActivity(file.activity(), timeout)) ==
          Code::kTimeout);
  }
  CHECK(Must(file.WaitFor("n", 0, nanoseconds(0))) == now);
  CHECK(Must(file.Wait("n", now - 1)) == now);
}

TEST_CASE("activity changes with whatever a watcher should look at") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  std::uint64_t last = reader.activity();
  const auto changed = [&] {
    const std::uint64_t former = std::exchange(last, reader.activity());
    return former != last;
  };
  Must(file.Put("n", 1));
  CHECK(changed());
  Must(file.Put("n", 1));
  CHECK(changed());
  Must(file.Remove("n"));
  CHECK(changed());
  CHECK(!changed());
  CHECK(reader.activity() == file.activity());
  Must(file.Close());
  CHECK(!changed());
  const MapFile fresh =
      Must(MapFile::Open(dir / "a.map", {.mode = Mode::kRecreate}));
  CHECK(changed());
  CHECK(!changed());
}

// The updates that the writer slots count.
std::uint64_t Updates(const MapFile& file) { return Must(file.Info()).updates; }

// A process that publishes "n", takes back that it has counted it, and dies:
// what a kill between the two leaves.
struct KilledBeforeCount {
  const Pipe ready;
  const Pipe go;
  Child child;

  explicit KilledBeforeCount(const std::string& path)
      : child([this, path] {
          MapFile file = OpenToUpdate(path);
          const Generation now = Must(file.Put("n", 1));
          ready.Tell(static_cast<std::int64_t>(now));
          go.Hear();
          const std::uint64_t before = Updates(file);
          Must(file.Put("n", 2));
          for (std::uint64_t i = 0; i < format::kWriterSlots; ++i) {
            auto* slot = static_cast<format::WriterSlot*>(Must(file.AddressOf(
                format::kWritersOffset + i * sizeof(format::WriterSlot))));
            if (slot->pid == static_cast<std::uint32_t>(getpid())) {
              slot->updates -= Updates(file) - before;
            }
          }
          raise(SIGKILL);
          return 1;
        }) {}
};

TEST_CASE("what a writer didn't live to count is told by its death") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  { const MapFile made = Create(path); }
  KilledBeforeCount writer(path);
  const auto first = static_cast<Generation>(writer.ready.Hear());
  const MapFile reader = Must(MapFile::Open(path));
  const std::uint64_t updates = Updates(reader);
  const std::uint64_t seen = reader.activity();
  writer.go.Tell();
  CHECK(writer.child.Wait() == -SIGKILL);
  CHECK(Updates(reader) == updates);
  CHECK(Must(reader.WaitForActivity(seen, seconds(30))) != seen);
  VersionInfo version;
  CHECK(Must(reader.Get<int>("n", &version)) == 2);
  CHECK(version.generation > first);
  // Told once; nor does a new tenant of the slot hide it.
  const std::uint64_t told = reader.activity();
  CHECK(CodeOf(reader.WaitForActivity(told, milliseconds(30))) ==
        Code::kTimeout);
  MapFile next = OpenToUpdate(path);
  CHECK(reader.activity() != seen);
  CHECK(reader.activity() >= told);
}

TEST_CASE("a death wakes a sleeper that has read permission only") {
  const TempDir dir(true);
  testing::OpenToNobody(dir.path());
  const std::string path = dir / "a.map";
  { MapFile made = Create(path); }
  const Pipe ready;
  Child writer([&] {
    const MapFile file = OpenToUpdate(path);
    ready.Tell();
    pause();
    return 0;
  });
  ready.Hear();
  Child watcher([&] {
    if (!testing::BecomeNobody()) return 9;
    const MapFile reader = Must(MapFile::Open(path));
    const std::uint64_t seen = reader.activity();
    ready.Tell();
    const auto woken = reader.WaitForActivity(seen, seconds(30));
    return woken && *woken != seen ? 0 : 1;
  });
  ready.Hear();
  writer.Kill();
  CHECK(watcher.Wait() == 0);
}

TEST_CASE("nobody waits for ever in a file that was replaced") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  {
    MapFile file = Create(path);
    Must(file.Put("n", 1));
  }
  const MapFile reader = Must(MapFile::Open(path));
  const Generation seen = Must(reader.Find("n")).Info()->version.generation;
  Result<Generation> waited = Generation{};
  Result<Generation> missing = Generation{};
  std::thread on_record([&] { waited = reader.Wait("n", seen); });
  std::thread on_name([&] { missing = reader.Wait("none", 0); });
  std::this_thread::sleep_for(milliseconds(20));
  MapFile fresh = Must(MapFile::Open(path, {.mode = Mode::kRecreate}));
  on_record.join();
  on_name.join();
  CHECK(CodeOf(waited) == Code::kConflict);
  CHECK(CodeOf(missing) == Code::kConflict);
  CHECK(Must(reader.Get<int>("n")) == 1);
}

TEST_CASE("closing the file ends a wait") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const Generation now = Must(file.Put("n", 1));
  Result<Generation> waited = Generation{};
  std::thread waiter([&] { waited = file.Wait("n", now); });
  std::this_thread::sleep_for(milliseconds(20));
  Must(file.Close());
  waiter.join();
  CHECK(CodeOf(waited) == Code::kClosed);
}

}  // namespace
}  // namespace mapfile
