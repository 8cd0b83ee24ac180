// Opening what is there, isn't, comes, or goes.
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::Pipe;
using testing::TempDir;

const Options kUpdate = {.mode = Mode::kUpdate};

TEST_CASE("UPDATE wins against removal and creation by others") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  std::vector<Child> children;
  for (int i = 0; i < 2; ++i) {
    children.emplace_back([&] {
      for (int n = 0; n < 150; ++n) {
        auto file = MapFile::Open(path, kUpdate);
        if (!file) return 1;
        if (!file->Put("n", n)) return 2;
        if (!file->Close()) return 3;
      }
      return 0;
    });
  }
  Child remover([&] {
    for (;;) {
      unlink(path.c_str());
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
    return 0;
  });
  for (Child& child : children) CHECK(child.Wait() == 0);
}

TEST_CASE("all that open a new file at once are in the same one") {
  const TempDir dir(true);
  for (int round = 0; round < 10; ++round) {
    const std::string path = dir / ("a" + std::to_string(round));
    const Pipe go;
    std::vector<Child> children;
    for (int i = 0; i < 4; ++i) {
      children.emplace_back([&, i] {
        go.Hear();
        auto file = MapFile::Open(path, kUpdate);
        return file && file->Put("r" + std::to_string(i), i) ? 0 : 1;
      });
    }
    for (int i = 0; i < 4; ++i) go.Tell();
    for (Child& child : children) CHECK(child.Wait() == 0);
    CHECK(Must(Must(MapFile::Open(path)).List()).size() == 4);
  }
}

TEST_CASE("of several that create a file one succeeds, none sees half") {
  const TempDir dir(true);
  for (int round = 0; round < 10; ++round) {
    const std::string path = dir / ("a" + std::to_string(round));
    const Pipe go;
    std::vector<Child> children;
    for (int i = 0; i < 3; ++i) {
      children.emplace_back([&] {
        go.Hear();
        const auto file = MapFile::Open(path, {.mode = Mode::kCreate});
        if (file) return 1;
        if (CodeOf(file) != Code::kExists) return 100;
        return MapFile::Open(path) ? 0 : 101;
      });
    }
    for (int i = 0; i < 3; ++i) go.Tell();
    int created = 0;
    for (Child& child : children) created += child.Wait();
    CHECK(created == 1);
  }
}

TEST_CASE("what can't be opened says why") {
  const TempDir dir(true);
  const auto code = [](const std::string& path) {
    const auto file = MapFile::Open(path);
    CHECK(Has(MessageOf(file), path));
    CHECK(CodeOf(MapFile::Open(path, kUpdate)) != Code{});
    return CodeOf(file);
  };
  CHECK(CodeOf(MapFile::Open("")) == Code::kInvalidArgument);
  CHECK(code(dir.path()) == Code::kInvalidArgument);
  CHECK(code("/dev/null") == Code::kInvalidArgument);
  CHECK(CodeOf(MapFile::Open(dir / "none")) == Code::kNotFound);
  CHECK(code(dir / "none/none") == Code::kNotFound);
  std::ofstream(dir / "text") << std::string(100000, 'x');
  CHECK(code(dir / "text") == Code::kCorrupt);
  std::ofstream(dir / "empty").close();
  CHECK(code(dir / "empty") == Code::kCorrupt);
  { const MapFile file = Create(dir / "short"); }
  REQUIRE(truncate((dir / "short").c_str(), 20000) == 0);
  CHECK(code(dir / "short") == Code::kCorrupt);
}

TEST_CASE("without permission to write a file can be read") {
  const TempDir dir(true);
  testing::OpenToNobody(dir.path());
  const std::string path = dir / "a.map";
  {
    MapFile file = Create(path);
    Must(file.Put("n", 1));
  }
  std::filesystem::permissions(path, std::filesystem::perms{0444});
  Child child([&] {
    if (!testing::BecomeNobody()) return 9;
    const auto file = MapFile::Open(path);
    if (!file || file->Get<int>("n") != 1) return 1;
    if (CodeOf(MapFile::Open(path, kUpdate)) != Code::kReadOnly) return 2;
    const Code recreated =
        CodeOf(MapFile::Open(path, {.mode = Mode::kRecreate}));
    return recreated == Code::kReadOnly ? 0 : 3;
  });
  CHECK(child.Wait() == 0);
}

TEST_CASE("a file follows its user, not the current directory") {
  const TempDir dir(true);
  Child child([&] {
    if (chdir(dir.path().c_str()) != 0) return 1;
    auto file = MapFile::Open("a.map", kUpdate);
    if (!file || chdir("/") != 0) return 2;
    return file->path_state() == PathState::kSame && file->Put("n", 1) ? 0 : 3;
  });
  CHECK(child.Wait() == 0);
}

}  // namespace
}  // namespace mapfile
