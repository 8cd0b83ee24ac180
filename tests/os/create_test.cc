// How files come into being: File::CreateUnnamed and File::Publish.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "lib/os/file.h"
#include "tests/support/deny.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

constexpr int kSkipped = 77;

int ModeOf(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return -1;
  return static_cast<int>(status.st_mode & 07777);
}

std::vector<std::string> NamesIn(const TempDir& dir) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

std::string TextOf(const std::string& path) {
  std::string text;
  std::getline(std::ifstream(path), text);
  return text;
}

// Runs it as on a file system without unnamed files, and as on one that
// can't rename without replacing either.
template <class F>
void WithoutUnnamedFiles(F&& run) {
  for (const bool can_rename : {true, false}) {
    CAPTURE(can_rename);
    Child child([&] {
      const auto flag = static_cast<std::uint32_t>(O_TMPFILE & ~O_DIRECTORY);
      if (!testing::Deny(SYS_openat, EOPNOTSUPP, 2, flag)) return kSkipped;
      if (!can_rename && !testing::Deny(SYS_renameat2, EINVAL)) {
        return kSkipped;
      }
      return run();
    });
    const int status = child.Wait();
    if (status == kSkipped) {
      MESSAGE("skipped: this system can't deny calls");
      return;
    }
    CHECK(status == 0);
  }
}

TEST_CASE("a new file has no name before it is published") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const std::string path = dir / "a.map";
    auto file = File::CreateUnnamed(path, 0640);
    REQUIRE(file);
    CHECK(NamesIn(dir).empty());
    REQUIRE(file->Publish(path, File::IfExists::kFail));
    CHECK(IdentityOf(path).value() == file->identity());
    CHECK(ModeOf(path) == 0640);
    CHECK(NamesIn(dir).size() == 1);
  }
}

TEST_CASE("permissions are exact, whatever the umask") {
  const TempDir dir;
  int number = 0;
  for (const mode_t mask : {0, 022, 077, 0777}) {
    for (const int permissions : {0600, 0644, 0666, 0664, 0400, 0}) {
      CAPTURE(mask);
      CAPTURE(permissions);
      const std::string path = dir / std::to_string(number++);
      const mode_t old = umask(mask);
      auto file =
          File::CreateUnnamed(path, static_cast<std::uint32_t>(permissions));
      const bool is_published =
          file && file->Publish(path, File::IfExists::kFail);
      umask(old);
      REQUIRE(is_published);
      CHECK(ModeOf(path) == permissions);
    }
  }
}

TEST_CASE("what exists is replaced only if that is wanted") {
  const TempDir dir;
  const std::string path = dir / "a";
  std::ofstream(path) << "old";
  auto file = File::CreateUnnamed(path, 0600);
  REQUIRE(file);
  CHECK(file->Publish(path, File::IfExists::kFail).error().code() ==
        Code::kExists);
  CHECK(TextOf(path) == "old");
  REQUIRE(file->Publish(path, File::IfExists::kReplace));
  CHECK(IdentityOf(path).value() == file->identity());
  CHECK(NamesIn(dir).size() == 1);
}

TEST_CASE("of several who create a file one does") {
  const TempDir dir(true);
  const std::string path = dir / "a";
  for (int round = 0; round < 20; ++round) {
    std::vector<Child> children;
    for (int i = 0; i < 3; ++i) {
      children.emplace_back([&] {
        auto file = File::CreateUnnamed(path, 0600);
        if (!file) return 2;
        const Status done = file->Publish(path, File::IfExists::kFail);
        if (done) return 1;
        return done.error().code() == Code::kExists ? 0 : 3;
      });
    }
    int created = 0;
    for (Child& child : children) {
      const int status = child.Wait();
      CHECK(status <= 1);
      created += status;
    }
    CHECK(created == 1);
    CHECK(NamesIn(dir).size() == 1);
    REQUIRE(unlink(path.c_str()) == 0);
  }
}

TEST_CASE("a process that dies before it publishes leaves nothing") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    Child child([&] {
      const auto file = File::CreateUnnamed(dir / "a", 0600);
      if (!file || !file->Allocate(0, 65536)) return 1;
      raise(SIGKILL);
      return 2;
    });
    CHECK(child.Wait() == -SIGKILL);
    CHECK(NamesIn(dir).empty());
  }
}

TEST_CASE("a link at the path is neither followed nor written through") {
  const TempDir dir;
  REQUIRE(chmod(dir.path().c_str(), 01777) == 0);
  const std::string path = dir / "a";
  for (const bool leads_somewhere : {true, false}) {
    CAPTURE(leads_somewhere);
    if (leads_somewhere) std::ofstream(dir / "target") << "precious";
    std::filesystem::create_symlink(dir / "target", path);
    auto file = File::CreateUnnamed(path, 0600);
    REQUIRE(file);
    CHECK(file->Publish(path, File::IfExists::kFail).error().code() ==
          Code::kExists);
    CHECK(std::filesystem::is_symlink(path));
    REQUIRE(file->Publish(path, File::IfExists::kReplace));
    CHECK(!std::filesystem::is_symlink(path));
    CHECK(TextOf(dir / "target") == (leads_somewhere ? "precious" : ""));
    std::filesystem::remove(dir / "target");
    std::filesystem::remove(path);
  }
}

TEST_CASE("where a file can't be created, the directory is named") {
  const auto nowhere = File::CreateUnnamed("/nowhere/a.map", 0600);
  REQUIRE(!nowhere);
  CHECK(nowhere.error().code() == Code::kNotFound);
  CHECK(nowhere.error().message().find("'/nowhere'") != std::string::npos);
  const TempDir dir;
  std::ofstream(dir / "file") << "x";
  CHECK(File::CreateUnnamed(dir / "file/a", 0600).error().code() ==
        Code::kNotFound);
  REQUIRE(chmod(dir.path().c_str(), 0555) == 0);
  Child child([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return kSkipped;
    const auto file = File::CreateUnnamed(dir / "a", 0600);
    return !file && file.error().code() == Code::kReadOnly ? 0 : 1;
  });
  const int status = child.Wait();
  if (status != kSkipped) CHECK(status == 0);
  REQUIRE(chmod(dir.path().c_str(), 0755) == 0);
}

TEST_CASE("a directory at the path stays") {
  const TempDir dir;
  std::filesystem::create_directory(dir / "a");
  auto file = File::CreateUnnamed(dir / "a", 0600);
  REQUIRE(file);
  CHECK(!file->Publish(dir / "a", File::IfExists::kFail));
  CHECK(!file->Publish(dir / "a", File::IfExists::kReplace));
  { const File gone = *std::move(file); }
  CHECK(NamesIn(dir) == std::vector<std::string>{"a"});
}

TEST_CASE("without unnamed files the outcome is the same") {
  const TempDir dir;
  const std::string path = dir / "a";
  WithoutUnnamedFiles([&] {
    unlink(path.c_str());
    umask(0777);
    auto file = File::CreateUnnamed(path, 0664);
    if (!file) return 1;
    if (NamesIn(dir).size() != 1 || ModeOf(path) != -1) return 2;
    if (!file->Publish(path, File::IfExists::kFail)) return 3;
    if (NamesIn(dir).size() != 1 || ModeOf(path) != 0664) return 4;
    auto second = File::CreateUnnamed(path, 0600);
    if (!second) return 5;
    const Status exists = second->Publish(path, File::IfExists::kFail);
    if (exists || exists.error().code() != Code::kExists) return 6;
    if (IdentityOf(path).value() != file->identity()) return 7;
    if (!second->Publish(path, File::IfExists::kReplace)) return 8;
    if (IdentityOf(path).value() != second->identity()) return 9;
    return NamesIn(dir).size() == 1 ? 0 : 10;
  });
}

TEST_CASE("without unnamed files, one that isn't published goes too") {
  const TempDir dir;
  WithoutUnnamedFiles([&] {
    {
      auto file = File::CreateUnnamed(dir / "a", 0600);
      if (!file || NamesIn(dir).size() != 1) return 1;
      const File moved = *std::move(file);
    }
    return NamesIn(dir).empty() ? 0 : 2;
  });
}

TEST_CASE("the directory's part of a name can be brought to its medium") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    CHECK(File::SyncDirectoryOf(dir / "a"));
  }
  CHECK(File::SyncDirectoryOf("/nowhere/a").error().code() == Code::kNotFound);
}

}  // namespace
}  // namespace mapfile::os
