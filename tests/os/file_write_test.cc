// Writing to files past any mapping, and whole copies of them.
#include <doctest/doctest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "lib/os/file.h"
#include "tests/support/deny.h"
#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;
using testing::TempDir;

constexpr int kSkipped = 77;
constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kMiB = 1 << 20;

void CheckOrSkip(int status, const char* why) {
  if (status == kSkipped) {
    MESSAGE("skipped: " << why);
  } else {
    CHECK(status == 0);
  }
}

File NewFile(const TempDir& dir) {
  return File::CreateUnnamed(dir / "a", 0600).value();
}

Status WriteText(const File& file, std::uint64_t at, const std::string& text) {
  return file.Write(at, text.data(), text.size());
}

std::string BytesOf(const File& file) {
  std::string bytes(file.Size().value(), '?');
  REQUIRE(file.Read(bytes.data(), bytes.size()).value() == bytes.size());
  return bytes;
}

// Bytes that differ from place to place.
std::string Pattern(std::uint64_t size) {
  std::string bytes(size, '\0');
  for (std::uint64_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>(i % 251 + 1);
  }
  return bytes;
}

bool Has(const Status& status, Code code, const char* text) {
  return !status && status.error().code() == code &&
         status.error().message().find(text) != std::string::npos;
}

TEST_CASE("bytes go where they are wanted, and what is mapped shows them") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  REQUIRE(file.Allocate(0, 2 * kPage));
  void* const mapped =
      mmap(nullptr, 2 * kPage, PROT_READ, MAP_SHARED, file.fd(), 0);
  REQUIRE(mapped != MAP_FAILED);
  REQUIRE(WriteText(file, kPage - 2, "abcd"));
  std::string expected(2 * kPage, '\0');
  expected.replace(kPage - 2, 4, "abcd");
  CHECK(std::string(static_cast<const char*>(mapped), 2 * kPage) == expected);
  CHECK(BytesOf(file) == expected);
  munmap(mapped, 2 * kPage);
}

TEST_CASE("behind its end a file gets longer, with zeroes between") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  REQUIRE(WriteText(file, 0, "begin"));
  REQUIRE(WriteText(file, 3 * kPage, "end"));
  CHECK(BytesOf(file) == "begin" + std::string(3 * kPage - 5, '\0') + "end");
  REQUIRE(file.Write(10 * kPage, nullptr, 0));
  CHECK(file.Size().value() == 3 * kPage + 3);
}

TEST_CASE("who may only read can't write") {
  const TempDir dir(true);
  const File file = NewFile(dir);
  REQUIRE(WriteText(file, 0, "as it was"));
  const File reader = file.Reopen(Access::kRead).value();
  CHECK(Has(WriteText(reader, 0, "x"), Code::kIo, "cannot write to it"));
  CHECK(BytesOf(file) == "as it was");
}

TEST_CASE("a full file system is NoSpace") {
  const TempDir dir;
  Child child([&] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", dir.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
      return kSkipped;
    }
    const TempDir elsewhere(true);
    const File large = NewFile(elsewhere);
    if (!WriteText(large, 0, Pattern(2 * kMiB))) return 1;
    const File file = NewFile(dir);
    if (!Has(WriteText(file, 0, Pattern(2 * kMiB)), Code::kNoSpace,
             "cannot write to it: ")) {
      return 2;
    }
    if (BytesOf(file) != Pattern(file.Size().value())) return 3;
    if (ftruncate(file.fd(), 0) != 0) return 4;
    return Has(file.CopyFrom(large), Code::kNoSpace, "cannot write to it: ")
               ? 0
               : 5;
  });
  CheckOrSkip(child.Wait(), "no permission to mount");
}

TEST_CASE("a limit on the size of files is NoSpace, not a signal") {
  const TempDir dir(true);
  const File large = NewFile(dir);
  REQUIRE(WriteText(large, 0, Pattern(9 * kPage)));
  const File file = NewFile(dir);
  Child child([&] {
    const rlimit limit{8 * kPage, 8 * kPage};
    setrlimit(RLIMIT_FSIZE, &limit);
    if (!WriteText(file, 7 * kPage, Pattern(kPage))) return 1;
    if (!Has(WriteText(file, 8 * kPage, "x"), Code::kNoSpace, "ulimit -f")) {
      return 2;
    }
    // Where somebody without a limit has made it longer, too.
    if (!Has(WriteText(large, 8 * kPage, "x"), Code::kNoSpace, "ulimit -f")) {
      return 3;
    }
    const File copy = NewFile(dir);
    return Has(copy.CopyFrom(large), Code::kNoSpace, "ulimit -f") ? 0 : 4;
  });
  CHECK(child.Wait() == 0);
  CHECK(file.Size().value() == 8 * kPage);
  CHECK(BytesOf(large) == Pattern(9 * kPage));
}

TEST_CASE("a copy has all bytes of the original, however many") {
  const TempDir dir(true);
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, kPage,
                                   kMiB - 1, kMiB, kMiB + 1, 3 * kMiB + 7}) {
    CAPTURE(size);
    const File original = NewFile(dir);
    REQUIRE(WriteText(original, 0, Pattern(size)));
    const File copy = NewFile(dir);
    REQUIRE(copy.CopyFrom(original.Reopen(Access::kRead).value()));
    const bool same = BytesOf(copy) == Pattern(size);
    CHECK(same);
  }
}

TEST_CASE("holes stay holes, at the end too") {
  const TempDir dir(true);
  const File original = NewFile(dir);
  // Across two pieces of the copy, and far behind them.
  REQUIRE(WriteText(original, kMiB - 2, "abcd"));
  REQUIRE(WriteText(original, 20 * kMiB + 5, "end"));
  REQUIRE(ftruncate(original.fd(), 32 * kMiB + 123) == 0);
  const File copy = NewFile(dir);
  REQUIRE(copy.CopyFrom(original));
  CHECK(copy.Size().value() == 32 * kMiB + 123);
  const bool same = BytesOf(copy) == BytesOf(original);
  CHECK(same);
  struct stat status {};
  REQUIRE(fstat(copy.fd(), &status) == 0);
  CHECK(static_cast<std::uint64_t>(status.st_blocks) * 512 <= 8 * kMiB);
}

TEST_CASE("each failure says what it was about") {
  const TempDir dir(true);
  const File original = NewFile(dir);
  REQUIRE(WriteText(original, 0, "bytes"));
  const struct {
    std::uint32_t call;
    const char* text;
  } kFailures[] = {{SYS_pread64, "cannot read: "},
                   {SYS_pwrite64, "cannot write to it: "},
                   {SYS_ftruncate, "cannot be made as long as the original: "}};
  for (const auto& failure : kFailures) {
    CAPTURE(std::string(failure.text));
    Child child([&] {
      const File copy = NewFile(dir);
      if (!testing::Deny(failure.call, EIO)) return kSkipped;
      return Has(copy.CopyFrom(original), Code::kIo, failure.text) ? 0 : 1;
    });
    CheckOrSkip(child.Wait(), "this system can't deny calls");
  }
}

}  // namespace
}  // namespace mapfile::os
