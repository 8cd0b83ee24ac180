#include "tools/common/object_csv.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"
#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

class Fixture : public TestFile {
 public:
  template <class T>
  std::string CsvOf(const T& object) {
    REQUIRE(file.Put("from", object));
    return CsvIn("from");
  }
  std::string CsvIn(const std::string& record) const {
    const auto csv = ToCsv(file, *file.GetRaw(record));
    REQUIRE_MESSAGE(csv, (csv ? "" : csv.error().message()));
    return *csv;
  }
  Status Store(const std::string& csv, const std::string& class_name) {
    CsvTarget target{.record = "to", .class_name = class_name, .former = {}};
    auto former = file.GetRaw("to");
    if (former) target.former = *std::move(former);
    const auto value = FromCsv(file, target, csv);
    if (!value) return Fail(value.error());
    REQUIRE(file.PutRaw("to", *value->type, value->bytes));
    return {};
  }
  // There and back, in a record of its own; the CSV is the same again.
  template <class T>
  T Copy(const T& object) {
    const std::string csv = CsvOf(object);
    const Status stored = Store(csv, TypeOf<T>().name());
    REQUIRE_MESSAGE(stored, (stored ? "" : stored.error().message()));
    CHECK(CsvIn("to") == csv);
    return file.Get<T>("to").value();
  }
  std::string ErrorOf(const std::string& csv,
                      const std::string& class_name = "Histogram1D") {
    const Status stored = Store(csv, class_name);
    return stored ? "" : stored.error().message();
  }
};

TEST_CASE_FIXTURE(Fixture, "a histogram as it is written") {
  Histogram1D h("h", RegularAxis(2, 0, 1));
  h.Fill(0.2);
  h.Fill(0.9, 0.1);
  h.Fill(7);
  CHECK(CsvOf(h) ==
        "x_low,x_high,content,error\n"
        "-inf,0,0,0\n"
        "0,0.5,1,1\n"
        "0.5,1,0.1,0.1\n"
        "1,inf,1,1\n");
}

TEST_CASE_FIXTURE(Fixture, "axes of each kind, and their numbers exactly") {
  for (const Axis& axis :
       {RegularAxis(7, -0.1, 1.0 / 3), LogarithmicAxis(9, 1e-3, 7),
        VariableAxis({-1e300, 0, 5e-324, 0.3, 1e300})}) {
    REQUIRE(axis.is_valid());
    Histogram1D h("h", axis);
    for (int i = 0; i < 100; ++i) h.Fill(0.001 * i * i - 0.2, 0.1 * i);
    const Histogram1D copy = Copy(h);
    CHECK(copy.axis().DifferenceTo(axis).empty());
    CHECK(copy.contents() == h.contents());
    REQUIRE(copy.keeps_squares());
    for (std::size_t cell = 0; cell < axis.cells(); ++cell) {
      CHECK(copy.CellError(cell) == h.CellError(cell));
    }
    REQUIRE(file.Remove("to"));
  }
}

TEST_CASE_FIXTURE(Fixture, "without weights no squares are kept") {
  Histogram1D h("h", RegularAxis(10, 0, 10));
  for (int i = 0; i < 50; ++i) h.Fill(i % 13);
  const Histogram1D copy = Copy(h);
  CHECK_FALSE(copy.keeps_squares());
  CHECK(copy.contents() == h.contents());
  CHECK(copy.entries() == 50);
  CHECK(copy.name() == "to");
}

TEST_CASE_FIXTURE(Fixture, "labels, odd ones too") {
  Histogram1D h("h", CategoryAxis({"a,b", "\"q\"\n", ""}, true));
  h.Fill("a,b");
  h.Fill("");
  h.Fill("new", 2.5);
  const Histogram1D copy = Copy(h);
  CHECK(copy.axis().labels() == h.axis().labels());
  CHECK(copy.contents() == h.contents());
}

TEST_CASE_FIXTURE(Fixture, "two and three axes") {
  Histogram2D h2("h", RegularAxis(3, 0, 3), VariableAxis({1, 2, 5}));
  Histogram3D h3("h", RegularAxis(2, 0, 3), RegularAxis(3, 0, 2),
                 CategoryAxis({"p", "q"}));
  for (int i = 0; i < 200; ++i) {
    h2.Fill(i % 5 - 1, i % 7, i);
    h3.Fill(i % 5 - 1, i % 3, i % 4 - 1);
  }
  CHECK(Copy(h2).contents() == h2.contents());
  const Histogram3D copy = Copy(h3);
  CHECK(copy.contents() == h3.contents());
  CHECK(copy.z_axis().labels() == h3.z_axis().labels());
}

TEST_CASE_FIXTURE(Fixture, "profiles and efficiencies") {
  Profile1D p1("p", RegularAxis(4, 0, 4));
  Profile2D p2("p", RegularAxis(4, 0, 4), RegularAxis(2, 0, 1));
  Efficiency e("e", LogarithmicAxis(5, 1, 100));
  for (int i = 0; i < 100; ++i) {
    p1.Fill(0.06 * i - 1, i * i);
    p2.Fill(0.06 * i - 1, 0.01 * i, i, 0.5 + i % 2);
    e.Fill(i % 3 == 0, i);
  }
  const Profile1D c1 = Copy(p1);
  CHECK(c1.sums() == p1.sums());
  CHECK(c1.sum_squares() == p1.sum_squares());
  CHECK(c1.weight_squares().empty());
  CHECK(c1.BinError(2) == p1.BinError(2));
  CHECK(c1.entries() == 100);
  const Profile2D c2 = Copy(p2);
  CHECK(c2.weights() == p2.weights());
  CHECK(c2.weight_squares() == p2.weight_squares());
  const Efficiency ce = Copy(e);
  CHECK(ce.passed() == e.passed());
  CHECK(ce.total() == e.total());
  CHECK(ce.entries() == 100);
}

TEST_CASE_FIXTURE(Fixture, "graphs, series, counters") {
  Graph g("g");
  g.Add(0.1, -0.0);
  g.Add(std::nan(""), INFINITY, 0.25);
  CHECK(CsvOf(g) ==
        "x,y,y_error_low,y_error_high\n0.1,-0,0,0\nnan,inf,0.25,0.25\n");
  CHECK(Copy(g).At(1).y_error_low == 0.25);
  TimeSeries series("s", 3);
  for (int i = 0; i < 5; ++i) series.Add(INT64_MAX - i, 0.1 * i);
  CHECK(CsvOf(series).starts_with("time_ns,value\n9223372036854775805,0.2\n"));
  CHECK(Copy(series).capacity() == 3);
  CounterSet counters("c", {"a,b", "", "z"});
  counters.Add(0, UINT64_MAX);
  CHECK(CsvOf(counters) ==
        "name,count\n\"a,b\",18446744073709551615\n,0\nz,0\n");
  CHECK(Copy(counters).counts() == counters.counts());
}

TEST_CASE_FIXTURE(Fixture, "what is not in CSV is taken from the record") {
  Histogram1D h("spectrum", CircularAxis(4, 0, 360, "phi", "deg"), "Angles");
  h.Fill(100);
  REQUIRE(file.Put("to", h));
  std::string csv = CsvIn("to");
  csv.replace(csv.find("90,180,1,1"), 10, "90,180,4,2");
  REQUIRE(Store(csv, "Histogram1D"));
  const auto now = file.Get<Histogram1D>("to").value();
  CHECK(now.BinContent(2) == 4);
  CHECK(now.axis().kind() == AxisKind::kCircular);
  CHECK(now.axis().unit() == "deg");
  CHECK(now.name() == "spectrum");
  CHECK(now.title() == "Angles");
  TimeSeries series("s", 2, "T", "K");
  REQUIRE(file.Put("to", series));
  REQUIRE(Store("value,time_ns\n1,10\n2,20\n3,30\n", "TimeSeries"));
  const auto seen = file.Get<TimeSeries>("to").value();
  CHECK(seen.unit() == "K");
  CHECK(seen.At(0).time_ns == 20);
}

TEST_CASE_FIXTURE(Fixture, "as people write it") {
  REQUIRE(Store("content,x_low,x_high\n5,1,2\n3,0,1\n", "Histogram1D"));
  const auto h = file.Get<Histogram1D>("to").value();
  CHECK(h.contents() == std::vector<double>{0, 3, 5, 0});
  CHECK(h.axis().kind() == AxisKind::kRegular);
  CHECK(h.Mean() == doctest::Approx((3 * 0.5 + 5 * 1.5) / 8));
  REQUIRE(Store("x,y,y_error\n1,2,0.5\n", "Graph"));
  CHECK(file.Get<Graph>("to")->At(0).y_error_high == 0.5);
}

TEST_CASE_FIXTURE(Fixture, "axes that can't be, with line and column") {
  const std::string head = "x_low,x_high,content\n";
  CHECK(ErrorOf(head + "0,1,5\n2,1,5\n") ==
        "line 3, column x_low: a bin from 2 to 1: edges have to rise");
  CHECK(ErrorOf(head + "0,0,5\n") ==
        "line 2, column x_low: a bin from 0 to 0: edges have to rise");
  CHECK(ErrorOf(head + "0,nan,5\n") ==
        "line 2, column x_low: a bin from 0 to nan: edges have to rise");
  CHECK(ErrorOf(head + "-inf,inf,5\n").find("edges have to rise") !=
        std::string::npos);
  CHECK(ErrorOf(head + "0,1,5\n2,3,5\n") ==
        "line 3, column x_low: 2, where the bin before ends at 1");
  CHECK(ErrorOf(head + "0,1,5\n0,2,5\n") ==
        "line 3, column x_high: 2, in line 2 1");
  CHECK(ErrorOf(head + "0,1,5\n-inf,0.5,5\n") ==
        "line 3, column x_high: 0.5, where the first bin begins at 0");
  CHECK(ErrorOf(head + "0,1,5\n0.5,inf,5\n") ==
        "line 3, column x_low: 0.5, where the last bin ends at 1");
  CHECK(ErrorOf(head + "0,1,5\n0,1,6\n") == "line 3: the same cell as line 2");
  CHECK(ErrorOf(head) == "no row is a bin of the x axis");
  CHECK(ErrorOf("x_low,x_high,y_low,y_high,content\n0,1,0,1,1\n1,2,1,2,1\n",
                "Histogram2D") == "2 rows for 4 cells inside: each takes one");
  CHECK(ErrorOf("x_low,x_high,x_label,content\n0,1,a,1\n1,2,a,1\n") ==
        "column x_label: an axis has the label \"a\" twice");
  CHECK_FALSE(file.Find("to"));
}

TEST_CASE_FIXTURE(Fixture, "tables that are something else") {
  CHECK(ErrorOf("x_low,x_high\n0,1\n") ==
        "line 1: there is no column \"content\"");
  CHECK(ErrorOf("x_low,content\n0,1\n") ==
        "line 1: there is no column \"x_high\"");
  CHECK(ErrorOf("x_low,x_high,contents\n0,1,2\n")
            .starts_with("line 1: column \"contents\" is none of "));
  CHECK(ErrorOf("x_low,x_high,content\n0,1,two\n") ==
        "line 2, column content: \"two\" is no number");
  CHECK(ErrorOf("name,count\na,1\na,2\n", "CounterSet") ==
        "line 3, column name: \"a\" is there twice");
  CHECK(ErrorOf("name,count\na,-1\n", "CounterSet")
            .starts_with("line 2, column count: \"-1\" is no whole number"));
  CHECK(ErrorOf("time_ns,value\n1.5,1\n", "TimeSeries") ==
        "line 2, column time_ns: \"1.5\" is no whole number");
  CHECK(ErrorOf("x,y,y_error_low\n1,2,3\n", "Graph") ==
        "line 1: it takes y_error, or y_error_low and y_error_high");
  CHECK(ErrorOf("x_low,x_high,passed,total\n0,1,3,2\n", "Efficiency") ==
        "3 passed of 2 in bin 1");
  CHECK(ErrorOf("a\n", "f64") == "f64 has no CSV; use --json, or --raw");
  // An object that contradicts itself is not written.
  Put("odd",
      "CounterSet\nclass CounterSet 1 { string name; string title; "
      "vector<string> names; vector<u64> counts; u8 more; }",
      R"({"name": "", "title": "", "names": [], "counts": [], "more": 1})");
  CHECK(ToCsv(file, *file.GetRaw("odd")));
}

}  // namespace
}  // namespace mapfile::tools
