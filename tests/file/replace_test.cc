// RECREATE: another file in the place of one that others use.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "lib/format/layout.h"
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

const Options kRecreate = {.mode = Mode::kRecreate};
const Options kForce = {.mode = Mode::kRecreate, .force = true};

format::FileHeader& Header(const MapFile& file) {
  return *static_cast<format::FileHeader*>(file.base_address());
}

TEST_CASE("a living producer is Busy, and named; a dead one isn't") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  const Pipe ready;
  Child producer([&] {
    MapFile file = Create(path);
    Must(file.Put("old", 1));
    ready.Tell();
    pause();
    return 0;
  });
  ready.Hear();
  const auto refused = MapFile::Open(path, kRecreate);
  CHECK(CodeOf(refused) == Code::kBusy);
  CHECK(Has(MessageOf(refused), "pid " + std::to_string(producer.pid())));
  // A stopped one lives as well.
  producer.Signal(SIGSTOP);
  CHECK(CodeOf(MapFile::Open(path, kRecreate)) == Code::kBusy);
  CHECK(Must(Must(MapFile::Open(path)).Get<int>("old")) == 1);
  CHECK(Header(Must(MapFile::Open(path))).replaced == format::kNotReplaced);
  producer.Kill();
  MapFile fresh = Must(MapFile::Open(path, kRecreate));
  CHECK(Must(fresh.List()).empty());
}

TEST_CASE("readers keep the old file and can tell; its writers can't go on") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  MapFile old = Create(path);
  Must(old.Put("n", 1));
  Record record = Must(old.Find("n"));
  const MapFile reader = Must(MapFile::Open(path));
  MapFile fresh = Must(MapFile::Open(path, kForce));
  Must(fresh.Put("n", 100));
  CHECK(reader.path_state() == PathState::kReplaced);
  CHECK(fresh.path_state() == PathState::kSame);
  CHECK(Must(reader.Get<int>("n")) == 1);
  CHECK(CodeOf(old.Put("n", 2)) == Code::kConflict);
  CHECK(CodeOf(record.Put(2)) == Code::kConflict);
  CHECK(CodeOf(old.heap().Malloc(1)) == Code::kConflict);
  CHECK(Has(MessageOf(old.Remove("n")), "another file has taken its place"));
  CHECK(Must(old.Get<int>("n")) == 1);
  Must(old.Close());
  CHECK(Must(Must(MapFile::Open(path)).Get<int>("n")) == 100);
}

TEST_CASE("an announcement whose author died is cleared by the next writer") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  MapFile file = Create(path);
  Header(file).replaced = format::kReplacing;
  Must(file.Put("n", 1));
  CHECK(Header(file).replaced == format::kNotReplaced);
  Header(file).replaced = format::kReplacing;
  MapFile other = Must(MapFile::Open(
      path,
      {.mode = Mode::kUpdate, .lock_timeout = std::chrono::milliseconds(20)}));
  CHECK(Header(file).replaced == format::kNotReplaced);
  // Not by one who is refused: it may be somebody's who is at work.
  Header(file).replaced = format::kReplacing;
  CHECK(CodeOf(MapFile::Open(path, kRecreate)) == Code::kBusy);
  CHECK(Header(file).replaced == format::kReplacing);
}

// Opens a file once all are ready; lives, with the file open, until told.
struct Rival {
  const Pipe result;
  Child child;
  Rival(const std::string& path, const Pipe& go, const Pipe& end)
      : child([&, path] {
          go.Hear();
          auto file = MapFile::Open(path, kRecreate);
          result.Tell(file ? 1 : 0);
          end.Hear();
          // Who has won has the file that others find.
          return file && (file->path_state() != PathState::kSame ||
                          !file->Put("mine", 1));
        }) {}
};

TEST_CASE("of several that replace a file at once one at most succeeds") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  { const MapFile file = Create(path); }
  for (int round = 0; round < 25; ++round) {
    const Pipe go;
    const Pipe end;
    std::vector<std::unique_ptr<Rival>> rivals;
    for (int i = 0; i < 4; ++i) {
      rivals.push_back(std::make_unique<Rival>(path, go, end));
    }
    for (int i = 0; i < 4; ++i) go.Tell();
    int winners = 0;
    for (const auto& rival : rivals) {
      winners += static_cast<int>(rival->result.Hear());
    }
    CHECK(winners <= 1);
    for (int i = 0; i < 4; ++i) end.Tell();
    for (const auto& rival : rivals) CHECK(rival->child.Wait() == 0);
  }
}

TEST_CASE("the new file has the old one's permissions") {
  const TempDir dir(true);
  const std::string path = dir / "a.map";
  { const MapFile file = Create(path, {.permissions = 0640}); }
  const MapFile fresh = Must(MapFile::Open(path, kRecreate));
  struct stat status {};
  REQUIRE(fstat(fresh.fd(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("what is no map file is kept, unless forced; a bad one isn't") {
  const TempDir dir(true);
  const std::string path = dir / "a";
  std::ofstream(path) << "a letter";
  CHECK(CodeOf(MapFile::Open(path, kRecreate)) == Code::kExists);
  CHECK(std::filesystem::file_size(path) == 8);
  Must(Must(MapFile::Open(path, kForce)).Close());
  CHECK(MapFile::Open(path));
  REQUIRE(truncate(path.c_str(), 100) == 0);
  CHECK(CodeOf(MapFile::Open(path)) == Code::kCorrupt);
  CHECK(MapFile::Open(path, kRecreate));
  REQUIRE(truncate(path.c_str(), 0) == 0);
  CHECK(MapFile::Open(path, kRecreate));
}

TEST_CASE("a path that leads nowhere any more is told as removed") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  CHECK(file.path_state() == PathState::kSame);
  std::filesystem::rename(dir / "a.map", dir / "b.map");
  CHECK(file.path_state() == PathState::kRemoved);
  // Its writers go on: others may have it open.
  Must(file.Put("n", 1));
  { const MapFile other = Create(dir / "a.map"); }
  CHECK(file.path_state() == PathState::kReplaced);
  CHECK(Must(Must(MapFile::Open(dir / "b.map")).Get<int>("n")) == 1);
}

}  // namespace
}  // namespace mapfile
