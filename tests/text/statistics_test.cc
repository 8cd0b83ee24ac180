#include "lib/text/statistics.h"

#include <doctest/doctest.h>

#include "lib/text/print.h"
#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

template <class T>
std::vector<std::byte> Bytes(const T& object, TypeTable& types) {
  internal::ValueEncoder<T> encoder(object);
  std::vector<std::byte> bytes(encoder.Size(types).value());
  REQUIRE(encoder.Encode(bytes, types));
  return bytes;
}

template <class T>
std::string Line(const T& object, int width = 200) {
  ListTypes types;
  return Summary(TypeOf<T>(), Bytes(object, types), types, {.width = width})
      .value();
}

template <class T>
std::string Box(const T& object, PrintOptions options = {}) {
  ListTypes types;
  return "\n" +
         Print(TypeOf<T>(), Bytes(object, types), types, options).value();
}

Histogram2D Plane() {
  Histogram2D h("h", RegularAxis(2, 0, 4, "E", "keV"), CategoryAxis({"a"}),
                "Plane");
  h.Fill(1, "a");
  h.Fill(3, "a");
  h.Fill(9, "a");
  return h;
}

TEST_CASE("a histogram over two axes, as a box and in one line") {
  const std::string box = Box(Plane());
  for (const char* line :
       {"│ Name       h │", "│ Entries    3 │", "│ Mean x     2 │",
        "│ Std Dev x  1 │", "│ Mean y     0 │", "│ Std Dev y  0 │",
        "│ Inside     2 │"}) {
    CAPTURE(line);
    CHECK(box.find(line) != std::string::npos);
  }
  CHECK(box.find("Axis") == std::string::npos);
  CHECK(box.find("E [keV]") != std::string::npos);
}

TEST_CASE("in one line, as much as fits") {
  CHECK(Line(Plane(), 30) == "Entries 3, Mean x 2");
  CHECK(Line(Histogram3D("h", RegularAxis(1, 0, 1), RegularAxis(1, 0, 1),
                         RegularAxis(1, 0, 1)),
             24) == "Entries 0, Mean x -");
  Profile1D profile("p", RegularAxis(2, 0, 2));
  profile.Fill(0.5, 4);
  profile.Fill(1.5, 8);
  CHECK(Line(profile, 46) == "Entries 2, Mean y 6, Std Dev y 2, Mean x 1");
  CHECK(Line(Profile2D("p", RegularAxis(1, 0, 1), RegularAxis(1, 0, 1)), 22) ==
        "Entries 0, Mean z -");
  Efficiency efficiency("e", RegularAxis(2, 0, 2));
  efficiency.Fill(true, 0.5);
  efficiency.Fill(false, 0.5);
  CHECK(Line(efficiency, 38) == "Efficiency 0.5, Passed 1, Total 2");
  Graph graph("g");
  graph.Add(1, 10);
  graph.Add(3, 20);
  CHECK(Line(graph, 35) == "Points 2, Mean x 2, Std Dev x 1");
  TimeSeries series("t", 3, "", "V");
  for (int i = 0; i < 5; ++i) series.Add(i, i);
  CHECK(Line(series, 21) == "Last 4 V, Mean 3");
  CounterSet counters("c", {"in", "out"});
  counters.Add(0, 18446744073709551615u);
  CHECK(Line(counters) == "in 18446744073709551615, out 0");
}

TEST_CASE("counters as a box, without UTF-8, no wider than asked") {
  CounterSet counters("c", {"in", "out\x1b[31m"});
  CHECK(Box(counters, {.width = 20, .unicode = false}) == R"(
+----------------+
| in           0 |
| out\x1b[31m  0 |
+----------------+
)");
}

TEST_CASE("one that contradicts itself is shown field by field") {
  const auto type = ParseType(
      "CounterSet\nclass CounterSet 1 { vector<string> names; "
      "vector<u64> counts; u8 more; }");
  Sample sample(
      "X\nclass X 1 { vector<string> names; vector<u64> counts; "
      "u8 more; }",
      R"({"names": ["a"], "counts": [], "more": 1})");
  CHECK(Summary(*type, sample.bytes, sample.types, {}).value() ==
        "{names: [\"a\"], counts: [], more: 1}");
}

}  // namespace
}  // namespace mapfile::text
