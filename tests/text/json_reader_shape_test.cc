#include <doctest/doctest.h>

#include "lib/text/json.h"
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
std::string JsonOf(const T& object) {
  ListTypes types;
  internal::ValueEncoder<T> encoder(object);
  std::vector<std::byte> bytes(encoder.Size(types).value());
  REQUIRE(encoder.Encode(bytes, types));
  return ToJson(encoder.type(), bytes, types, {}).value();
}

// The JSON of `object` with its first `from` replaced; then the error.
template <class T>
std::string With(const T& object, std::string_view from, std::string_view to) {
  std::string json = JsonOf(object);
  const std::size_t at = json.find(from);
  REQUIRE_MESSAGE(at != json.npos, json);
  json.replace(at, from.size(), to);
  ListTypes types;
  const auto bytes = FromJson(TypeOf<T>(), json, types);
  return bytes ? "" : bytes.error().message();
}

template <class T>
void CheckThrough(const T& object) {
  CHECK(With(object, "{", "{") == "");
}

bool Has(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  const bool has = text.find(part) != text.npos;
  CHECK(has);
  return has;
}

TEST_CASE("objects that fit go through") {
  CheckThrough(Histogram1D("h", RegularAxis(3, 0, 1)));
  CheckThrough(Histogram1D("h", CategoryAxis({}, true)));
  CheckThrough(Histogram1D("h", CategoryAxis({"a", "b"})));
  CheckThrough(Histogram1D("h", VariableAxis({0, 1, 5})));
  CheckThrough(Histogram2D("h", RegularAxis(3, 0, 1), RegularAxis(2, 0, 1)));
  CheckThrough(Histogram3D("h", RegularAxis(3, 0, 1), RegularAxis(2, 0, 1),
                           LogarithmicAxis(2, 1, 10)));
  CheckThrough(Profile1D("p", CircularAxis(4, 0, 360)));
  CheckThrough(Profile2D("p", RegularAxis(3, 0, 1), IntegerAxis(0, 4)));
  CheckThrough(Efficiency("e", RegularAxis(3, 0, 1)));
  Graph graph("g");
  graph.Add(1, 2, 0.5);
  CheckThrough(graph);
  TimeSeries series("t", 2);
  for (int i = 0; i < 3; ++i) series.Add(i, i);
  CheckThrough(series);
  CheckThrough(CounterSet("c", {"a", "b"}));
}

TEST_CASE("an axis that isn't valid: only inside of something else") {
  const Histogram1D one("h", RegularAxis(1, 0, 1));
  std::string json = JsonOf(one);
  json.replace(json.find("regular"), 7, "");
  json.replace(json.find("\"bins\": 1, \"low\": 0, \"high\": 1"), 30,
               "\"bins\": 0, \"low\": 0, \"high\": 0");
  json.replace(json.find("[0, 0, 0]"), 9, "[0, 0]");
  ListTypes types;
  const auto bytes = FromJson(TypeOf<Histogram1D>(), json, types);
  REQUIRE_FALSE(bytes);
  Has(bytes.error().message(),
      "x_axis.kind: an axis that isn't valid can't be stored");
  const auto around =
      Type::Parse("vector<" + TypeOf<Histogram1D>().name() + ">" +
                  TypeOf<Histogram1D>().text().substr(11));
  REQUIRE(around);
  const auto inside = FromJson(**around, "[" + json + "]", types);
  CHECK_MESSAGE(inside, (inside ? "" : inside.error().message()));
}

TEST_CASE("contents that don't fit the axes are refused by path") {
  const Histogram1D one("h", RegularAxis(2, 0, 1));
  Has(With(one, "\"contents\": [0, 0, 0, 0]", "\"contents\": [0, 0, 0]"),
      "contents: 3 elements for 4 cells");
  Has(With(one, "\"squares\": []", "\"squares\": [0]"),
      "squares: 1 element for 4 cells");
  const Histogram2D two("h", RegularAxis(2, 0, 1), RegularAxis(1, 0, 1));
  Has(With(two, "\"contents\": [0,", "\"contents\": [0, 0,"),
      "contents: 13 elements for 12 cells");
  const Profile1D profile("p", RegularAxis(2, 0, 1));
  Has(With(profile, "\"sums\": [0,", "\"sums\": ["),
      "sums: 3 elements for 4 cells");
  Has(With(profile, "\"weight_squares\": []", "\"weight_squares\": [1]"),
      "weight_squares: 1 element");
  const Efficiency efficiency("e", RegularAxis(2, 0, 1));
  Has(With(efficiency, "\"passed\": [0,", "\"passed\": ["),
      "passed: 3 elements for 4 cells");
}

TEST_CASE("axes that make no sense are refused by path") {
  const Histogram1D one("h", RegularAxis(2, 0, 1));
  Has(With(one, "\"regular\"", "\"odd\""), "x_axis.kind: \"odd\" is no kind");
  Has(With(one, "\"low\": 0", "\"low\": 1"), "x_axis: an axis from 1 to 1");
  Has(With(one, "\"low\": 0", "\"low\": \"nan\""), "x_axis: an axis from nan");
  Has(With(one, "\"bins\": 2", "\"bins\": 0"),
      "x_axis.bins: an axis of 0 bins");
  Has(With(one, "\"bins\": 2", "\"bins\": 1000000000000"), "x_axis.bins: ");
  Has(With(one, "\"bins\": 2", "\"bins\": 4000000000"), "x_axis.bins: ");
  Has(With(one, "\"edges\": []", "\"edges\": [1]"), "x_axis.edges: 1 element");
  Has(With(one, "\"labels\": []", "\"labels\": [\"a\"]"),
      "x_axis.labels: 1 element");
  Has(With(Histogram1D("h", CategoryAxis({"a", "b"})), "[\"a\", \"b\"]",
           "[\"a\", \"a\"]"),
      "x_axis.labels[1]: the label \"a\" is there twice");
  const Histogram1D integer("h", IntegerAxis(0, 3));
  Has(With(integer, "\"high\": 3", "\"high\": 4"),
      "x_axis: 3 integers from 0 to 4");
  Has(With(integer, "\"low\": 0, \"high\": 3", "\"low\": 0.5, \"high\": 3.5"),
      "x_axis: 3 integers from 0.5 to 3.5");
  const Histogram1D variable("h", VariableAxis({0, 1, 5}));
  Has(With(variable, "[0, 1, 5]", "[0, 7, 5]"), "x_axis.edges[2]: edges rise");
  Has(With(variable, "[0, 1, 5]", "[0, \"nan\", 5]"), "x_axis.edges[1]: ");
  Has(With(variable, "[0, 1, 5]", "[1, 2, 5]"), "x_axis.edges[0]: ");
  Has(With(variable, "[0, 1, 5]", "[0, 5]"), "x_axis.edges: 2 elements for 3");
}

TEST_CASE("lists of points, samples and counters have one length") {
  Graph graph("g");
  graph.Add(1, 2, 0.5);
  Has(With(graph, "\"y\": [2]", "\"y\": []"), "y: 0 elements for 1 points");
  Has(With(graph, "\"y_errors_low\": [0.5]", "\"y_errors_low\": [1, 2]"),
      "y_errors_low: 2 elements for 1 points");
  TimeSeries series("t", 2);
  series.Add(1, 5);
  Has(With(series, "\"samples\": 1", "\"samples\": 9"),
      "times_ns: 1 element for 2 samples kept");
  Has(With(CounterSet("c", {"a"}), "\"counts\": [0]", "\"counts\": []"),
      "counts: 0 elements for 1 names");
}

TEST_CASE("an object inside another is looked at, a namesake is not") {
  const std::string type(kHistogramType.substr(kHistogramType.find('\n')));
  const std::string run = "Run\nclass Run 1 { vector<Axis> axes; }" +
                          type.substr(type.find("\nclass Axis"));
  Has(Through(run, R"({"axes": [{"kind": "regular", "bins": 1, "low": 2,
          "high": 1, "edges": [], "labels": [], "grows": false, "title": "",
          "unit": ""}]})"),
      "axes[0]: an axis from 2 to 1");
  CheckSame("Graph\nclass Graph 1 { string name; vector<f64> y; }",
            R"({"name": "g", "y": [1]})");
  CheckSame("Axis\nclass Axis 1 { u8 kind; u8 bins; }",
            R"({"kind": 7, "bins": 0})");
}

}  // namespace
}  // namespace mapfile::text
