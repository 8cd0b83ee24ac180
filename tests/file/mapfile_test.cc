// MapFile: what its calls have in common with each other.
#include <cstdlib>
#include <optional>

#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  MapFile file = Create(dir / "a.map");
};

TEST_CASE_FIXTURE(Fixture, "a literal is a name, a pointer an object") {
  const double value = 1;
  Must(file.Add(value, "n"));
  const Generation first = Must(file.Update("n"));
  CHECK(Must(file.Update(&value)) == first + 1);
  CHECK(CodeOf(file.Update("none")) == Code::kNotFound);
  const std::string name = "n";
  CHECK(Must(file.Update(name)) == first + 2);
  Must(file.Remove("n"));
  CHECK(CodeOf(file.Remove(&value)) == Code::kNotFound);
}

TEST_CASE_FIXTURE(Fixture, "copies are one open file") {
  MapFile copy = file;
  MapFile moved = std::move(copy);
  Must(moved.ChangeDirectory("d"));
  Must(file.Put("n", 1));
  CHECK(Must(moved.Get<int>("/d/n")) == 1);
  CHECK(moved.base_address() == file.base_address());
  CHECK(Must(file.Info()).producers.size() == 1);
  // Not empty, though it was moved from.
  CHECK(copy.is_open());
  Must(copy.Close());
  CHECK(!file.is_open());
}

TEST_CASE_FIXTURE(Fixture, "a static object is closed by exit()") {
  testing::Child child([&] {
    // After the main thread's own objects.
    static std::optional<MapFile> kept;
    kept = Create(dir / "b.map");
    for (const char* name : {"n", "m"}) Must(kept->Put(name, 1));
    std::exit(0);
    return 1;
  });
  CHECK(child.Wait() == 0);
  CHECK(Must(Must(MapFile::Open(dir / "b.map")).Info()).closed_in_order);
}

TEST_CASE_FIXTURE(Fixture, "through a reader every change is ReadOnly") {
  Must(file.Put("n", 1));
  MapFile reader = Must(MapFile::Open(dir / "a.map"));
  const double value = 1;
  const auto check = [](const auto& result) {
    CHECK(CodeOf(result) == Code::kReadOnly);
    CHECK(Has(MessageOf(result), "reading only"));
  };
  check(reader.Put("n", 2));
  check(reader.Add(value, "v"));
  check(reader.Update());
  check(reader.Remove("n"));
  check(reader.RemoveAll());
  check(reader.Unbind("n"));
  check(reader.SetTitle("t"));
  check(reader.SumBuffer(1));
  check(reader.AcquireLock());
  check(reader.BecomeWriter());
  check(reader.Emplace<RunState>("s"));
  check(Must(reader.Find("n")).Put(2));
  Must(reader.Resign());
  CHECK(CodeOf(reader.ReleaseLock()) == Code::kInvalidArgument);
  Must(reader.Close());
}

TEST_CASE_FIXTURE(Fixture, "Close from inside of a call is Busy, not a hang") {
  auto state = Must(file.Emplace<RunState>("s"));
  Code closed = {};
  Code resigned = {};
  Must(state.Modify([&](RunState& s) {
    s.run = 1;
    closed = CodeOf(file.Close());
    resigned = CodeOf(file.Resign());
  }));
  CHECK(closed == Code::kBusy);
  CHECK(resigned == Code::kBusy);
  CHECK(file.is_open());
  CHECK(Must(state.Get()).run == 1);
}

TEST_CASE_FIXTURE(Fixture, "names may hold what a path can't") {
  for (const std::string& name :
       {std::string("a b"), std::string("\x01\xff"), std::string("*?[]"),
        std::string("käse"), std::string(255, 'n')}) {
    Must(file.Put(name, 1));
    CHECK(Must(file.Get<int>(name)) == 1);
    CHECK(Must(file.Last()).name() == name);
  }
  for (const std::string& name :
       {std::string(), std::string("a/"), std::string("/"),
        std::string("a\0b", 3), std::string(256, 'n'), std::string("..")}) {
    CHECK(CodeOf(file.Put(name, 1)) == Code::kInvalidArgument);
    CHECK(CodeOf(file.Find(name)) == Code::kInvalidArgument);
  }
}

}  // namespace
}  // namespace mapfile
