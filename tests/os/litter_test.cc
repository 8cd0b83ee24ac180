#include "lib/os/litter.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;
namespace fs = std::filesystem;

int Make(const std::string& path) {
  return open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
}

TEST_CASE("temporary names are in their folder and never the same") {
  const std::string one = TemporaryPath("/some/where");
  CHECK(one.starts_with("/some/where/.mapfile-"));
  CHECK(one != TemporaryPath("/some/where"));
}

TEST_CASE("what a killed creator left is removed, what is being made not") {
  const TempDir dir;
  const std::string dead = TemporaryPath(dir.path());
  Child creator([&] { return Own(Make(dead)) ? raise(SIGKILL) : 1; });
  CHECK(creator.Wait() == -SIGKILL);
  const std::string alive = TemporaryPath(dir.path());
  const int fd = Make(alive);
  REQUIRE(Own(fd));
  CHECK(fs::exists(dead));
  RemoveLitter(dir.path());
  CHECK(!fs::exists(dead));
  CHECK(fs::exists(alive));
  // Another process neither.
  Child other([&] {
    RemoveLitter(dir.path());
    return fs::exists(alive) ? 0 : 1;
  });
  CHECK(other.Wait() == 0);
  Disown(fd);
  RemoveLitter(dir.path());
  CHECK(!fs::exists(alive));
  // Its creator notices.
  CHECK(!Own(fd));
  close(fd);
}

TEST_CASE("nothing else is touched") {
  const TempDir dir;
  const std::string target = dir / "target";
  for (const char* name :
       {"target", ".mapfile-0123.tmp", ".mapfile-0123456789abcdef.tmpx",
        ".mapfile-0123456789abcdeg.tmp", "x.mapfile-0123456789abcdef.tmp"}) {
    std::ofstream(dir / name) << "precious";
  }
  fs::create_symlink(target, TemporaryPath(dir.path()));
  fs::create_directory(TemporaryPath(dir.path()));
  REQUIRE(mkfifo(TemporaryPath(dir.path()).c_str(), 0600) == 0);
  RemoveLitter(dir.path());
  CHECK(fs::file_size(target) == 8);
  CHECK(std::distance(fs::directory_iterator(dir.path()), {}) == 8);
  RemoveLitter(dir / "none");
}

}  // namespace
}  // namespace mapfile::os
