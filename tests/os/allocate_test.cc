// Room on the medium: File::Allocate.
#include <doctest/doctest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
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
constexpr std::uint64_t kPage = 4096;

void CheckOrSkip(int status, const char* why) {
  if (status == kSkipped) {
    MESSAGE("skipped: " << why);
  } else {
    CHECK(status == 0);
  }
}

// A file system of 1 MiB at `path`, seen by this process alone.
bool MountSmall(const std::string& path) {
  return unshare(CLONE_NEWNS) == 0 &&
         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("tmpfs", path.c_str(), "tmpfs", 0, "size=1m") == 0;
}

File NewFile(const TempDir& dir, std::uint64_t size) {
  File file = File::CreateUnnamed(dir / "a", 0600).value();
  REQUIRE(file.Allocate(0, size));
  return file;
}

bool Has(const Status& status, Code code, const char* text) {
  return !status && status.error().code() == code &&
         status.error().message().find(text) != std::string::npos;
}

// All bytes of the file that aren't `expected`.
int Others(const File& file, char expected) {
  std::vector<char> bytes(file.Size().value());
  REQUIRE(file.Read(bytes.data(), bytes.size()).value() == bytes.size());
  int others = 0;
  for (const char byte : bytes) others += byte != expected ? 1 : 0;
  return others;
}

TEST_CASE("a file becomes as long as asked for, and has the blocks") {
  for (const bool in_memory : {false, true}) {
    const TempDir dir(in_memory);
    const File file = NewFile(dir, 10 * kPage);
    CHECK(file.Size().value() == 10 * kPage);
    CHECK(Others(file, 0) == 0);
    struct stat status {};
    REQUIRE(fstat(file.fd(), &status) == 0);
    CHECK(static_cast<std::uint64_t>(status.st_blocks) * 512 >= 10 * kPage);
    CHECK(file.Allocate(10 * kPage, 10 * kPage));
    CHECK(file.Size().value() == 10 * kPage);
  }
}

TEST_CASE("bytes that are there stay as they are") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const std::string text(kPage, 'x');
  REQUIRE(pwrite(file.fd(), text.data(), kPage, 0) == kPage);
  REQUIRE(file.Allocate(0, 2 * kPage));
  CHECK(Others(file, 'x') == kPage);
}

TEST_CASE("a limit on the size of files is an error, not a signal") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  Child child([&] {
    const rlimit limit{65536, 65536};
    setrlimit(RLIMIT_FSIZE, &limit);
    if (!file.Allocate(kPage, 65536)) return 1;
    if (!Has(file.Allocate(65536, 65537), Code::kNoSpace, "ulimit -f")) {
      return 2;
    }
    // Of a file that somebody without a limit made longer, too.
    const rlimit less{kPage, kPage};
    setrlimit(RLIMIT_FSIZE, &less);
    return Has(file.Allocate(65536, 131072), Code::kNoSpace, "4096") ? 0 : 3;
  });
  CHECK(child.Wait() == 0);
  CHECK(file.Size().value() == 65536);
}

TEST_CASE("a full file system is an error that leaves the file as it was") {
  const TempDir dir;
  Child child([&] {
    if (!MountSmall(dir.path())) return kSkipped;
    auto file = File::CreateUnnamed(dir / "a", 0600);
    if (!file || !file->Allocate(0, 512 << 10)) return 1;
    const std::string text(512 << 10, 'x');
    if (pwrite(file->fd(), text.data(), text.size(), 0) !=
        static_cast<ssize_t>(text.size())) {
      return 2;
    }
    if (!Has(file->Allocate(512 << 10, 2 << 20), Code::kNoSpace, "full")) {
      return 3;
    }
    if (file->Size().value() != 512 << 10 || Others(*file, 'x') != 0) return 4;
    // What others can have, and then it.
    auto other = File::CreateUnnamed(dir / "b", 0600);
    if (!other || !other->Allocate(0, 256 << 10)) return 5;
    return file->Allocate(512 << 10, 768 << 10) ? 0 : 6;
  });
  CheckOrSkip(child.Wait(), "no permission to mount");
}

TEST_CASE("file systems that can't allocate are filled with zeroes") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const std::string text(kPage, 'x');
  REQUIRE(pwrite(file.fd(), text.data(), kPage, 0) == kPage);
  Child child([&] {
    if (!testing::Deny(SYS_fallocate, EOPNOTSUPP)) return kSkipped;
    // Never into bytes that may be in use.
    if (!file.Allocate(0, 40 * kPage + 1)) return 1;
    if (file.Size().value() != 40 * kPage + 1) return 2;
    return Others(file, 0) == kPage ? 0 : 3;
  });
  CheckOrSkip(child.Wait(), "this system can't deny calls");
}

TEST_CASE("without allocation, a full file system leaves no half of it") {
  const TempDir dir;
  Child child([&] {
    if (!MountSmall(dir.path())) return kSkipped;
    if (!testing::Deny(SYS_fallocate, EOPNOTSUPP)) return kSkipped;
    auto file = File::CreateUnnamed(dir / "a", 0600);
    if (!file || !file->Allocate(0, 512 << 10)) return 1;
    if (!Has(file->Allocate(512 << 10, 2 << 20), Code::kNoSpace, "full")) {
      return 2;
    }
    if (file->Size().value() != 512 << 10) return 3;
    auto other = File::CreateUnnamed(dir / "b", 0600);
    return other && other->Allocate(0, 512 << 10) ? 0 : 4;
  });
  CheckOrSkip(child.Wait(), "no permission to mount, or to deny calls");
}

TEST_CASE("other failures keep their reason") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  const struct {
    int error;
    Code code;
    const char* text;
  } kFailures[] = {{EDQUOT, Code::kNoSpace, "quota"},
                   {EFBIG, Code::kNoSpace, "no files of"},
                   {EIO, Code::kIo, "cannot be made longer"}};
  for (const auto& failure : kFailures) {
    Child child([&] {
      if (!testing::Deny(SYS_fallocate, failure.error)) return kSkipped;
      return Has(file.Allocate(kPage, 2 * kPage), failure.code, failure.text)
                 ? 0
                 : 1;
    });
    CheckOrSkip(child.Wait(), "this system can't deny calls");
  }
  const File reader = file.Reopen(Access::kRead).value();
  CHECK(reader.Allocate(kPage, 2 * kPage).error().code() == Code::kIo);
}

// tmpfs starts an interrupted call again from nothing.
TEST_CASE("a process with a fast timer gets its room too") {
  const TempDir dir(true);
  const File file = NewFile(dir, kPage);
  Child child([&] {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGALRM, &action, nullptr);
    const itimerval often{{0, 1000}, {0, 1000}};
    setitimer(ITIMER_REAL, &often, nullptr);
    return file.Allocate(kPage, 64 << 20) ? 0 : 1;
  });
  CHECK(child.Wait() == 0);
  CHECK(file.Size().value() == 64 << 20);
}

}  // namespace
}  // namespace mapfile::os
