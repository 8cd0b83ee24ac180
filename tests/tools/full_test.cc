// The tools where there is no room: exit status 3 and one line that says what
// is full and what helps; what was published stays.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/mount.h"
#include "tests/support/sanitizer.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using testing::Mounted;
using testing::TakeRoom;

// Of this process and the tools that it starts.
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

void CheckNoSpace(const Outcome& outcome, const std::string& tool,
                  std::initializer_list<std::string> words) {
  CAPTURE(tool);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 3);
  CHECK(LinesOf(outcome.err).size() == 1);
  CHECK(outcome.err.starts_with("mapfile-" + tool + ": "));
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(outcome.err.find(word) != std::string::npos);
  }
}

RunOptions Input(std::size_t size) {
  RunOptions options;
  options.in = std::string(size, 'x');
  return options;
}

void CheckFull(const std::string& dir, const std::string& type) {
  const std::string file = dir + "/run.map";
  REQUIRE(Run({"create", file}).status == 0);
  REQUIRE(Run({"put", file, "a", "old"}).status == 0);
  CheckNoSpace(Run({"put", file, "a", "-"}, Input(8 << 20)), "put",
               {file, "is full", dir + " (" + type, "Make room"});
  CHECK(Run({"get", file, "a"}).out == "old");
  CheckNoSpace(Run({"create", dir + "/large.map", "--size", "8M"}), "create",
               {dir + "/large.map", "is full", dir + " (" + type});
  CHECK_FALSE(std::filesystem::exists(dir + "/large.map"));
  const std::string demo = dir + "/demo.map";
  TakeRoom(dir + "/room");
  CheckNoSpace(Run({"demo", demo, "--duration", "100ms"}), "demo", {demo});
  CheckNoSpace(Run({"create", dir + "/small.map"}), "create",
               {dir + "/small.map"});
  CHECK(Run({"get", file, "a"}).out == "old");
  CHECK(Run({"ls", file}).status == 0);
  CHECK(Run({"put", file, "a", "new"}).status == 0);
  std::filesystem::remove(dir + "/room");
  CHECK(Run({"put", file, "b", "-"}, Input(100'000)).status == 0);
  CHECK(Run({"demo", demo, "--duration", "100ms"}).status == 0);
}

TEST_CASE("a file system in memory is full") {
  const TempDir dir;
  const Mounted mounted = Mounted::Tmpfs(dir.path(), 4096);
  if (mounted) {
    CheckFull(dir.path(), "tmpfs");
  } else {
    MESSAGE("skipped: no permission to mount a tmpfs");
  }
}

TEST_CASE("a disk is full") {
  const TempDir dir;
  std::filesystem::create_directory(dir / "disk");
  const Mounted mounted = Mounted::Ext4(dir / "disk", dir / "image", 4096);
  if (mounted) {
    CheckFull(dir / "disk", "ext4");
  } else {
    MESSAGE("skipped: no permission to mount a disk image");
  }
}

TEST_CASE("a container's small /dev/shm") {
  const Mounted mounted = Mounted::Tmpfs("/dev/shm", 1024);
  if (!mounted) {
    MESSAGE("skipped: no permission to mount a tmpfs");
    return;
  }
  CheckNoSpace(Run({"create", "/dev/shm/run.map", "--size", "8M"}), "create",
               {"/dev/shm (tmpfs, 1024 KiB)", "Docker", "--shm-size"});
}

TEST_CASE("files may not be larger (ulimit -f)") {
  const TempDir dir;
  const std::string file = dir / "run.map";
  REQUIRE(Run({"create", file}).status == 0);
  REQUIRE(Run({"put", file, "a", "old"}).status == 0);
  REQUIRE(Run({"put", file, "large", "-"}, Input(500'000)).status == 0);
  WriteAll(dir / "out", "");
  const Limit limit(RLIMIT_FSIZE, 200'000);
  CheckNoSpace(Run({"put", file, "a", "-"}, Input(900'000)), "put",
               {file, "200000", "ulimit -f"});
  CHECK(Run({"get", file, "a"}).out == "old");
  CHECK(Run({"put", file, "a", "new"}).status == 0);
  CheckNoSpace(Run({"create", dir / "b.map", "--size", "1M"}), "create",
               {dir / "b.map", "ulimit -f"});
  // Output too.
  RunOptions to_file;
  to_file.out_path = dir / "out";
  CheckNoSpace(Run({"get", file, "large"}, to_file), "get",
               {"standard output", "File too large"});
  CheckNoSpace(Run({"get", file, "large", "-o", dir / "other"}), "get",
               {"File too large"});
}

TEST_CASE("little address space (ulimit -v)" *
          doctest::skip(testing::kSanitizer)) {
  const TempDir dir;
  const std::string file = dir / "run.map";
  const Limit limit(RLIMIT_AS, 300 << 20);  // The file's own limit is 1 GiB
  REQUIRE(Run({"create", file}).status == 0);
  CHECK(Run({"put", file, "a", "old"}).status == 0);
  CHECK(Run({"put", file, "b", "-"}, Input(20 << 20)).status == 0);
  CHECK(Run({"ls", file}).status == 0);
  CHECK(Run({"demo", dir / "demo.map", "--duration", "100ms"}).status == 0);
  CheckNoSpace(Run({"create", dir / "c.map", "--size", "600M"}), "create",
               {dir / "c.map", "address space", "ulimit -v"});
  CHECK_FALSE(std::filesystem::exists(dir / "c.map"));
  CHECK(Run({"get", file, "a"}).out == "old");
}

TEST_CASE("every tool: standard output is full, standard error is closed") {
  const TempDir dir;
  const std::string file = dir / "run.map";
  REQUIRE(Run({"create", file}).status == 0);
  REQUIRE(Run({"put", file, "a", "1"}).status == 0);
  RunOptions full;
  full.out_path = "/dev/full";
  RunOptions mute;
  mute.close_err = true;
  const std::string bytes = ReadAll(file);
  for (const std::string tool :
       {"create", "demo", "get", "ls", "print", "put", "rm", "watch"}) {
    CAPTURE(tool);
    for (const std::string word : {"--help", "--version"}) {
      CheckNoSpace(Run({tool, word}, full), tool,
                   {"standard output: No space left on device"});
    }
    // Nowhere to complain to, but the exit status tells; and nothing goes
    // into the file instead.
    CHECK(Run({tool, file, "--bogus"}, mute).status == 2);
    CHECK(Run({tool, "--version"}, mute).status == 0);
  }
  CHECK(Run({"get", file, "none"}, mute).status == 1);
  CHECK(Run({"rm", file, "none"}, mute).status == 1);
  CHECK(Run({"create", file}, mute).status == 5);
  CHECK(Run({"put", file, "a", "x", "-t", "i64"}, mute).status == 2);
  CHECK(Run({"demo", dir / "demo.map", "--duration", "50ms"}, mute).status ==
        0);
  CHECK(Run({"get", file, "a"}, mute).out == "1");
  CHECK(ReadAll(file).size() == bytes.size());
  CHECK(Run({"put", file, "a", "2", "-v"}, mute).status == 0);
  CHECK(Run({"get", file, "a"}).out == "2");
}

}  // namespace
}  // namespace mapfile::tools
