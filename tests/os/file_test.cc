#include "lib/os/file.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
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

TEST_CASE("a new file has no name before it is published") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const std::string path = dir / "a.map";
    auto file = File::CreateUnnamed(path, 0640);
    REQUIRE(file);
    CHECK(std::filesystem::is_empty(dir.path()));
    REQUIRE(file->Publish(path, File::IfExists::kFail));
    CHECK(IdentityOf(path).value() == file->identity());
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0640);
  }
}

TEST_CASE("the umask doesn't apply") {
  const TempDir dir;
  const mode_t old = umask(077);
  auto file = File::CreateUnnamed(dir / "a", 0666);
  umask(old);
  REQUIRE(file);
  struct stat status {};
  fstat(file->fd(), &status);
  CHECK((status.st_mode & 0777) == 0666);
}

TEST_CASE("what exists is replaced only if that is wanted") {
  const TempDir dir;
  const std::string path = dir / "a";
  std::ofstream(path) << "old";
  auto file = File::CreateUnnamed(path, 0600);
  REQUIRE(file);
  CHECK(file->Publish(path, File::IfExists::kFail).error().code() ==
        Code::kExists);
  REQUIRE(file->Publish(path, File::IfExists::kReplace));
  CHECK(IdentityOf(path).value() == file->identity());
  int files = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator(dir.path())) {
    ++files;
  }
  CHECK(files == 1);
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

TEST_CASE("a directory that isn't there is named") {
  const auto file = File::CreateUnnamed("/nowhere/a.map", 0600);
  REQUIRE(!file);
  CHECK(file.error().code() == Code::kNotFound);
  CHECK(file.error().message().find("'/nowhere'") != std::string::npos);
}

TEST_CASE("a limit on the size of files is an error, not a signal") {
  const TempDir dir(true);
  auto file = File::CreateUnnamed(dir / "a", 0600);
  REQUIRE(file);
  Child child([&] {
    const rlimit limit{65536, 65536};
    setrlimit(RLIMIT_FSIZE, &limit);
    if (!file->Allocate(0, 65536)) return 1;
    const Status grown = file->Allocate(65536, 131072);
    if (grown || grown.error().code() != Code::kNoSpace) return 2;
    return grown.error().message().find("ulimit -f") == std::string::npos ? 3
                                                                          : 0;
  });
  CHECK(child.Wait() == 0);
  CHECK(file->Size().value() == 65536);
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
