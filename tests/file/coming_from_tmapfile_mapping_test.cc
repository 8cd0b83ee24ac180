// What TMapFile offers of the file, its memory and its lock, each by the name
// that its users know. The table "COMING FROM TMAPFILE" of man/mapfile.3 has a
// row for each test.
#include <sys/stat.h>

#include "tests/file/world.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Must;
using testing::World;

TEST_CASE("TMapFile::GetName") {
  const World world;
  CHECK(world.file.path() == world.path);
}

TEST_CASE("TMapFile::GetTitle") {
  World world;
  CHECK(world.Reader().title() == "run 42");
  Must(world.file.SetTitle("run 43"));
  CHECK(world.Reader().title() == "run 43");
}

TEST_CASE("TMapFile::GetOption") {
  const World world;
  CHECK(std::string(world.file.option()) == "CREATE");
  CHECK(std::string(world.Reader().option()) == "READ");
}

TEST_CASE("TMapFile::GetSize") {
  World world;
  const std::uint64_t size = world.file.size_bytes();
  CHECK(size < 64_KiB);
  const MapFile reader = world.Reader();
  Must(world.file.Put("big", std::vector<double>(100'000)));
  CHECK(world.file.size_bytes() > 800'000);
  CHECK(reader.size_bytes() == world.file.size_bytes());
}

TEST_CASE("TMapFile::GetFd") {
  World world;
  struct stat by_fd {};
  struct stat by_path {};
  REQUIRE(fstat(world.file.fd(), &by_fd) == 0);
  REQUIRE(stat(world.path.c_str(), &by_path) == 0);
  CHECK(by_fd.st_ino == by_path.st_ino);
  Must(world.file.Close());
  CHECK(world.file.fd() == -1);
}

TEST_CASE("TMapFile::GetBaseAddr") {
  World world;
  void* const base = world.file.base_address();
  REQUIRE(base != nullptr);
  Must(world.file.Put("big", std::vector<double>(100'000)));
  CHECK(world.file.base_address() == base);
}

TEST_CASE("TMapFile::GetBreakval") {
  World world;
  const auto* const before = static_cast<char*>(world.file.break_address());
  CHECK(before > static_cast<char*>(world.file.base_address()));
  Must(world.file.Put("a", std::vector<double>(1000)));
  CHECK(static_cast<char*>(world.file.break_address()) >= before + 8000);
}

TEST_CASE("TMapFile::GetMmallocDesc") {
  World world;
  Heap heap = world.file.heap();
  const auto block = Must(heap.Malloc(100));
  CHECK(heap.Resolve(block).size() >= 100);
  Must(heap.SetKey(0, block.bytes));
  const MapFile reader = world.Reader();
  CHECK(Must(reader.heap().GetKey(0)) == block.bytes);
  CHECK(CodeOf(reader.heap().Malloc(1)) == Code::kReadOnly);
  CHECK(Must(heap.Check()).empty());
}

TEST_CASE("TMapFile::GetFirst") {
  World world;
  CHECK(CodeOf(world.file.First()) == Code::kNotFound);
  for (const char* name : {"b", "a"}) Must(world.file.Put(name, 1));
  CHECK(Must(world.file.First()).name() == "b");
}

TEST_CASE("TMapFile::GetLast") {
  World world;
  for (const char* name : {"b", "a"}) Must(world.file.Put(name, 1));
  CHECK(Must(world.file.Last()).name() == "a");
}

TEST_CASE("TMapFile::IsWritable") {
  const World world;
  CHECK(world.file.writable());
  CHECK(!world.Reader().writable());
}

TEST_CASE("TMapFile::OrgAddress") {
  World world;
  const MapFile reader = world.Reader();
  const auto there =
      reinterpret_cast<std::uintptr_t>(world.file.base_address());
  const char* const here = static_cast<char*>(reader.base_address()) + 100;
  CHECK(Must(reader.OriginalAddress(here, there)) == there + 100);
  int local = 0;
  CHECK(CodeOf(reader.OriginalAddress(&local, there)) ==
        Code::kInvalidArgument);
}

TEST_CASE("TMapFile::fOffset") {
  World world;
  const MapFile reader = world.Reader();
  const auto there =
      reinterpret_cast<std::uintptr_t>(world.file.base_address());
  const auto here = reinterpret_cast<std::uintptr_t>(reader.base_address());
  CHECK(there + static_cast<std::uintptr_t>(reader.MappingOffset(there)) ==
        here);
}

TEST_CASE("TMapFile::WhichMapFile") {
  World world;
  const MapFile reader = world.Reader();
  const char* const address = static_cast<char*>(reader.base_address()) + 5;
  const auto found = MapFile::WhichMapFile(address);
  REQUIRE(found);
  CHECK(found->base_address() == reader.base_address());
  int local = 0;
  CHECK(!MapFile::WhichMapFile(&local));
}

TEST_CASE("TMapFile::SetMapAddress") {
  World world;
  // An address that was free a moment ago.
  MapFile probe = world.Reader();
  const auto address = reinterpret_cast<std::uintptr_t>(probe.base_address());
  {
    const MapFile gone = std::move(probe);
    probe = world.file;
  }
  MapFile::SetMapAddress(address);
  const MapFile wanted = world.Reader();
  const MapFile taken = world.Reader();
  MapFile::SetMapAddress(0);
  CHECK(reinterpret_cast<std::uintptr_t>(wanted.base_address()) == address);
  CHECK(taken.base_address() != wanted.base_address());
}

TEST_CASE("TMapFile::CreateSemaphore") {
  World world;
  Must(world.file.Resign());
  CHECK(CodeOf(world.file.Put("a", 1)) == Code::kReadOnly);
  Must(world.file.BecomeWriter());
  Must(world.file.Put("a", 1));
  CHECK(CodeOf(world.Reader().BecomeWriter()) == Code::kReadOnly);
}

TEST_CASE("TMapFile::AcquireSemaphore") {
  World world;
  Must(world.file.AcquireLock());
  Must(world.file.AcquireLock());  // It nests
  Must(world.file.Put("mine", 1));
  Child other([&] {
    auto file = MapFile::Open(
        world.path,
        {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(50)});
    return CodeOf(file) == Code::kBusy ? 0 : 1;
  });
  CHECK(other.Wait() == 0);
  Must(world.file.ReleaseLock());
  Must(world.file.ReleaseLock());
}

TEST_CASE("TMapFile::ReleaseSemaphore") {
  World world;
  CHECK(CodeOf(world.file.ReleaseLock()) == Code::kInvalidArgument);
  Must(world.file.AcquireLock());
  Must(world.file.ReleaseLock());
  CHECK(CodeOf(world.file.ReleaseLock()) == Code::kInvalidArgument);
  MapFile other = Must(MapFile::Open(world.path, {.mode = Mode::kUpdate}));
  Must(other.Put("a", 1));
}

TEST_CASE("TMapFile::DeleteSemaphore") {
  World world;
  Must(world.file.Put("a", 1));
  Must(world.file.Resign());
  CHECK(!world.file.writable());
  CHECK(Must(world.file.Get<int>("a")) == 1);
  CHECK(Must(world.Reader().Info()).producers.empty());
}

TEST_CASE("TMapFile::SumBuffer") {
  World world;
  CHECK(world.file.BestBufferSize() == 0);
  Must(world.file.SumBuffer(100));
  Must(world.file.SumBuffer(300));
  CHECK(world.file.BestBufferSize() == 300);  // 200 + 100
}

TEST_CASE("TMapFile::GetBestBuffer") {
  World world;
  for (int i = 0; i < 4; ++i) {
    Must(world.file.Put("a", std::vector<std::byte>(1000)));
  }
  const std::uint64_t best = world.Reader().BestBufferSize();
  CHECK(best >= 1000);
  CHECK(best < 1100);
}

TEST_CASE("TMapFile::fVersion") {
  const World world;
  const FileInfo info = Must(world.Reader().Info());
  CHECK(info.creator == "mapfile 0.1.0");
  CHECK(info.format_version == 1);
}

TEST_CASE("TMapFile::kDefaultMapSize") {
  const World world;
  CHECK(world.file.max_size_bytes() == kDefaultMaxSize);
}

}  // namespace
}  // namespace mapfile
