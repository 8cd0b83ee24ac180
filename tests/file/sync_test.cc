// What Sync confirms, and to whom it says no.
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

// Where Sync works: on a disk.
struct Fixture {
  TempDir dir;
  bool on_disk = false;
  Fixture() {
    MapFile probe = Create(dir / "probe.map");
    on_disk = CodeOf(probe.Sync()) != Code::kNotDurable;
    if (!on_disk) MESSAGE("no disk here: tested in part");
  }
};
Generation Durable(const MapFile& file, const char* name) {
  return Must(Must(file.Find(name)).Info()).durable_generation;
}

TEST_CASE_FIXTURE(Fixture, "a durable file has what it was synced with") {
  MapFile file = Create(dir / "a.map", {.durable = true});
  const Generation first = Must(file.Put("n", 1));
  CHECK(Durable(file, "n") == 0);
  if (!on_disk) return;
  Must(file.Sync());
  CHECK(Durable(file, "n") == first);
  for (int i = 0; i < 10; ++i) Must(file.Put("n", 2 + i));
  CHECK(Durable(file, "n") == first);
  CHECK(Must(file.GetRaw("n", first)).bytes[0] == std::byte{1});
  Must(file.Sync());
  CHECK(Durable(file, "n") == first + 10);
}

TEST_CASE_FIXTURE(Fixture, "in others nothing is spared") {
  MapFile file = Create(dir / "a.map");
  Must(file.Put("n", 1));
  if (on_disk) Must(file.Sync());
  CHECK(Durable(file, "n") == 0);
}

TEST_CASE_FIXTURE(Fixture, "a record that can't be kept is named") {
  MapFile file = Create(dir / "a.map", {.durable = true});
  AddOptions two;
  two.slots = 2;
  Must(file.Put("small", 1, {.add = two}));
  if (!on_disk) return;
  const Status synced = file.Sync();
  CHECK(CodeOf(synced) == Code::kNotDurable);
  CHECK(Has(MessageOf(synced), "\"small\""));
}

TEST_CASE("in memory nothing is durable") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map", {.durable = true});
  Must(file.Put("n", 1));
  const Status synced = file.Sync();
  CHECK(CodeOf(synced) == Code::kNotDurable);
  CHECK(Has(MessageOf(synced), "memory"));
  MapFile reader = Must(MapFile::Open(dir / "a.map"));
  CHECK(CodeOf(reader.Sync()) == Code::kReadOnly);
}

TEST_CASE_FIXTURE(Fixture, "Sync gets along with a writer in its way") {
  MapFile file = Create(dir / "a.map", {.durable = true});
  Must(file.Put("n", 1));
  Child writer([&] {
    MapFile own = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
    for (int i = 0;; ++i) {
      Must(own.Put("n", i));
      if (i % 20 == 0) Must(own.Put("r" + std::to_string(i % 100), i));
      if (i % 30 == 0) (void)own.Remove("r0");
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return 0;
  });
  for (int i = 0; i < 20 && on_disk; ++i) {
    const Status synced = file.Sync();
    // A writer that is too fast for the disk is told of.
    if (!synced) {
      CHECK(CodeOf(synced) == Code::kBusy);
      CHECK(Has(MessageOf(synced), "more slots"));
    }
  }
  writer.Kill();
  if (on_disk) Must(file.Sync());
}

}  // namespace
}  // namespace mapfile
