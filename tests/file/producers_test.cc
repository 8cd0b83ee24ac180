// Who has written what, and whether they live.
#include <thread>

#include "lib/format/layout.h"
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::Create;
using testing::Must;
using testing::Pipe;
using testing::TempDir;

Producer ProducerOfN(const MapFile& file) {
  return Must(Must(file.Find("n")).Info()).producer;
}

TEST_CASE("a producer is alive, then closed, or dead; then forgotten") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  { const MapFile file = Create(path); }
  const MapFile reader = Must(MapFile::Open(path));
  for (const bool in_order : {true, false}) {
    CAPTURE(in_order);
    const Pipe ready;
    const Pipe go;
    Child child([&] {
      MapFile own = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
      Must(own.Put("n", 1));
      ready.Tell();
      go.Hear();
      if (!in_order) raise(SIGKILL);
      Must(own.Close());
      return 0;
    });
    ready.Hear();
    Producer producer = ProducerOfN(reader);
    CHECK(producer.state == ProducerState::kAlive);
    CHECK(producer.pid == static_cast<std::uint32_t>(child.pid()));
    CHECK(!producer.command.empty());
    CHECK(Must(reader.Info()).producers.size() == 1);
    child.Signal(SIGSTOP);
    CHECK(ProducerOfN(reader).state == ProducerState::kAlive);
    child.Signal(SIGCONT);
    go.Tell();
    CHECK(child.Wait() == (in_order ? 0 : -SIGKILL));
    const ProducerState left =
        in_order ? ProducerState::kClosed : ProducerState::kDead;
    producer = ProducerOfN(reader);
    CHECK(producer.state == left);
    CHECK(Must(reader.Info()).producers.empty());
    // A new tenant of the slot, and yet the same answer; the name is gone.
    MapFile next = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
    CHECK(ProducerOfN(reader).state == left);
    CHECK(ProducerOfN(reader).pid == 0);
  }
}

TEST_CASE("a record that is three periods late has a stalled producer") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  AddOptions slow;
  slow.period = std::chrono::hours(1);
  Must(file.Put("n", 1, {.add = slow}));
  CHECK(ProducerOfN(file).state == ProducerState::kAlive);
  AddOptions fast;
  fast.period = std::chrono::milliseconds(1);
  Must(file.Remove("n"));
  Must(file.Put("n", 1, {.add = fast}));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(ProducerOfN(file).state == ProducerState::kStalled);
}

TEST_CASE("what a hostile slot says is shown, and leads nowhere") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  Must(file.Put("n", 1));
  const RecordInfo info = Must(Must(file.Find("n")).Info());
  const auto* const bytes = static_cast<const char*>(file.base_address());
  // The slot header of the current version names its buffer.
  for (std::uint64_t at = format::kDataOffset; at < 48_KiB; at += 8) {
    auto* const slot = const_cast<format::SlotHeader*>(
        reinterpret_cast<const format::SlotHeader*>(bytes + at));
    if (slot->stamp != info.version.generation ||
        slot->offset != info.buffer_offset) {
      continue;
    }
    slot->writer_slot = 65535;
    CHECK(ProducerOfN(file).state == ProducerState::kDead);
    slot->writer_slot = 0;
    slot->writer_incarnation = 77777;
    CHECK(ProducerOfN(file).state == ProducerState::kDead);
    slot->mono_ns = UINT64_MAX;
    slot->wall_ns = UINT64_MAX;
    CHECK(Must(Must(file.Find("n")).Info()).version.age_ns == 0);
    return;
  }
  FAIL("no slot header found");
}

TEST_CASE("states have names") {
  CHECK(std::string(ProducerStateName(ProducerState::kAlive)) == "alive");
  CHECK(std::string(ProducerStateName(ProducerState::kStalled)) == "stalled");
  CHECK(std::string(ProducerStateName(ProducerState::kClosed)) == "closed");
  CHECK(std::string(ProducerStateName(ProducerState::kDead)) == "dead");
  CHECK(std::string(ProducerStateName(ProducerState{9})) == "unknown");
}

}  // namespace
}  // namespace mapfile
