// Processes that are stopped: alive, and doing nothing.
#include <csignal>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using std::chrono::milliseconds;
using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

struct World {
  World() {
    MapFile file = Create(path);
    // All slots have buffers: publishing takes no other lock any more.
    for (int i = 0; i < 3; ++i) {
      Must(file.Put("a", RunState{1, 1}));
      Must(file.Put("b", RunState{1, 1}));
    }
    Must(file.Close());
  }
  MapFile Writer(milliseconds lock_timeout) const {
    return Must(MapFile::Open(
        path, {.mode = Mode::kUpdate, .lock_timeout = lock_timeout}));
  }
  TempDir dir{true};
  std::string path = dir / "a.map";
};

// Waits until the child has stopped itself.
void WaitForStop(const Child& child) {
  int status = 0;
  REQUIRE(waitpid(child.pid(), &status, WUNTRACED) == child.pid());
  REQUIRE(WIFSTOPPED(status));
}

template <class R>
void CheckBusy(const R& result, const Child& owner) {
  CAPTURE(MessageOf(result));
  CHECK(CodeOf(result) == Code::kBusy);
  CHECK(Has(MessageOf(result), "pid " + std::to_string(owner.pid()) + ","));
  CHECK(Has(MessageOf(result), "stopped_test"));
}

TEST_CASE("a stopped reader delays nobody") {
  World world;
  Child reader([&] {
    const MapFile file = Must(MapFile::Open(world.path));
    for (;;) (void)file.Get<RunState>("a");
    return 0;
  });
  // Any wait would be an error.
  MapFile file = world.Writer(milliseconds(0));
  for (int i = 0; i < 50; ++i) {
    std::this_thread::sleep_for(milliseconds(1));
    reader.Signal(SIGSTOP);
    WaitForStop(reader);
    for (int n = 0; n < 5; ++n) Must(file.Put("a", RunState{i, 1.0 * n}));
    Must(file.Put("new", RunState{}));
    Must(file.Remove("new"));
    reader.Signal(SIGCONT);
  }
}

TEST_CASE("a record's writer that is stopped keeps its record") {
  World world;
  Child owner([&] {
    MapFile file = world.Writer(milliseconds(2000));
    auto record = Must(file.Emplace<RunState>("a"));
    const auto modified = record.Modify([](RunState& state) {
      raise(SIGSTOP);
      state = {2, 2};
    });
    return modified && file.Close() ? 0 : 1;
  });
  WaitForStop(owner);
  MapFile file = world.Writer(milliseconds(100));
  for (int i = 0; i < 3; ++i) CheckBusy(file.Put("a", RunState{3, 3}), owner);
  CheckBusy(file.Remove("a"), owner);
  CheckBusy(file.RemoveAll(), owner);
  // Everything else goes on.
  CHECK(Must(file.Get<RunState>("a")) == RunState{1, 1});
  CHECK(Must(file.List()).size() == 2);
  Must(file.Put("b", RunState{3, 3}));
  Must(file.Put("c", RunState{3, 3}));
  owner.Signal(SIGCONT);
  CHECK(owner.Wait() == 0);
  CHECK(Must(file.Get<RunState>("a")) == RunState{2, 2});
  Must(file.Put("a", RunState{3, 3}));
}

TEST_CASE("the owner of the file's lock that is stopped keeps it") {
  World world;
  Child owner([&] {
    MapFile file = world.Writer(milliseconds(2000));
    raise(SIGSTOP);
    Must(file.AcquireLock());
    raise(SIGSTOP);
    Must(file.Put("new", RunState{2, 2}));
    Must(file.ReleaseLock());
    return file.Close() ? 0 : 1;
  });
  // Opening takes the file's lock, too.
  WaitForStop(owner);
  MapFile file = world.Writer(milliseconds(100));
  owner.Signal(SIGCONT);
  WaitForStop(owner);
  CheckBusy(file.Put("other", RunState{3, 3}), owner);
  CheckBusy(file.SetTitle("mine"), owner);
  CheckBusy(file.heap().Malloc(10), owner);
  CheckBusy(MapFile::Open(world.path, {.mode = Mode::kUpdate,
                                       .lock_timeout = milliseconds(100)}),
            owner);
  // Reading and publishing need it not.
  CHECK(Must(MapFile::Open(world.path)).List().value().size() == 2);
  Must(file.Put("a", RunState{3, 3}));
  CHECK(Must(file.Get<RunState>("a")) == RunState{3, 3});
  owner.Signal(SIGCONT);
  CHECK(owner.Wait() == 0);
  Must(file.Put("other", RunState{3, 3}));
  CHECK(Must(file.Get<RunState>("new")) == RunState{2, 2});
}

TEST_CASE("one that is stopped and then killed is dead") {
  World world;
  Child owner([&] {
    MapFile file = world.Writer(milliseconds(2000));
    Must(file.AcquireLock());
    raise(SIGSTOP);
    return 0;
  });
  WaitForStop(owner);
  owner.Kill();
  MapFile file = world.Writer(milliseconds(60000));
  Must(file.Put("other", RunState{3, 3}));
}

}  // namespace
}  // namespace mapfile
