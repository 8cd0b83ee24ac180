#include "lib/os/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

std::string Message(const Result<File>& file) {
  return file ? "" : file.error().message();
}

TEST_CASE("what isn't an ordinary file is refused by name") {
  const TempDir dir;
  CHECK(File::Open(dir / "none", Access::kRead).error().code() ==
        Code::kNotFound);
  CHECK(Message(File::Open(dir.path(), Access::kRead)) == "is a directory");
  CHECK(Message(File::Open(dir.path(), Access::kReadWrite)) ==
        "is a directory");
  CHECK(Message(File::Open("/dev/null", Access::kRead)) ==
        "is not an ordinary file");
  REQUIRE(mkfifo((dir / "fifo").c_str(), 0600) == 0);
  CHECK(Message(File::Open(dir / "fifo", Access::kRead)) ==
        "is not an ordinary file");
  CHECK(File::Open(std::string(5000, 'x'), Access::kRead).error().code() ==
        Code::kInvalidArgument);
}

TEST_CASE("links in directories open to all aren't followed") {
  const TempDir dir;
  std::ofstream(dir / "target") << "x";
  std::filesystem::create_symlink(dir / "target", dir / "link");
  CHECK(File::Open(dir / "link", Access::kRead));
  chmod(dir.path().c_str(), 01777);
  CHECK(Message(File::Open(dir / "link", Access::kRead))
            .find("symbolic link") != std::string::npos);
  CHECK(File::Open(dir / "target", Access::kRead));
}

TEST_CASE("a file that can't be written is read-only") {
  // Where anybody may look: not below the home of a root that runs this.
  const TempDir dir(true);
  std::ofstream(dir / "a") << "x";
  chmod((dir / "a").c_str(), 0444);
  chmod(dir.path().c_str(), 0755);
  Child child([&] {
    if (setuid(65534) != 0) return geteuid() == 0 ? 1 : 0;
    if (!File::Open(dir / "a", Access::kRead)) return 2;
    const auto file = File::Open(dir / "a", Access::kReadWrite);
    return !file && file.error().code() == Code::kReadOnly ? 0 : 3;
  });
  CHECK(child.Wait() == 0);
}

TEST_CASE("memory is told from disks") {
  const TempDir memory(true);
  CHECK(File::CreateUnnamed(memory / "a", 0600)->IsInMemory());
}

}  // namespace
}  // namespace mapfile::os
