// Full is an error: it says what is full and what helps, what was published
// stays, and with room again the same handle goes on.
#include <sys/mman.h>
#include <sys/resource.h>

#include <fstream>
#include <vector>

#include "tests/file/file_test_support.h"
#include "tests/support/mount.h"
#include "tests/support/sanitizer.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::kSanitizer;
using testing::MessageOf;
using testing::Mounted;
using testing::Must;
using testing::TakeRoom;
using testing::TempDir;

// A soft limit of this process, for as long as the object lives.
class Limit {
 public:
  Limit(int resource, std::uint64_t value) : resource_(resource) {
    getrlimit(resource_, &before_);
    rlimit limit = before_;
    limit.rlim_cur = value;
    REQUIRE(setrlimit(resource_, &limit) == 0);
  }
  Limit(const Limit&) = delete;
  ~Limit() { setrlimit(resource_, &before_); }

 private:
  const int resource_;
  rlimit before_{};
};

std::vector<std::byte> Bytes(std::size_t size, int value) {
  return std::vector<std::byte>(size, std::byte(value));
}

// Puts records of 20,000 bytes until that fails; returns the error and how
// many there are.
struct Filled {
  Error error{Code{0}, ""};
  int records = 0;
};
Filled Fill(MapFile& file, const std::string& prefix = "r") {
  Filled filled;
  for (;; ++filled.records) {
    REQUIRE(filled.records < 10'000);
    auto put = file.Put(prefix + std::to_string(filled.records),
                        Bytes(20'000, filled.records % 100));
    if (put) continue;
    filled.error = put.error();
    return filled;
  }
}

void CheckRecords(const MapFile& file, const Filled& filled) {
  CHECK(Must(file.List()).size() == static_cast<std::size_t>(filled.records));
  for (int i = 0; i < filled.records; ++i) {
    const auto bytes =
        Must(file.Get<std::vector<std::byte>>("r" + std::to_string(i)));
    CHECK(bytes == Bytes(20'000, i % 100));
  }
}

// A file at `path` and another that takes up room; both fill what there is.
void CheckFull(const std::string& path, const std::string& room,
               std::initializer_list<const char*> words) {
  MapFile file = Create(path);
  const MapFile reader = Must(MapFile::Open(path));
  TakeRoom(room, 512 << 10);
  const Filled filled = Fill(file);
  CHECK(filled.error.code() == Code::kNoSpace);
  CHECK(filled.records > 5);
  CAPTURE(filled.error.message());
  CHECK(Has(filled.error.message(), path));
  for (const char* word : words) {
    CAPTURE(word);
    CHECK(Has(filled.error.message(), word));
  }
  // All that was published is there, for old readers and new ones.
  CheckRecords(file, filled);
  CheckRecords(reader, filled);
  CheckRecords(Must(MapFile::Open(path)), filled);
  CHECK(CodeOf(file.Put("r0", Bytes(2'000'000, 1))) == Code::kNoSpace);
  CHECK(CodeOf(file.heap().Malloc(2'000'000)) == Code::kNoSpace);
  const std::vector<double> bound(300'000);
  CHECK(CodeOf(file.Add(bound, "bound")) == Code::kNoSpace);
  CheckRecords(reader, filled);
  // A new file fits no better, and none is left behind.
  TakeRoom(room + "2");
  CHECK(CodeOf(MapFile::Open(path + "2", {.mode = Mode::kUpdate})) ==
        Code::kNoSpace);
  CHECK(CodeOf(MapFile::Open(path + "2")) == Code::kNotFound);
  // With room again the same handle goes on.
  std::filesystem::remove(room);
  CHECK(Fill(file, "more").records > 5);
  Must(file.Remove("r0"));
  Must(file.Put("r0", Bytes(10'000, 7)));
  CHECK(Must(reader.Get<std::vector<std::byte>>("r0")) == Bytes(10'000, 7));
  CHECK(Must(file.heap().Check()).empty());
  Must(file.Close());
}

TEST_CASE("a file system in memory is full") {
  const TempDir dir;
  const Mounted mounted = Mounted::Tmpfs(dir.path(), 2048);
  if (!mounted) {
    MESSAGE("skipped: no permission to mount a tmpfs");
    return;
  }
  CheckFull(dir / "run.map", dir / "room",
            {"is full", dir.path().c_str(), "tmpfs", "2048 KiB", "Make room"});
}

TEST_CASE("a container's small /dev/shm is full") {
  const Mounted mounted = Mounted::Tmpfs("/dev/shm", 2048);
  if (!mounted) {
    MESSAGE("skipped: no permission to mount a tmpfs");
    return;
  }
  CheckFull("/dev/shm/run.map", "/dev/shm/room",
            {"/dev/shm (tmpfs", "Docker", "--shm-size"});
}

TEST_CASE("a disk is full") {
  const TempDir dir;
  const std::string point = dir / "disk";
  std::filesystem::create_directory(point);
  const Mounted mounted = Mounted::Ext4(point, dir / "image", 4096);
  if (!mounted) {
    MESSAGE("skipped: no permission to mount a disk image");
    return;
  }
  CheckFull(point + "/run.map", point + "/room",
            {"is full", point.c_str(), "ext4", "Make room"});
}

TEST_CASE("this process may write no larger files (ulimit -f)") {
  const TempDir dir;
  MapFile file = Create(dir / "run.map");
  Must(file.Put("a", 1));
  {
    const Limit limit(RLIMIT_FSIZE, 200 << 10);
    const Filled filled = Fill(file);
    CHECK(filled.error.code() == Code::kNoSpace);
    CHECK(Has(filled.error.message(), dir / "run.map"));
    CHECK(Has(filled.error.message(), "204800"));
    CHECK(Has(filled.error.message(), "ulimit -f"));
    CHECK(Must(file.Get<int>("a")) == 1);
    Must(file.Put("a", 2));
  }
  {
    const Limit limit(RLIMIT_FSIZE, 1000);
    CHECK(CodeOf(MapFile::Open(dir / "new.map", {.mode = Mode::kCreate})) ==
          Code::kNoSpace);
    CHECK(!std::filesystem::exists(dir / "new.map"));
    CHECK(Must(file.Get<int>("a")) == 2);
  }
  Must(file.Put("large", Bytes(1'000'000, 1)));
}

TEST_CASE("the file's own limit is reached") {
  const TempDir dir;
  MapFile file = Create(dir / "run.map", {.max_size_bytes = 1_MiB});
  const Filled filled = Fill(file);
  CHECK(filled.error.code() == Code::kNoSpace);
  CHECK(Has(filled.error.message(), dir / "run.map"));
  CHECK(Has(filled.error.message(), "1048576"));
  CHECK(Has(filled.error.message(), "its limit"));
  CHECK(std::filesystem::file_size(dir / "run.map") <= 1_MiB);
  CheckRecords(Must(MapFile::Open(dir / "run.map")), filled);
  // An object that grows: the old value stays.
  std::vector<double> growing(10);
  Must(file.Remove("r0"));
  Must(file.Add(growing, "growing"));
  growing.resize(1'000'000);
  const Status updated = file.Update();
  CHECK(CodeOf(updated) == Code::kNoSpace);
  CHECK(Has(MessageOf(updated), "growing"));
  CHECK(Must(file.Get<std::vector<double>>("growing")).size() == 10);
  growing.resize(20);
  Must(file.Update());
  CHECK(Must(file.heap().Check()).empty());
}

TEST_CASE("a copy with holes on a full disk is not opened for writing") {
  const TempDir dir;
  const Mounted mounted = Mounted::Tmpfs(dir.path(), 4096);
  if (!mounted) {
    MESSAGE("skipped: no permission to mount a tmpfs");
    return;
  }
  {
    MapFile file = Create(dir / "a.map", {.size_bytes = 1_MiB});
    Must(file.Put("a", 1));
  }
  REQUIRE(
      std::system(("cp --sparse=always " + dir / "a.map" + " " + dir / "b.map")
                      .c_str()) == 0);
  TakeRoom(dir / "room");
  CHECK(CodeOf(MapFile::Open(dir / "b.map", {.mode = Mode::kUpdate})) ==
        Code::kNoSpace);
  std::filesystem::remove(dir / "room");
  MapFile file = Must(MapFile::Open(dir / "b.map", {.mode = Mode::kUpdate}));
  TakeRoom(dir / "room");
  Must(file.Put("large", Bytes(500'000, 1)));
  CHECK(Must(file.Get<int>("a")) == 1);
}

std::uint64_t AddressSpaceInUse() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * 4096;
}

TEST_CASE("little address space (ulimit -v)" * doctest::skip(kSanitizer)) {
  const TempDir dir;
  const std::vector<std::byte> large = Bytes(60'000'000, 1);
  {
    // Far less than the file's own limit of 1 GiB.
    const Limit limit(RLIMIT_AS, AddressSpaceInUse() + (64 << 20));
    MapFile file = Create(dir / "run.map");
    CHECK(file.max_size_bytes() == 1_GiB);
    for (int i = 0; i < 10; ++i) {
      Must(file.Put("m" + std::to_string(i), Bytes(1'000'000, i)));
    }
    auto put = file.Put("large", large);
    CHECK(CodeOf(put) == Code::kNoSpace);
    CHECK(Has(MessageOf(put), dir / "run.map"));
    CHECK(Has(MessageOf(put), "address space"));
    CHECK(Has(MessageOf(put), "ulimit -v"));
    CHECK(Must(file.Get<std::vector<std::byte>>("m9")) == Bytes(1'000'000, 9));
    Must(file.Put("m0", Bytes(100, 1)));
    CHECK(Must(file.heap().Check()).empty());
  }
  MapFile file = Must(MapFile::Open(dir / "run.map", {.mode = Mode::kUpdate}));
  Must(file.Put("large", large));
}

TEST_CASE("a file grows beyond a reader's address space" *
          doctest::skip(kSanitizer)) {
  const TempDir dir;
  MapFile file = Create(dir / "run.map");
  Must(file.Put("a", 1));
  const std::vector<std::byte> large = Bytes(60'000'000, 1);
  std::vector<std::byte> into(large.size());
  std::optional<MapFile> reader;
  {
    const Limit limit(RLIMIT_AS, AddressSpaceInUse() + (24 << 20));
    reader = Must(MapFile::Open(dir / "run.map"));
    CHECK(Must(reader->Get<int>("a")) == 1);
    Must(file.Put("large", large));
    const Status got = reader->Get("large", &into);
    CHECK(CodeOf(got) == Code::kNoSpace);
    CHECK(Has(MessageOf(got), "ulimit -v"));
    CHECK(Must(reader->Get<int>("a")) == 1);
  }
  Must(reader->Get("large", &into));
  CHECK(into == large);
}

}  // namespace
}  // namespace mapfile
