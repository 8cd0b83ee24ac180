// Bound objects: published again, gone, unbound, removed by others.
#include <memory>
#include <optional>

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
  MapFile file = Create(dir / "a.map");
  MapFile reader = Must(MapFile::Open(dir / "a.map"));
};

Histogram1D Filled(const char* name, int fills) {
  Histogram1D histogram(name, RegularAxis(10, 0, 10));
  for (int i = 0; i < fills; ++i) histogram.Fill(5);
  return histogram;
}
std::uint64_t Entries(const MapFile& file, std::string_view name) {
  return Must(file.Get<Histogram1D>(name)).entries();
}

TEST_CASE_FIXTURE(Fixture, "a record outlives its trackable object") {
  auto gone = std::make_unique<Histogram1D>(Filled("gone", 3));
  Histogram1D kept = Filled("kept", 1);
  Record record = Must(file.Add(*gone));
  Must(file.Add(kept));
  gone.reset();
  kept.Fill(5);
  Must(file.Update());
  CHECK(Entries(reader, "gone") == 3);
  CHECK(Entries(reader, "kept") == 2);
  CHECK(record.object() == nullptr);
  CHECK(CodeOf(record.Update()) == Code::kInvalidArgument);
  CHECK(CodeOf(file.Update("gone")) == Code::kInvalidArgument);
  CHECK(Has(MessageOf(file.Update("gone")), "gone"));
}

TEST_CASE_FIXTURE(Fixture, "an object isn't taken for one that lived there") {
  std::optional<Histogram1D> place;
  place.emplace(Filled("first", 1));
  Must(file.Add(*place));
  place.reset();
  place.emplace(Filled("second", 2));
  CHECK(CodeOf(file.Update(&*place)) == Code::kNotFound);
  CHECK(CodeOf(file.Remove(&*place)) == Code::kNotFound);
  Must(file.Add(*place));
  place->Fill(5);
  Must(file.Update(&*place));
  CHECK(Entries(reader, "second") == 3);
  Must(file.Remove(&*place));
  CHECK(CodeOf(reader.Find("second")) == Code::kNotFound);
  CHECK(Entries(reader, "first") == 1);
}

TEST_CASE_FIXTURE(Fixture, "one object may have several records") {
  double value = 1;
  Must(file.Add(value, "a"));
  Must(file.Add(value, "b"));
  value = 2;
  Must(file.Update(&value));
  CHECK(Must(reader.Get<double>("a")) == 2);
  CHECK(Must(reader.Get<double>("b")) == 2);
  Must(file.Unbind("a"));
  CHECK(CodeOf(file.Unbind("a")) == Code::kNotFound);
  value = 3;
  Must(file.Update(&value));
  CHECK(Must(reader.Get<double>("a")) == 2);
  CHECK(Must(reader.Get<double>("b")) == 3);
  Must(file.Remove(&value));
  CHECK(Must(reader.Get<double>("a")) == 2);
  CHECK(CodeOf(reader.Find("b")) == Code::kNotFound);
}

TEST_CASE_FIXTURE(Fixture, "where one can't be published the others are") {
  double a = 1;
  double b = 1;
  double c = 1;
  Must(file.Add(a, "a"));
  Must(file.Add(b, "b"));
  Must(file.Add(c, "c"));
  MapFile other = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
  Must(other.Remove("b"));
  a = b = c = 2;
  const Status updated = file.Update();
  CHECK(CodeOf(updated) == Code::kNotFound);
  CHECK(Has(MessageOf(updated), "\"b\": the record was removed"));
  CHECK(Must(reader.Get<double>("a")) == 2);
  CHECK(Must(reader.Get<double>("c")) == 2);
  // Somebody else's record of that name is not this object's.
  Must(other.Put("b", 77.0));
  CHECK(CodeOf(file.Update()) == Code::kNotFound);
  CHECK(Must(reader.Get<double>("b")) == 77);
  Must(file.Remove(&b));
  Must(file.Update());
  CHECK(Must(reader.Get<double>("b")) == 77);
}

TEST_CASE_FIXTURE(Fixture, "removing all leaves no object bound") {
  double a = 1;
  Must(file.Add(a, "a"));
  Must(file.Put("b", 1));
  Must(file.RemoveAll());
  Must(file.Update());
  CHECK(CodeOf(file.Update(&a)) == Code::kNotFound);
  Must(file.Put("a", 5.0));
  CHECK(CodeOf(file.Update("a")) == Code::kNotFound);
  CHECK(Must(reader.Get<double>("a")) == 5);
}

TEST_CASE_FIXTURE(Fixture, "updates survive removal and return of the record") {
  Child remover([&] {
    MapFile other = Must(MapFile::Open(dir / "a.map", {.mode = Mode::kUpdate}));
    for (int i = 0; i < 1000; ++i) {
      const Status removed = other.Remove("n");
      if (!removed && CodeOf(removed) != Code::kNotFound) return 1;
    }
    return 0;
  });
  double value = 0;
  for (int i = 0; i < 1000; ++i) {
    value = i;
    Record record = Must(file.Add(value, "n"));
    for (int n = 0; n < 3; ++n) {
      const auto updated = record.Update();
      if (!updated) REQUIRE(CodeOf(updated) == Code::kNotFound);
    }
  }
  CHECK(remover.Wait() == 0);
  CHECK(Must(file.heap().Check()).empty());
}

}  // namespace
}  // namespace mapfile
