#include "tools/common/merge.h"

#include "mapfile/counter_set.h"
#include "mapfile/efficiency.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/profile.h"
#include "mapfile/time_series.h"
#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The sum is to be in one file; two others have what is added up.
class Fixture : public TestFile {
 public:
  Fixture()
      : first(Create(dir / "first.map")), second(Create(dir / "second.map")) {}

  template <class T>
  void PutBoth(std::string_view name, const T& a, const T& b) {
    REQUIRE(first.Put(name, a));
    REQUIRE(second.Put(name, b));
  }
  // Takes both, and returns the message of the only fault.
  std::string FaultOf(Merge& merge) const {
    REQUIRE(merge.Take(first));
    CHECK(merge.faults().empty());
    REQUIRE(merge.Take(second));
    REQUIRE(merge.faults().size() == 1);
    return merge.faults()[0].message();
  }

  MapFile first;
  MapFile second;
};

TEST_CASE_FIXTURE(Fixture, "each class of the family is added up") {
  Histogram1D h1("h1", RegularAxis(2, 0, 2));
  Histogram2D h2("h2", RegularAxis(2, 0, 2), RegularAxis(2, 0, 2));
  Histogram3D h3("h3", RegularAxis(1, 0, 2), RegularAxis(1, 0, 2),
                 RegularAxis(1, 0, 2));
  Profile1D p1("p1", RegularAxis(2, 0, 2));
  Profile2D p2("p2", RegularAxis(2, 0, 2), RegularAxis(2, 0, 2));
  Efficiency e("e", RegularAxis(2, 0, 2));
  h1.Fill(1, 2.5);
  h2.Fill(1, 1);
  h3.Fill(1, 1, 1);
  p1.Fill(1, 5);
  p2.Fill(1, 1, 5);
  e.Fill(true, 1);
  Graph g("g");
  g.Add(1, 2);
  TimeSeries t("t", 5);
  t.Add(10, 1);
  CounterSet c("c", {"n"});
  c.Add(0, 3);
  PutBoth("h1", h1, h1);
  PutBoth("h2", h2, h2);
  PutBoth("h3", h3, h3);
  PutBoth("p1", p1, p1);
  PutBoth("p2", p2, p2);
  PutBoth("e", e, e);
  PutBoth("g", g, g);
  PutBoth("t", t, t);
  PutBoth("c", c, c);
  Merge merge(file, Others::kRefuse);
  REQUIRE(merge.Take(first));
  CHECK(merge.added_up() == 0);
  REQUIRE(merge.Take(second));
  CHECK(merge.faults().empty());
  CHECK(merge.added_up() == 9);
  CHECK(file.Get<Histogram1D>("h1")->BinContent(2) == 5);
  CHECK(file.Get<Histogram2D>("h2")->entries() == 2);
  CHECK(file.Get<Histogram3D>("h3")->entries() == 2);
  CHECK(file.Get<Profile1D>("p1")->BinEntries(2) == 2);
  CHECK(file.Get<Profile2D>("p2")->entries() == 2);
  CHECK(file.Get<Efficiency>("e")->entries() == 2);
  CHECK(file.Get<Graph>("g")->size() == 2);
  CHECK(file.Get<TimeSeries>("t")->size() == 2);
  CHECK(file.Get<CounterSet>("c")->count("n") == 6);
}

TEST_CASE_FIXTURE(Fixture, "what is in one file is copied, as it is called") {
  REQUIRE(first.Put("a/x", std::int64_t{5},
                    {.add = {.title = "T", .unit = "mm", .description = "D"}}));
  REQUIRE(second.Put("b", std::string("text")));
  Merge merge(file, Others::kRefuse);
  REQUIRE(merge.Take(first));
  REQUIRE(merge.Take(second));
  CHECK(merge.faults().empty());
  CHECK(merge.added_up() == 0);
  CHECK(Json("a/x") == "5");
  CHECK(Json("b") == "\"text\"");
  const auto info = file.Find("a/x")->Info();
  CHECK(info->title == "T");
  CHECK(info->unit == "mm");
  CHECK(info->description == "D");
}

TEST_CASE_FIXTURE(Fixture, "unequal axes are a fault, the sum stays") {
  PutBoth("h", Histogram1D("h", RegularAxis(2, 0, 2)),
          Histogram1D("h", RegularAxis(2, 0, 3)));
  PutBoth("n", CounterSet("n", {"a"}), CounterSet("n", {"b"}));
  Merge merge(file, Others::kRefuse);
  const std::string fault = FaultOf(merge);
  CHECK(fault.starts_with(second.path() + ": \"h\": "));
  CHECK(Has(fault, "up to 2 and up to 3"));
  CHECK(file.Get<Histogram1D>("h")->axis().high() == 2);
  // The others are added up all the same.
  CHECK(file.Get<CounterSet>("n")->size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "objects without a sum: as it was told") {
  PutBoth("n", std::int64_t{1}, std::int64_t{2});
  SUBCASE("refused") {
    Merge merge(file, Others::kRefuse);
    CHECK(Has(FaultOf(merge), "\"n\": a value of class i64 has no sum"));
    CHECK(Json("n") == "1");
  }
  SUBCASE("the first") {
    Merge merge(file, Others::kFirst);
    REQUIRE(merge.Take(first));
    REQUIRE(merge.Take(second));
    CHECK(merge.faults().empty());
    CHECK(Json("n") == "1");
  }
  SUBCASE("the last") {
    Merge merge(file, Others::kLast);
    REQUIRE(merge.Take(first));
    REQUIRE(merge.Take(second));
    CHECK(merge.faults().empty());
    CHECK(Json("n") == "2");
  }
}

TEST_CASE_FIXTURE(Fixture, "another class is named") {
  REQUIRE(first.Put("x", CounterSet("x")));
  REQUIRE(second.Put("x", Graph("x")));
  Merge merge(file, Others::kRefuse);
  CHECK(Has(FaultOf(merge),
            "it is of class Graph, in a file before of CounterSet"));
}

TEST_CASE_FIXTURE(Fixture, "a class of the same name with other fields") {
  REQUIRE(first.Put("x", CounterSet("x", {"a"})));
  constexpr char kOther[] = "CounterSet\nclass CounterSet 1 { string names; }";
  const auto type = Type::Parse(kOther);
  const auto bytes = FromJson(second, **type, R"({"names": "odd"})");
  REQUIRE(bytes);
  REQUIRE(second.PutRaw("x", **type, *bytes));
  Merge merge(file, Others::kRefuse);
  CHECK(Has(FaultOf(merge), "names is stored as string and wanted as"));
  CHECK(file.Get<CounterSet>("x")->size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a sum that can't be written ends it") {
  REQUIRE(first.Put("big", std::vector<double>(100'000)));
  REQUIRE(first.Put("small", 1.0));
  const std::string tight = dir / "tight.map";
  auto sum = MapFile::Open(
      tight, {.mode = Mode::kCreate, .max_size_bytes = 256 << 10});
  REQUIRE(sum);
  Merge merge(*sum, Others::kRefuse);
  const Status taken = merge.Take(first);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().code() == Code::kNoSpace);
  CHECK(merge.faults().empty());
}

}  // namespace
}  // namespace mapfile::tools
