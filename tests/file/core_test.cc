// What holds for every call: closed, forked, lost, named.
#include <optional>
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

template <class F>
void CheckAll(MapFile file, Record record, F&& check) {
  check(file.Put("n", 2));
  check(file.Get<int>("n"));
  check(file.Find("n"));
  check(file.List());
  check(file.Info());
  check(file.Remove("n"));
  check(file.Update());
  check(file.Sync());
  check(file.AcquireLock());
  check(file.WaitFor("n", 0, std::chrono::seconds(1)));
  check(file.heap().Malloc(1));
  check(file.OffsetOf(&file));
  check(record.Put(3));
  check(record.Get<int>());
  check(record.Info());
  check(record.Next());
}

TEST_CASE("after Close every call is Closed, and says of which file") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  Must(file.Put("n", 1));
  const Record record = Must(file.Find("n"));
  const MapFile copy = file;
  Must(file.Close());
  CHECK(!copy.is_open());
  CheckAll(copy, record, [](const auto& result) {
    CHECK(CodeOf(result) == Code::kClosed);
    CHECK(Has(MessageOf(result), "a.map: "));
  });
  CHECK(copy.size_bytes() == 0);
  CHECK(copy.base_address() == nullptr);
  CHECK(copy.title() == "");
  CHECK(copy.activity() == 0);
}

TEST_CASE("a handle outlives the object that opened its file") {
  const TempDir dir(true);
  std::optional<MapFile> file = Create(dir / "a.map");
  Must(file->Put("n", 1));
  Record record = Must(file->Find("n"));
  file.reset();
  Must(record.Put(2));
  CHECK(Must(record.Get<int>()) == 2);
  CHECK(Must(Must(MapFile::Open(dir / "a.map")).Get<int>("n")) == 2);
}

TEST_CASE("what was opened before a fork is Closed in the child") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  Must(file.Put("n", 1));
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  const Record record = Must(file.Find("n"));
  Child child([&] {
    int wrong = 0;
    const auto check = [&](const auto& result) {
      wrong += CodeOf(result) != Code::kClosed;
    };
    CheckAll(file, record, check);
    CheckAll(reader, record, check);
    if (file.is_open() || reader.writable()) return 100;
    if (!file.Close()) return 101;
    auto own = MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate});
    if (!own || !own->Put("n", 2)) return 102;
    return wrong;
  });
  CHECK(child.Wait() == 0);
  // The parent goes on as before.
  CHECK(Must(file.Get<int>("n")) == 2);
  Must(file.Put("n", 3));
  CHECK(Must(file.Info()).producers.size() == 1);
}

TEST_CASE("a child can close what a thread of its parent was using") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  auto state = Must(file.Emplace<RunState>("state"));
  const Pipe inside;
  const Pipe leave;
  std::thread user([&] {
    Must(state.Modify([&](RunState& s) {
      s.run = 1;
      inside.Tell();
      leave.Hear();
    }));
  });
  inside.Hear();
  Child child([&] {
    alarm(60);
    return file.Close() ? 0 : 1;
  });
  CHECK(child.Wait() == 0);
  leave.Tell();
  user.join();
  CHECK(Must(state.Get()).run == 1);
}

TEST_CASE("a file that was truncated under its mapping is Io, not a crash") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  Must(file.Put("big", std::vector<double>(10000, 1)));
  const MapFile reader = Must(MapFile::Open(dir / "a.map"));
  REQUIRE(truncate((dir / "a.map").c_str(), 4096) == 0);
  for (const MapFile& handle : {reader, file}) {
    const auto got = handle.Get<std::vector<double>>("big");
    CHECK(CodeOf(got) == Code::kIo);
    CHECK(Has(MessageOf(got), "truncated"));
    CHECK(!handle.is_open());
  }
  CHECK(CodeOf(file.Put("big", 1.0)) == Code::kIo);
  CHECK(CodeOf(file.Put("new", 1.0)) == Code::kIo);
  CHECK(CodeOf(MapFile::Open(dir / "a.map")) == Code::kCorrupt);
}

TEST_CASE("a message names the file and the record, once") {
  const TempDir dir(true);
  MapFile file = Create(dir / "a.map");
  const std::string path = dir / "a.map";
  CHECK(MessageOf(file.Find("none")) == path + ": \"none\": no such record");
  CHECK(MessageOf(file.Put("a//b", 1)) ==
        path + ": \"a//b\": an element of the path is empty");
  CHECK(Has(MessageOf(file.Find("\x1b[2J")), "\"\\x1b[2J\""));
}

}  // namespace
}  // namespace mapfile
