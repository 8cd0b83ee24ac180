// New files: what they are like, and that nobody sees half of one.
#include <sys/stat.h>

#include <filesystem>
#include <iterator>

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

TEST_CASE("options that make no file are refused, and leave none") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  for (const Options& options :
       {Options{.max_size_bytes = 0}, Options{.max_size_bytes = 64_KiB - 1},
        Options{.max_size_bytes = (64_GiB << 10) + 1},
        Options{.max_size_bytes = UINT64_MAX},
        Options{.size_bytes = 2_MiB, .max_size_bytes = 1_MiB},
        Options{.size_bytes = UINT64_MAX},
        Options{.title = std::string(4097, 't')}}) {
    for (const Mode mode : {Mode::kCreate, Mode::kUpdate, Mode::kRecreate}) {
      Options wanted = options;
      wanted.mode = mode;
      const auto file = MapFile::Open(path, wanted);
      CHECK(CodeOf(file) == Code::kInvalidArgument);
      CHECK(MessageOf(file).size() > path.size() + 20);
    }
  }
  CHECK(std::filesystem::is_empty(dir.path()));
}

TEST_CASE("an empty file takes less than 64 KiB, a wanted size at once") {
  const TempDir dir(true);
  struct stat status {};
  const MapFile least = Create(dir / "least");
  REQUIRE(fstat(least.fd(), &status) == 0);
  CHECK(status.st_size == 48 << 10);
  CHECK(status.st_blocks * 512 < 64 << 10);
  MapFile large = Create(dir / "large", {.size_bytes = 3_MiB + 1});
  REQUIRE(fstat(large.fd(), &status) == 0);
  CHECK(status.st_size == (3 << 20) + 4096);
  // Allocated: so that storing into it can't fail.
  CHECK(status.st_blocks * 512 >= 3 << 20);
  Must(large.Put("a", std::vector<std::byte>(2_MiB)));
  CHECK(large.size_bytes() == 3_MiB + 4096);
  const MapFile small = Create(dir / "small", {.max_size_bytes = 64_KiB});
  CHECK(small.max_size_bytes() == 64_KiB);
}

TEST_CASE("permissions are those asked for, whatever the umask") {
  const TempDir dir(true);
  const mode_t former = umask(077);
  for (const std::uint32_t permissions : {0644u, 0666u, 0600u, 0640u}) {
    const MapFile file =
        Create(dir / std::to_string(permissions), {.permissions = permissions});
    struct stat status {};
    REQUIRE(fstat(file.fd(), &status) == 0);
    CHECK((status.st_mode & 07777) == permissions);
  }
  umask(former);
}

TEST_CASE("a file that can't have its path leaves no litter") {
  const TempDir dir(true);
  const MapFile file = Create(dir / "a.map");
  for (int i = 0; i < 3; ++i) {
    CHECK(CodeOf(MapFile::Open(dir / "a.map", {.mode = Mode::kCreate})) ==
          Code::kExists);
  }
  const auto lost = MapFile::Open(dir / "none/a.map", {.mode = Mode::kCreate});
  CHECK(CodeOf(lost) == Code::kNotFound);
  CHECK(Has(MessageOf(lost), "no directory"));
  std::filesystem::directory_iterator files(dir.path());
  CHECK(std::distance(begin(files), end(files)) == 1);
}

TEST_CASE("whoever sees a new file sees all of it") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  Child looker([&] {
    for (;;) {
      const auto file = MapFile::Open(path);
      if (!file && file.error().code() == Code::kNotFound) continue;
      if (!file) return 1;
      return file->title() == "complete" && file->List() ? 0 : 2;
    }
  });
  const MapFile file = Create(path, {.title = "complete"});
  CHECK(looker.Wait() == 0);
}

TEST_CASE("each new file has its own seed and its own identity") {
  const TempDir dir(true);
  const MapFile a = Create(dir / "a", {.durable = true});
  const MapFile b = Create(dir / "b");
  const auto header = [](const MapFile& file) {
    return static_cast<const format::FileHeader*>(file.base_address());
  };
  CHECK(header(a)->hash_seed != header(b)->hash_seed);
  struct stat status {};
  REQUIRE(stat((dir / "a").c_str(), &status) == 0);
  CHECK(header(a)->inode == status.st_ino);
  CHECK(header(a)->device == status.st_dev);
  CHECK(Must(a.Info()).durable);
  CHECK(!Must(b.Info()).durable);
  CHECK(header(a)->state == format::kStateOpen);
}

}  // namespace
}  // namespace mapfile
