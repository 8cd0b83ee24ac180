// What others may do to a file, and what it may do to others.
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/os/litter.h"
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
namespace fs = std::filesystem;

mode_t ModeOf(const std::string& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

TEST_CASE("permissions are those asked for, whatever the umask") {
  const TempDir dir;
  for (const mode_t mask : {0, 022, 077, 0777}) {
    for (const std::uint32_t asked : {0600u, 0640u, 0644u, 0666u, 0660u}) {
      const std::string path = dir / "run.map";
      const mode_t before = umask(mask);
      Create(path, {.permissions = asked});
      umask(before);
      CHECK(ModeOf(path) == asked);
      fs::remove(path);
    }
  }
}

TEST_CASE("a file that replaces another takes its permissions, no more") {
  const TempDir dir;
  const std::string path = dir / "run.map";
  Create(path, {.permissions = 0600});
  Must(MapFile::Open(path, {.mode = Mode::kRecreate, .permissions = 0666}));
  CHECK(ModeOf(path) == 0600);
}

TEST_CASE("a folder for all: nobody's symbolic link is followed") {
  const TempDir dir;
  const TempDir victim;
  Create(victim / "secret.map");
  REQUIRE(chmod(dir.path().c_str(), 01777) == 0);
  const std::string link = dir / "run.map";
  for (const char* target : {"secret.map", "new.map"}) {
    CAPTURE(target);
    fs::create_symlink(victim / target, link);
    for (const Mode mode :
         {Mode::kRead, Mode::kCreate, Mode::kUpdate, Mode::kRecreate}) {
      CAPTURE(ModeName(mode));
      const auto opened = MapFile::Open(link, {.mode = mode});
      CHECK(!opened);
      if (mode != Mode::kCreate) CHECK(Has(MessageOf(opened), "symbolic link"));
    }
    CHECK(fs::is_symlink(link));
    fs::remove(link);
  }
  CHECK(!fs::exists(victim / "new.map"));
  // In a folder of one's own a link is a convenience.
  REQUIRE(chmod(dir.path().c_str(), 0755) == 0);
  fs::create_symlink(victim / "secret.map", link);
  Must(MapFile::Open(link, {.mode = Mode::kUpdate}));
}

TEST_CASE("what a killed creator left goes with the next creation") {
  const TempDir dir;
  const std::string litter = os::TemporaryPath(dir.path());
  Child creator([&] {
    const int fd =
        open(litter.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    return os::Own(fd) ? raise(SIGKILL) : 1;
  });
  CHECK(creator.Wait() == -SIGKILL);
  CHECK(fs::exists(litter));
  Create(dir / "run.map");
  CHECK(!fs::exists(litter));
  Must(MapFile::Open(dir / "run.map", {.mode = Mode::kRecreate}));
  CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 1);
}

TEST_CASE("commands in names don't reach the reader of a message") {
  const TempDir dir;
  MapFile file = Create(dir / "run.map");
  const std::string evil = "\x1b]0;x\x07\n\xc2\x9b";
  for (const auto& message :
       {MessageOf(file.Get<int>(evil)), MessageOf(file.Remove(evil)),
        MessageOf(file.Put(evil + "//", 1))}) {
    CAPTURE(message);
    CHECK(!message.empty());
    CHECK(!Has(message, "\x1b"));
    CHECK(!Has(message, "\n"));
    CHECK(!Has(message, "\xc2\x9b"));
  }
  Must(file.Put(evil, 1));
  for (const auto& message :
       {MessageOf(file.Get<std::string>(evil)),
        MessageOf(file.Put(evil, 2, {.create_only = true}))}) {
    CAPTURE(message);
    CHECK(!message.empty());
    CHECK(!Has(message, "\x1b"));
  }
  CHECK(!Has(Must(Ls(file)), "\x1b"));
  CHECK(!Has(Must(Print(file)), "\x1b"));
}

}  // namespace
}  // namespace mapfile
