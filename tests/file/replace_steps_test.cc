// RECREATE by processes that stop or die half-way: with the steps of
// lib/base/step.h.
#include <doctest/doctest.h>

#include <csignal>
#include <string>

#include "lib/base/step.h"
#include "mapfile/mapfile.h"
#include "tests/support/process.h"

namespace mapfile {
namespace {

using std::chrono::milliseconds;
using testing::Child;
using testing::TempDir;

// Replaces the file, up to `step`, where it gets `signal`.
Child ReplaceUpTo(const std::string& path, std::string_view step, int signal) {
  return Child([&] {
    step_hook = [&](const char* name) {
      if (name == step) raise(signal);
    };
    return MapFile::Open(path, {.mode = Mode::kRecreate}) ? 0 : 1;
  });
}

Result<MapFile> Update(const std::string& path, milliseconds lock_timeout) {
  return MapFile::Open(path,
                       {.mode = Mode::kUpdate, .lock_timeout = lock_timeout});
}

struct World {
  World() { REQUIRE(Update(path, milliseconds(2000))->Put("a", 1)); }
  TempDir dir{true};
  std::string path = dir / "a.map";
};

TEST_CASE("who is stopped before it replaces a file keeps new writers out") {
  World world;
  Child other = ReplaceUpTo(world.path, "replace: announced", SIGSTOP);
  int status = 0;
  REQUIRE(waitpid(other.pid(), &status, WUNTRACED) == other.pid());
  const auto refused = Update(world.path, milliseconds(100));
  REQUIRE(!refused);
  CHECK(refused.error().code() == Code::kBusy);
  CHECK(refused.error().message().find(std::to_string(other.pid())) !=
        std::string::npos);
  const auto second = MapFile::Open(world.path, {.mode = Mode::kRecreate});
  REQUIRE(!second);
  CHECK(second.error().code() == Code::kBusy);
  CHECK(MapFile::Open(world.path)->Get<int>("a").value() == 1);
  other.Signal(SIGCONT);
  CHECK(other.Wait() == 0);
  const auto file = Update(world.path, milliseconds(2000));
  REQUIRE(file);
  CHECK(file->Get<int>("a").error().code() == Code::kNotFound);
}

TEST_CASE("who is killed before it replaces a file delays nobody") {
  World world;
  Child other = ReplaceUpTo(world.path, "replace: announced", SIGKILL);
  CHECK(other.Wait() == -SIGKILL);
  // A time-out that nobody would wait for.
  auto file = Update(world.path, milliseconds(600000));
  REQUIRE(file);
  CHECK(file->Put("a", 2));
}

TEST_CASE("a writer learns that the file was replaced by one who died") {
  World world;
  auto file = Update(world.path, milliseconds(2000));
  REQUIRE(file);
  REQUIRE(file->Resign());
  Child other = ReplaceUpTo(world.path, "create: renamed", SIGKILL);
  CHECK(other.Wait() == -SIGKILL);
  CHECK(file->BecomeWriter().error().code() == Code::kConflict);
  CHECK(file->path_state() == PathState::kReplaced);
  CHECK(Update(world.path, milliseconds(2000))->Put("a", 2));
}

TEST_CASE("files with temporary names go, unless they are somebody's") {
  World world;
  Child other = ReplaceUpTo(world.path, "create: named", SIGSTOP);
  int status = 0;
  REQUIRE(waitpid(other.pid(), &status, WUNTRACED) == other.pid());
  const auto count = [&] {
    return std::distance(std::filesystem::directory_iterator(world.dir.path()),
                         {});
  };
  const std::string another = world.dir / "b.map";
  REQUIRE(Update(another, milliseconds(2000)));
  CHECK(count() == 3);
  other.Kill();
  REQUIRE(Update(world.dir / "c.map", milliseconds(2000)));
  CHECK(count() == 3);
}

}  // namespace
}  // namespace mapfile
