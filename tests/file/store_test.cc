// Put, with and without conditions, against others that do the same.
#include "tests/file/file_test_support.h"

namespace mapfile {
namespace {

using testing::Child;
using testing::CodeOf;
using testing::Create;
using testing::Has;
using testing::MessageOf;
using testing::Must;
using testing::TempDir;

struct Fixture {
  TempDir dir{true};
  std::string path = dir / "a.map";
  MapFile file = Create(path);
};

TEST_CASE_FIXTURE(Fixture, "conditions of a Put hold or it changes nothing") {
  CHECK(CodeOf(file.Put("n", 1, {.existing_only = true})) == Code::kNotFound);
  CHECK(CodeOf(file.Put("n", 1, {.if_generation = 5})) == Code::kConflict);
  const Generation first = Must(file.Put("n", 1, {.if_generation = 0}));
  CHECK(CodeOf(file.Put("n", 2, {.if_generation = 0})) == Code::kConflict);
  CHECK(CodeOf(file.Put("n", 2, {.create_only = true})) == Code::kExists);
  CHECK(CodeOf(file.Put("n", 2, {.if_generation = first + 1})) ==
        Code::kConflict);
  CHECK(Must(file.Get<int>("n")) == 1);
  CHECK(Must(file.Put("n", 2, {.if_generation = first})) == first + 1);
  CHECK(Must(file.Put("n", 3, {.existing_only = true})) == first + 2);
  Must(file.Remove("n"));
  // A new life has new generations: an old condition can't hold again.
  Must(file.Put("n", 4, {.create_only = true}));
  CHECK(CodeOf(file.Put("n", 5, {.if_generation = first})) == Code::kConflict);
}

TEST_CASE_FIXTURE(Fixture, "counting by condition loses nothing") {
  Must(file.Put("n", 0));
  std::vector<Child> children;
  for (int c = 0; c < 3; ++c) {
    children.emplace_back([&] {
      MapFile own = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
      for (int i = 0; i < 300; ++i) {
        for (;;) {
          VersionInfo seen;
          const int n = Must(own.Get<int>("n", &seen));
          const auto put =
              own.Put("n", n + 1, {.if_generation = seen.generation});
          if (put) break;
          if (CodeOf(put) != Code::kConflict) return 1;
        }
      }
      return 0;
    });
  }
  for (Child& child : children) CHECK(child.Wait() == 0);
  CHECK(Must(file.Get<int>("n")) == 900);
}

TEST_CASE_FIXTURE(Fixture, "one of those who create a record does") {
  std::vector<Child> children;
  for (int c = 0; c < 3; ++c) {
    children.emplace_back([&] {
      MapFile own = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
      int created = 0;
      for (int i = 0; i < 60; ++i) {
        const auto put =
            own.Put("r" + std::to_string(i), i, {.create_only = true});
        if (!put && CodeOf(put) != Code::kExists) return 100;
        created += put.has_value();
      }
      return created;
    });
  }
  int created = 0;
  for (Child& child : children) created += child.Wait();
  CHECK(created == 60);
}

TEST_CASE_FIXTURE(Fixture, "a Put against a remover is stored once") {
  Child remover([&] {
    MapFile own = Must(MapFile::Open(path, {.mode = Mode::kUpdate}));
    for (;;) (void)own.Remove("n");
    return 0;
  });
  Generation last = 0;
  for (int i = 0; i < 2000; ++i) {
    const Generation now = Must(file.Put("n", i));
    REQUIRE(now > last);
    last = now;
  }
  remover.Kill();
  Must(file.Put("n", -1));
  CHECK(Must(file.Get<int>("n")) == -1);
  CHECK(Must(file.List()).size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "another class is the next version of a record") {
  Must(file.Put("n", 1));
  Must(file.Put("n", std::string("text")));
  CHECK(Must(file.Get<std::string>("n")) == "text");
  CHECK(CodeOf(file.Get<int>("n")) == Code::kTypeMismatch);
  const auto state = file.Emplace<RunState>("n");
  CHECK(CodeOf(state) == Code::kTypeMismatch);
  CHECK(Has(MessageOf(state), "RunState"));
  CHECK(Has(MessageOf(state), "string"));
}

TEST_CASE_FIXTURE(Fixture, "Emplace finds what is there, or adds it") {
  auto first = Must(file.Emplace<RunState>("s", {7, 1.5}));
  auto second = Must(file.Emplace<RunState>("s", {8, 2.5}));
  CHECK(Must(second.Get()) == RunState{7, 1.5});
  Must(second.Modify([](RunState& s) { s.run = 9; }));
  CHECK(Must(first.Get()) == RunState{9, 1.5});
  const Generation before = Must(first.Info()).version.generation;
  const auto failed = first.ModifyRaw([](const Type&, std::span<std::byte>) {
    return Status(Fail(Code::kConflict, "not now"));
  });
  CHECK(Has(MessageOf(failed), "\"s\": not now"));
  CHECK(Must(first.Info()).version.generation == before);
}

TEST_CASE_FIXTURE(Fixture, "a second Add says anew what the record is") {
  const double a = 1;
  Must(file.Add(a, "a", {.title = "one", .unit = "mm"}));
  Must(file.Add(a, "a", {.title = "two", .period = std::chrono::seconds(1)}));
  const RecordInfo info = Must(Must(file.Find("a")).Info());
  CHECK(info.title == "two");
  CHECK(info.period_ms == 1000);
  CHECK(info.unit == "");
  Must(file.Add(a, "a"));
  CHECK(Must(Must(file.Find("a")).Info()).title == "two");
}

}  // namespace
}  // namespace mapfile
