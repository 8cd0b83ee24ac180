// Updating and reading what is there, with nobody waiting, makes no system
// call: proved by a process in which every call but read, write and exit
// kills.
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "tests/file/file_test_support.h"
#include "tests/support/sanitizer.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::Create;
using testing::Must;
using testing::TempDir;

constexpr int kRounds = 1000;

// Ends the process, which mustn't make the calls of _exit().
[[noreturn]] void Leave(int status) {
  for (;;) syscall(SYS_exit, status);
}

struct Run {
  double rate = 0;
  std::uint64_t number = 0;
};
MAPFILE_DESCRIBE(Run, 1, rate, number)

// All kinds of calls once outside, since the first of each may allocate.
struct World {
  explicit World(const std::string& path)
      : file(Create(path)), vector(100, 1.0), text(100, 'x') {
    Must(file.Put("vector", vector));
    Must(file.Put("text", text));
    Must(file.Put("run", Run{}));
    Must(file.Add(histogram));
    record.emplace(Must(file.Find("vector")));
    in_place.emplace(Must(file.Emplace<Run>("in place")));
  }

  bool Write() {
    return record->Put(vector) && file.Put("text", text) &&
           file.Put("run", Run{}) && file.Update(&histogram) &&
           in_place->Modify([](Run& run) { ++run.number; });
  }
  bool Read() {
    return record->Get(&vector) && file.Get("text", &text) && in_place->Get() &&
           file.Get("histogram", &histogram);
  }

  MapFile file;
  std::vector<double> vector;
  std::string text;
  Histogram1D histogram{"histogram", RegularAxis(1000, 0, 1)};
  std::optional<Record> record;
  std::optional<InPlaceRecord<Run>> in_place;
};

template <class Call>
int WithoutSystemCalls(const std::string& path, Call call) {
  Child child([&] {
    World world(path);
    for (int i = 0; i < 10; ++i) {
      if (!call(world)) return 1;
    }
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) return 2;
    for (int i = 0; i < kRounds; ++i) {
      if (!call(world)) Leave(1);
    }
    Leave(0);
  });
  return child.Wait();
}

// Ways out of a test that can't be made here.
bool IsPossible() {
  if (testing::kSanitizer) {
    MESSAGE("skipped: sanitizers make system calls of their own");
    return false;
  }
  Child child([] {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) return 2;
    Leave(0);
  });
  const bool possible = child.Wait() == 0;
  if (!possible) MESSAGE("skipped: this system lets no process be locked in");
  return possible;
}

TEST_CASE("writing what is there makes no system call") {
  if (!IsPossible()) return;
  const TempDir dir(true);
  CHECK(WithoutSystemCalls(dir / "a.map",
                           [](World& world) { return world.Write(); }) == 0);
}

TEST_CASE("reading makes no system call") {
  if (!IsPossible()) return;
  const TempDir dir(true);
  CHECK(WithoutSystemCalls(dir / "a.map",
                           [](World& world) { return world.Read(); }) == 0);
}

TEST_CASE("a call that makes one is caught") {
  if (!IsPossible()) return;
  const TempDir dir(true);
  // A record that is new needs a look at the clock and the heap alone, but
  // a value that outgrows the file makes it grow.
  const auto grow = [size = std::size_t{1000}](World& world) mutable {
    size *= 2;
    return world.file.Put("text", std::string(size, 'y')).has_value();
  };
  CHECK(WithoutSystemCalls(dir / "a.map", grow) == -SIGKILL);
}

}  // namespace
}  // namespace mapfile
