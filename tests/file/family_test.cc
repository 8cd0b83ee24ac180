// The histogram family through a map file, between processes.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

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
  shows("two", {"Entries", "Mean x", "odd", "█"});
  shows("three", {"Mean z", "Axis z", "2 bins, 1 to 100", "█"});
  shows("profile", {"Mean y", "Mean x", "270", "█"});
  shows("profile2", {"Mean z", "Mean y", "█"});
  shows("efficiency", {"Passed", "Total", "█"});
  shows("graph", {"Points", "Mean x", "•"});
  shows("series", {"Last", "Kept", "1970-01-01, UTC", "•"});
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

constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNan = std::nan("");

// Neither Add, nor Put, nor Update take it; the message says why.
template <class T>
void CheckRefused(const T& object, T good, const std::string& why) {
  const TempDir dir(true);
  auto file = Create(dir / "refused.map");
  const auto check = [&](const auto& result) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == Code::kInvalidArgument);
    const std::string message = result.error().message();
    CAPTURE(message);
    CAPTURE(why);
    CHECK(message.find("\"h\"") != std::string::npos);
    CHECK(message.find("this " + TypeOf<T>().name() +
                       " can't be stored: " + why) != std::string::npos);
  };
  check(file.Add(object, "h"));
  check(file.Put("h", object));
  CHECK_FALSE(file.Find("h"));
  auto record = file.Add(good, "h");
  REQUIRE(record);
  good = object;
  check(record->Update());
  check(file.Put("h", object));
  // What was published stays.
  CHECK(record->Info()->updates == 1);
  CHECK(record->template Get<T>());
}

TEST_CASE("axes that can't be are refused, and named") {
  const Histogram1D good("h", RegularAxis(1, 0, 1));
  const auto refused = [&](const Axis& axis, const std::string& why) {
    CheckRefused(Histogram1D("h", axis), good, "axis: " + why);
  };
  refused(Axis(), "it has no bins");
  refused(RegularAxis(10, 5, 1),
          "an axis from 5 to 1: it has to rise, and be finite");
  refused(RegularAxis(10, 5, 5), "an axis from 5 to 5");
  refused(RegularAxis(10, 0, kNan), "an axis from 0 to nan");
  refused(RegularAxis(10, 0, kInf), "an axis from 0 to inf");
  refused(RegularAxis(0, 0, 1), "an axis of 0 bins");
  refused(RegularAxis(1'000'000'000'000, 0, 1),
          "an axis of 1000000000000 bins: 1 to 1073741824 are allowed");
  refused(LogarithmicAxis(3, 0, 1), "a logarithmic axis from 0 to 1");
  refused(VariableAxis({0, 2, 1}),
          "edge 2 of an axis, 1, is not above the one before, 2");
  refused(VariableAxis({0, kNan, 1}), "edge 1 of an axis, nan, is not above");
  refused(VariableAxis({1}), "an axis of 1 edges");
  refused(CategoryAxis({"a", "a"}), "an axis has the label \"a\" twice");
  refused(IntegerAxis(3, 3), "an axis of integers from 3 to 3");
}

TEST_CASE("so they are in each class that has axes") {
  const Axis good = RegularAxis(1, 0, 1);
  const Axis bad = RegularAxis(1, 2, 1);
  CheckRefused(Histogram2D("h", good, bad), Histogram2D("h", good, good),
               "x axis: the y axis isn't valid: an axis from 2 to 1");
  CheckRefused(Histogram2D("h", bad, good), Histogram2D("h", good, good),
               "x axis: an axis from 2 to 1");
  CheckRefused(Histogram3D("h", good, good, bad),
               Histogram3D("h", good, good, good),
               "x axis: the z axis isn't valid: an axis from 2 to 1");
  const Axis large = RegularAxis(100'000, 0, 1);
  CheckRefused(Histogram2D("h", large, large), Histogram2D("h", good, good),
               "x axis: more than 1073741824 cells");
  CheckRefused(Profile1D("h", bad), Profile1D("h", good),
               "axis: an axis from 2 to 1");
  CheckRefused(Profile2D("h", bad, good), Profile2D("h", good, good),
               "x axis: an axis from 2 to 1");
  CheckRefused(Efficiency("h", bad), Efficiency("h", good),
               "axis: an axis from 2 to 1");
}

TEST_CASE("what was read from bytes that contradict themselves is refused") {
  const TempDir dir(true);
  auto file = Create(dir / "odd.map");
  const Histogram1D good("h", VariableAxis({0, 1, 2}));
  Must(file.Put("h", good));
  auto raw = Must(file.GetRaw("h"));
  // The edge in the middle.
  const double one = 1;
  const double bad[] = {3, kNan};
  std::size_t at = 0;
  while (std::memcmp(raw.bytes.data() + at, &one, 8) != 0) at += 8;
  for (const double edge : bad) {
    std::memcpy(raw.bytes.data() + at, &edge, 8);
    Must(file.PutRaw("h", *raw.type, raw.bytes));
    const auto odd = Must(file.Get<Histogram1D>("h"));
    CHECK(odd.Fault() != "");
    CHECK_FALSE(file.Put("other", odd));
    CHECK_FALSE(file.Add(odd, "other"));
  }
  CHECK_FALSE(file.Find("other"));
}

}  // namespace
}  // namespace mapfile::testing
