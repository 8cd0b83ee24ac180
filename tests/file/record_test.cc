// Handles of records: what they name, and for how long.
#include <thread>

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

TEST_CASE_FIXTURE(Fixture, "a handle names one life of a record only") {
  Must(file.Put("n", 1));
  Record record = Must(file.Find("n"));
  const Generation last = Must(record.Put(2));
  Must(file.Remove("n"));
  Must(file.Put("n", 3));
  const auto check = [](const auto& result) {
    CHECK(CodeOf(result) == Code::kNotFound);
    CHECK(Has(MessageOf(result), "\"n\": the record was removed"));
  };
  check(record.Get<int>());
  check(record.Put(4));
  check(record.Info());
  check(record.GetRaw());
  check(record.WaitFor(0, std::chrono::seconds(1)));
  check(record.Next());
  CHECK(CodeOf(record.Update()) == Code::kNotFound);
  CHECK(record.object() == nullptr);
  CHECK(record.name() == "n");
  const Record fresh = Must(file.Find("n"));
  CHECK(Must(fresh.Get<int>()) == 3);
  CHECK(Must(fresh.Info()).version.generation > last);
}

TEST_CASE_FIXTURE(Fixture, "conditions hold through a handle as well") {
  const Generation first = Must(file.Put("n", 1));
  Record record = Must(file.Find("n"));
  CHECK(CodeOf(record.Put(2, {.create_only = true})) == Code::kExists);
  CHECK(Must(record.Put(2, {.if_generation = first})) == first + 1);
  CHECK(CodeOf(record.Put(3, {.if_generation = first})) == Code::kConflict);
}

TEST_CASE_FIXTURE(Fixture, "Update needs an object of this file's") {
  const double value = 5;
  const Record added = Must(file.Add(value, "n"));
  Record found = Must(file.Find("n"));
  CHECK(found.object() == &value);
  Must(found.Update());
  MapFile other = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
  Record foreign = Must(other.Find("n"));
  CHECK(CodeOf(foreign.Update()) == Code::kNotFound);
  Must(file.Unbind("n"));
  CHECK(added.object() == nullptr);
  CHECK(CodeOf(found.Update()) == Code::kNotFound);
}

TEST_CASE_FIXTURE(Fixture, "many threads may use one handle") {
  auto state = Must(file.Emplace<RunState>("s"));
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, handle = state]() mutable {
      for (int i = 0; i < 500; ++i) {
        Must(handle.Modify([](RunState& s) {
          ++s.run;
          s.rate_hz = static_cast<double>(s.run);
        }));
        const RunState seen = Must(handle.Get());
        if (seen.rate_hz != static_cast<double>(seen.run)) FAIL("a mix");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(Must(state.Get()).run == 1500);
}

}  // namespace
}  // namespace mapfile
