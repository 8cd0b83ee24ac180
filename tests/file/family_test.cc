// The histogram family through a map file, between processes.
#include <doctest/doctest.h>

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/text.h"
#include "mapfile/time_series.h"
#include "tests/file/file_test_support.h"

namespace mapfile::testing {
namespace {

// One of each, filled.
struct Family {
  Histogram1D one{"one", RegularAxis(4, 0, 4, "x", "mm")};
  Histogram2D two{"two", RegularAxis(2, 0, 2), CategoryAxis({}, true)};
  Histogram3D three{"three", RegularAxis(2, 0, 2), IntegerAxis(0, 3),
                    LogarithmicAxis(2, 1, 100)};
  Profile1D profile{"profile", CircularAxis(4, 0, 360)};
  Profile2D profile2{"profile2", RegularAxis(2, 0, 2), RegularAxis(2, 0, 2)};
  Efficiency efficiency{"efficiency", VariableAxis({0, 1, 5})};
  Graph graph{"graph"};
  TimeSeries series{"series", 3};
  CounterSet counters{"counters", {"in", "out"}};

  void Fill(int n) {
    for (int i = 0; i < n; ++i) {
      one.Fill(i % 5, 0.5);
      two.Fill(i % 3, i % 2 == 0 ? "even" : "odd");
      three.Fill(i % 2, i % 3, 1 + i);
      profile.Fill(100 * i, i);
      profile2.Fill(i % 2, 1, i);
      efficiency.Fill(i % 3 == 0, i % 5);
      graph.Add(i, i * i, 0.1);
      series.Add(i, i);
      counters.Add(1, 3);
    }
  }
  template <class F>
  void ForEach(F f) const {
    f(one);
    f(two);
    f(three);
    f(profile);
    f(profile2);
    f(efficiency);
    f(graph);
    f(series);
    f(counters);
  }
};

template <class T>
std::string JsonOf(const T& object) {
  const TempDir dir(true);
  auto file = Create(dir / "json.map");
  Must(file.Put("x", object));
  return Must(ToJson(file, Must(file.GetRaw("x"))));
}

TEST_CASE("another process reads what was filled, and updated") {
  const TempDir dir(true);
  const std::string path = dir / "family.map";
  Child producer([&] {
    Family family;
    auto file = Create(path);
    family.Fill(5);
    family.ForEach([&](const auto& object) { Must(file.Add(object)); });
    family.Fill(4);
    Must(file.Update());
    Must(file.Close());
    return 0;
  });
  REQUIRE(producer.Wait() == 0);
  Family expected;
  expected.Fill(5);
  expected.Fill(4);
  const auto file = Must(MapFile::Open(path));
  expected.ForEach([&]<class T>(const T& object) {
    CAPTURE(object.name());
    const T got = Must(file.Get<T>(object.name()));
    CHECK(got.Fault() == "");
    CHECK(JsonOf(got) == JsonOf(object));
    // For code that has no T.
    const auto any = Must(file.Get(object.name()));
    CHECK(any->template As<T>() != nullptr);
  });
}

// What mapfile-get, an editor and mapfile-put do: no class of the family is
// known here, only what the file says of it.
TEST_CASE("JSON goes out and in again, edited") {
  const TempDir dir(true);
  auto file = Create(dir / "family.map");
  Family family;
  family.Fill(9);
  family.ForEach([&]<class T>(const T& object) {
    Must(file.Add(object));
    const std::string json =
        Must(ToJson(file, Must(file.GetRaw(object.name()))));
    std::string edited = json;
    const std::string name = "\"" + object.name() + "\"";
    REQUIRE(Has(edited, name));
    edited.replace(edited.find(name), name.size(), "\"changed\"");
    const auto type = Must(file.GetRaw(object.name())).type;
    const auto bytes = Must(FromJson(file, *type, edited));
    Must(file.PutRaw(object.name(), *type, bytes));
    CHECK(Must(file.Get<T>(object.name())).name() == "changed");
    CHECK(Must(ToJson(file, Must(file.GetRaw(object.name())))) == edited);
  });
}

TEST_CASE("each is printed: what it is, its axes, what it holds") {
  const TempDir dir(true);
  auto file = Create(dir / "family.map");
  Family family;
  family.Fill(9);
  family.ForEach([&]<class T>(const T& object) { Must(file.Add(object)); });
  const auto shows = [&](const char* name,
                         std::initializer_list<const char*> parts) {
    const std::string text = Must(Print(file, name));
    for (const char* part : parts) {
      CAPTURE(text);
      CAPTURE(part);
      CHECK(Has(text, part));
    }
  };
  shows("one", {"Entries", "Mean", "Std Dev", "Overflow", "x [mm]", "█"});
  shows("two", {"Entries", "Axis x", "2 bins, 0 to 2", "Axis y", "odd", "█"});
  shows("three", {"Mean z", "Axis z", "2 bins, 1 to 100", "█"});
  shows("profile", {"Mean y", "Mean x", "300", "█"});
  shows("profile2", {"Mean z", "Axis y", "█"});
  shows("efficiency", {"Passed", "Total", "█"});
  shows("graph", {"Points", "y error", "64"});
  shows("series", {"Last", "Kept", "1970-01-01T00:00:00.000Z"});
  shows("counters", {"in", "out", "27"});
}

TEST_CASE("unequal axes do not merge, and the first difference is named") {
  const TempDir dir(true);
  auto file = Create(dir / "family.map");
  Family family;
  family.Fill(9);
  family.ForEach([&]<class T>(const T& object) {
    Must(file.Add(object));
    CAPTURE(object.name());
    // What comes from the file adds up with what is here.
    T sum = Must(file.Get<T>(object.name()));
    CHECK(sum.Merge(object));
    CHECK(sum.Fault() == "");
    CHECK(JsonOf(sum) != JsonOf(object));
  });
  CHECK(MessageOf(family.one.Merge(Histogram1D("o", RegularAxis(5, 0, 4)))) ==
        "histograms one and o have different axes: 4 bins and 5 bins");
  CHECK(Has(MessageOf(family.three.Merge(
                Histogram3D("o", RegularAxis(2, 0, 2), IntegerAxis(0, 3),
                            LogarithmicAxis(2, 1, 50)))),
            "different z axis: up to 100 and up to 50"));
  CHECK(Has(MessageOf(family.profile2.Merge(
                Profile2D("o", RegularAxis(2, 0, 2), VariableAxis({0, 1, 2})))),
            "different y axis: regular and variable"));
  CHECK(Has(MessageOf(family.efficiency.Merge(
                Efficiency("o", VariableAxis({0, 2, 5})))),
            "edge 1 at 1 and at 2"));
}

TEST_CASE("an object that is gone leaves its last version") {
  const TempDir dir(true);
  auto file = Create(dir / "family.map");
  {
    Family family;
    family.Fill(2);
    Must(file.Add(family.two));
  }
  Must(file.Update());
  CHECK(Must(file.Get<Histogram2D>("two")).entries() == 2);
}

}  // namespace
}  // namespace mapfile::testing
