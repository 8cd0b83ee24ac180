#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "mapfile/counter_set.h"
#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Fixture {
 public:
  // Two runs that counted the same things.
  Fixture() {
    Make(first, 1, 10);
    Make(second, 2, 10);
  }

  static void Make(const std::string& path, int n, double high) {
    auto file = MapFile::Open(path, {.mode = Mode::kCreate});
    REQUIRE(file);
    Histogram1D h("h", RegularAxis(10, 0, high));
    for (int i = 0; i < n; ++i) h.Fill(i);
    CounterSet counters("c");
    counters.Add(counters.FindOrAdd("both"), 5);
    counters.Add(counters.FindOrAdd("run" + std::to_string(n)), 1);
    REQUIRE(file->Put("h", h, {.add = {.title = "hits", .unit = "mm"}}));
    REQUIRE(file->Put("dir/c", counters));
    REQUIRE(file->Put("only" + std::to_string(n), n));
  }
  Outcome Merge(std::vector<std::string> words) const {
    words.insert(words.begin(), {"merge", out});
    return Run(words);
  }
  MapFile Out() const {
    auto file = MapFile::Open(out);
    REQUIRE(file);
    return *file;
  }
  // No draft, no half of a file.
  int Files() const {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
      (void)entry;
      ++files;
    }
    return files;
  }

  const TempDir dir;
  const std::string out = dir / "out.map";
  const std::string first = dir / "first.map";
  const std::string second = dir / "second.map";
};

TEST_CASE_FIXTURE(Fixture, "what has a sum is added up, the rest copied") {
  const Outcome done = Merge({first, second});
  CHECK(done.err == "");
  REQUIRE(done.status == 0);
  CHECK(done.out == "");
  const MapFile sum = Out();
  const auto h = sum.Get<Histogram1D>("h");
  REQUIRE(h);
  CHECK(h->entries() == 3);
  CHECK(h->BinContent(1) == 2);
  const auto counters = sum.Get<CounterSet>("dir/c");
  REQUIRE(counters);
  CHECK(counters->count("both") == 10);
  CHECK(counters->count("run1") == 1);
  CHECK(counters->count("run2") == 1);
  CHECK(sum.Get<int>("only1").value_or(0) == 1);
  CHECK(sum.Get<int>("only2").value_or(0) == 2);
  const auto info = sum.Find("h")->Info();
  REQUIRE(info);
  CHECK(info->title == "hits");
  CHECK(info->unit == "mm");
  CHECK(Files() == 3);
}

TEST_CASE_FIXTURE(Fixture, "unequal axes are named, and nothing is written") {
  const std::string third = dir / "third.map";
  Make(third, 3, 20);
  const Outcome refused = Merge({first, third, second});
  CHECK(refused.status == 5);
  CHECK(Has(refused.err, third + ": \"h\": "));
  CHECK(Has(refused.err, "20"));
  CHECK(Has(refused.err, "not made"));
  CHECK_FALSE(std::filesystem::exists(out));
  CHECK(Files() == 3);
  const Outcome kept = Merge({first, third, second, "-k"});
  CHECK(kept.status == 5);
  CHECK(Has(kept.err, third + ": \"h\": "));
  CHECK(Out().Get<Histogram1D>("h")->entries() == 3);
  CHECK(Out().Get<CounterSet>("dir/c")->count("both") == 15);
}

TEST_CASE_FIXTURE(Fixture, "what has no sum is refused, or chosen") {
  REQUIRE(Run({"put", first, "note", "one"}).status == 0);
  REQUIRE(Run({"put", second, "note", "two"}).status == 0);
  const Outcome refused = Merge({first, second});
  CHECK(refused.status == 5);
  CHECK(Has(refused.err,
            second + ": \"note\": a value of class string has no sum"));
  REQUIRE(Merge({first, second, "--others", "first"}).status == 0);
  CHECK(Run({"get", out, "note"}).out == "one");
  std::filesystem::remove(out);
  REQUIRE(Merge({first, second, "--others", "last"}).status == 0);
  CHECK(Run({"get", out, "note"}).out == "two");
}

TEST_CASE_FIXTURE(Fixture, "other classes of the same name") {
  REQUIRE(Run({"put", second, "h", "5", "--type", "i64"}).status == 0);
  for (const char* others : {"refuse", "first", "last"}) {
    const Outcome refused = Merge({first, second, "--others", others});
    CHECK(refused.status == 5);
    CHECK(Has(refused.err,
              second + ": \"h\": it is of class i64, in a file before of "
                       "Histogram1D"));
    CHECK_FALSE(std::filesystem::exists(out));
  }
}

TEST_CASE_FIXTURE(Fixture, "a count that doesn't fit is refused") {
  RunOptions many;
  many.in = "both 18446744073709551615\n";
  REQUIRE(Run({"put", second, "dir/c", "--counter", "--fresh"}, many).status ==
          0);
  const Outcome refused = Merge({first, second, "-k"});
  CHECK(refused.status == 5);
  CHECK(Has(refused.err, second + ": \"dir/c\": counter \"both\" would pass "
                                  "2^64 - 1"));
  CHECK(Out().Get<CounterSet>("dir/c")->count("both") == 5);
}

TEST_CASE_FIXTURE(Fixture, "nobody gets at more than before") {
  namespace fs = std::filesystem;
  fs::permissions(first, fs::perms(0640));
  fs::permissions(second, fs::perms(0664));
  REQUIRE(Merge({first, second}).status == 0);
  CHECK(fs::status(out).permissions() == fs::perms(0640));
  fs::remove(out);
  fs::permissions(first, fs::perms(0444));
  REQUIRE(Merge({first, second}).status == 0);
  CHECK(fs::status(out).permissions() == fs::perms(0444));
  CHECK(Out().Get<CounterSet>("dir/c")->count("both") == 10);
}

TEST_CASE_FIXTURE(Fixture, "what is there is never written over") {
  WriteAll(out, "precious");
  CHECK(Merge({first, second}).status == 5);
  CHECK(ReadAll(out) == "precious");
  CHECK(Run({"merge", first, first, second}).status == 5);
  std::filesystem::remove(out);
  CHECK(Merge({}).status == 2);
  CHECK(Merge({""}).status == 2);
  CHECK(Has(Run({"merge", "", first}).err, "the name of a file is empty"));
  CHECK(Run({"merge", "", first}).status == 2);
  CHECK(Has(Run({"merge"}).err, "OUT is missing"));
  CHECK(Merge({first, dir / "absent.map"}).status == 1);
  CHECK(Run({"merge", dir / "no/out.map", first}).status == 1);
  WriteAll(dir / "text", "no map file");
  CHECK(Merge({first, dir / "text"}).status == 4);
  CHECK_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace mapfile::tools
