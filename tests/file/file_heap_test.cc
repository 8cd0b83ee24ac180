// The heap of a file, in several processes.
#include <cstring>
#include <optional>
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Must;
using testing::TempDir;

TEST_CASE("blocks of several processes don't overlap") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  std::vector<Child> children;
  for (int c = 1; c <= 3; ++c) {
    children.emplace_back([&, c] {
      MapFile own = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
      Heap heap = own.heap();
      std::vector<Offset<void>> blocks;
      for (int i = 0; i < 200; ++i) {
        blocks.push_back(Must(heap.Malloc(100 + i)));
        const auto bytes = heap.Resolve(blocks.back());
        std::memset(bytes.data(), c, bytes.size());
      }
      for (const Offset<void> block : blocks) {
        for (const std::byte b : heap.Resolve(block)) {
          if (b != static_cast<std::byte>(c)) return 1;
        }
        Must(heap.Free(block));
      }
      return 0;
    });
  }
  for (Child& child : children) CHECK(child.Wait() == 0);
  CHECK(Must(file.heap().Check()).empty());
}

TEST_CASE("who is killed while it allocates stops nobody") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  for (int round = 0; round < 20; ++round) {
    Child child([&] {
      MapFile own = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
      Heap heap = own.heap();
      for (;;) Must(heap.Free(Must(heap.Malloc(1000))));
      return 0;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    child.Kill();
    const auto block = Must(file.heap().Malloc(500));
    Must(file.heap().Free(block));
  }
  CHECK(Must(file.heap().Check()).empty());
}

TEST_CASE("a heap outlives the use of its file as an error") {
  const TempDir dir(true);
  std::optional<MapFile> file = Create(dir / "a.map");
  Heap heap = file->heap();
  const auto block = Must(heap.Malloc(100));
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  Heap seen = reader.heap();
  CHECK(CodeOf(seen.Malloc(1)) == Code::kReadOnly);
  CHECK(CodeOf(seen.Free(block)) == Code::kReadOnly);
  CHECK(Must(seen.Stats()).used_blocks == Must(heap.Stats()).used_blocks);
  Must(file->Close());
  CHECK(CodeOf(heap.Malloc(1)) == Code::kClosed);
  CHECK(CodeOf(heap.Free(block)) == Code::kClosed);
  CHECK(CodeOf(heap.Stats()) == Code::kClosed);
  file.reset();
  CHECK(CodeOf(heap.Malloc(1)) == Code::kClosed);
  CHECK(seen.Resolve(block).size() >= 100);
}

TEST_CASE("a lock that somebody has is waited for, then Busy") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  MapFile other = Must(MapFile::Open(
      dir / "a.map",
      {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(20)}));
  Must(file.AcquireLock());
  Must(file.heap().Malloc(100));
  CHECK(CodeOf(other.heap().Malloc(100)) == Code::kBusy);
  Must(file.ReleaseLock());
  Must(other.heap().Malloc(100));
}

}  // namespace
}  // namespace mapfile
