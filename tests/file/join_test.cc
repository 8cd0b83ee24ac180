// Being one of the writers of a file: entering, leaving, being killed.
#include <filesystem>
#include <fstream>
#include <thread>

#include "lib/format/layout.h"
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

using std::chrono::milliseconds;

MapFile OpenToUpdate(const std::string& path) {
  return Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
}
bool ClosedInOrder(const std::string& path) {
  return Must(Must(MapFile::Open(path)).Info()).closed_in_order;
}

// Writes to the file and is killed.
void PutAndDie(const std::string& path) {
  Child child([&] {
    auto file = MapFile::Open(path, {.mode = Mode::kUpdate});
    if (!file || !file->Put("a", 1.0) || !file->Put("b", 2.0)) return 1;
    raise(SIGKILL);
    return 2;
  });
  CHECK(child.Wait() == -SIGKILL);
}

// Overwrites a word of the file.
void Patch(const std::string& path, std::uint64_t offset, std::uint64_t word) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(reinterpret_cast<const char*>(&word), sizeof word);
  REQUIRE(file.good());
}

TEST_CASE("64 writers have room, the next one is told who has it") {
  const TempDir dir(true);
  std::vector<MapFile> files = {Create(dir / "a.map")};
  while (files.size() < 64) files.push_back(OpenToUpdate(dir / "a.map"));
  for (MapFile& file : files) Must(file.Put("n", 1));
  const auto one_more = MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate});
  CHECK(CodeOf(one_more) == Code::kBusy);
  CHECK(Has(MessageOf(one_more), "64"));
  CHECK(Must(files[0].Info()).producers.size() == 64);
  // Readers need no place.
  CHECK(Must(Must(MapFile::Open(dir / "a.map")).Get<int>("n")) == 1);
  Must(files[40].Close());
  MapFile last = OpenToUpdate(dir / "a.map");
  Must(last.Put("n", 2));
  CHECK(Must(files[0].Get<int>("n")) == 2);
}

TEST_CASE("a handle that resigned reads, and may enter again") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  double bound = 1;
  const Record record = Must(file.Add(bound, "bound"));
  for (int i = 0; i < 5; ++i) {
    Must(file.Resign());
    CHECK(!file.writable());
    CHECK(Has(MessageOf(file.Put("n", 1)), "resigned"));
    CHECK(CodeOf(file.Update()) == Code::kReadOnly);
    CHECK(CodeOf(file.AcquireLock()) == Code::kReadOnly);
    CHECK(CodeOf(file.heap().Malloc(1)) == Code::kReadOnly);
    CHECK(Must(file.Get<double>("bound")) == bound);
    CHECK(ClosedInOrder(dir / "a.map"));
    Must(file.Resign());
    Must(file.BecomeWriter());
    Must(file.BecomeWriter());
    bound += 1;
    Must(file.Update());
    CHECK(Must(record.Get<double>()) == bound);
    CHECK(!ClosedInOrder(dir / "a.map"));
  }
}

TEST_CASE("a file is closed in order by the last one of its writers") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  MapFile first = Create(path);
  CHECK(!ClosedInOrder(path));
  MapFile second = OpenToUpdate(path);
  Must(first.Close());
  CHECK(!ClosedInOrder(path));
  Must(second.Close());
  CHECK(ClosedInOrder(path));
  PutAndDie(path);
  CHECK(!ClosedInOrder(path));
  { MapFile third = OpenToUpdate(path); }
  CHECK(ClosedInOrder(path));
}

TEST_CASE("the last one to close finishes what a killed one began") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  MapFile file = Create(path);
  const std::uint64_t used = Must(file.heap().Stats()).used_bytes;
  const auto block = Must(file.heap().Malloc(1000));
  // As a writer that was killed before it linked a block.
  auto* header = static_cast<format::FileHeader*>(file.base_address());
  header->pending_offset = block.bytes;
  Must(file.Close());
  CHECK(ClosedInOrder(path));
  const MapFile reader = Must(MapFile::Open(path));
  CHECK(Must(reader.Info()).heap.used_bytes == used);
}

// As "cp from to" does where `to` is there: the file stays, its bytes go.
void CopyOver(const std::string& from, const std::string& to) {
  std::ifstream source(from, std::ios::binary);
  std::fstream target(to, std::ios::in | std::ios::out | std::ios::binary);
  target << source.rdbuf();
  REQUIRE(target.good());
}

TEST_CASE("what is copied over an open file is vouched for by nobody") {
  const TempDir dir(true);
  Must(Create(dir / "other.map").Close());
  PutAndDie(dir / "other.map");
  MapFile file = Create(dir / "a.map");
  CopyOver(dir / "other.map", dir / "a.map");
  Must(file.Close());
  CHECK(!ClosedInOrder(dir / "a.map"));
  // Nobody knows when in the middle of a Put the copy was made.
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  CHECK(CodeOf(reader.Get<double>("a")) == Code::kCorrupt);
}

TEST_CASE("who can't enter leaves no trace") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  MapFile file = Create(path);
  Must(file.AcquireLock());
  for (int i = 0; i < 70; ++i) {
    const auto late = MapFile::Open(
        path, {.mode = Mode::kUpdate, .lock_timeout = milliseconds(1)});
    CHECK(CodeOf(late) == Code::kBusy);
  }
  CHECK(Must(file.Info()).producers.size() == 1);
  Must(file.ReleaseLock());
  MapFile resigned = OpenToUpdate(path);
  Must(resigned.Resign());
  Must(resigned.BecomeWriter());
  Must(resigned.Put("n", 1));
}

TEST_CASE("a lock that nobody gave back goes with its writer") {
  const TempDir dir(true);
  MapFile file =
      Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate,
                                         .lock_timeout = milliseconds(20000)}));
  MapFile other = OpenToUpdate(dir / "a.map");
  Must(file.AcquireLock());
  std::thread([&] {
    Must(file.Resign());
    Must(file.BecomeWriter());
  }).join();
  // This thread's lock went with the former tenant: it may wait for it.
  std::thread holder([&] {
    Must(other.AcquireLock());
    std::this_thread::sleep_for(milliseconds(50));
    Must(other.ReleaseLock());
  });
  std::this_thread::sleep_for(milliseconds(20));
  Must(file.Put("n", 1));
  holder.join();
  CHECK(CodeOf(file.ReleaseLock()) == Code::kInvalidArgument);
}

TEST_CASE("of a copy only what has a checksum counts") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  const std::string copy = dir / "copy.map";
  { MapFile file = Create(path); }
  PutAndDie(path);
  CHECK(Must(Must(MapFile::Open(path)).Get<double>("a")) == 1);
  // Copied while it was being written to, for all that the copy can tell.
  std::filesystem::copy_file(path, copy);
  const auto torn = Must(MapFile::Open(copy)).Get<double>("a");
  CHECK(CodeOf(torn) == Code::kCorrupt);
  CHECK(Has(MessageOf(torn), "no checksum"));
  // Closed in order, all of it has checksums.
  Generation first = 0;
  {
    MapFile file = OpenToUpdate(path);
    first = Must(file.Put("a", 0.5));
    Must(file.Put("a", 1.0));
  }
  std::filesystem::copy_file(path, copy,
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(Must(Must(MapFile::Open(copy)).Get<double>("a")) == 1);
  // Its history, too.
  CHECK(Must(MapFile::Open(copy)).GetRaw("a", first));
  MapFile writer = OpenToUpdate(copy);
  CHECK(Must(writer.Get<double>("b")) == 2);
  Must(writer.Put("b", 3.0));
  CHECK(Must(Must(MapFile::Open(copy)).Get<double>("b")) == 3);
  CHECK(Must(Must(MapFile::Open(path)).Get<double>("b")) == 2);
}

TEST_CASE("a repair that fails vouches for nothing") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  { MapFile file = Create(path); }
  PutAndDie(path);
  std::uint64_t buffer = 0;
  {
    const MapFile reader = Must(MapFile::Open(path));
    buffer = Must(Must(reader.Find("b")).Info()).buffer_offset;
  }
  Patch(path, offsetof(format::FileHeader, boot_id), 1);  // Another boot's
  Patch(path, buffer - sizeof(std::uint64_t) * 2, 0);     // A block's header
  for (int i = 0; i < 2; ++i) {
    CHECK(CodeOf(MapFile::Open(path, {.mode = Mode::kUpdate})) ==
          Code::kCorrupt);
    CHECK(CodeOf(Must(MapFile::Open(path)).Get<double>("a")) == Code::kCorrupt);
  }
}

}  // namespace
}  // namespace mapfile
