// mapfile-put --histogram, --graph, --series, --counter: filled from a pipe
// while others look on.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <vector>

#include "mapfile/counter_set.h"
#include "mapfile/graph.h"
#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"
#include "mapfile/time_series.h"
#include "tests/support/process.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
  }
  Outcome FillWith(std::vector<std::string> words,
                   const std::string& in) const {
    words.insert(words.begin(), {"put", file, "h"});
    RunOptions options;
    options.in = in;
    return Run(words, options);
  }
  Outcome Fill(const std::string& spec, const std::string& in,
               std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"put", file, "h", "--histogram", spec};
    words.insert(words.end(), more.begin(), more.end());
    RunOptions options;
    options.in = in;
    return Run(words, options);
  }
  template <class H = Histogram1D>
  H Get() const {
    auto opened = MapFile::Open(file);
    REQUIRE(opened);
    auto got = opened->Get<H>("h");
    REQUIRE(got);
    return *std::move(got);
  }

  const TempDir dir;
  const std::string file;
};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE_FIXTURE(Fixture, "numbers of the input are counted") {
  const Outcome done =
      Fill("10,0,10", "1\n1.5 2,3;4\r\n\n-1\n1e400\nnan\n+2.5");
  CHECK(done.status == 0);
  CHECK(done.out.empty());
  CHECK(done.err.empty());
  const Histogram1D h = Get();
  CHECK(h.BinContent(2) == 2);  // 1, 1.5
  CHECK(h.BinContent(3) == 2);  // 2, 2.5
  CHECK(h.underflow() == 1);
  CHECK(h.overflow() == 1);
  CHECK(h.nans() == 1);
}

TEST_CASE_FIXTURE(Fixture, "two axes take pairs") {
  CHECK(Fill("4,0,4 log:2,1,100", "1 5 2 50\n3,20\n").status == 0);
  const auto h = Get<Histogram2D>();
  CHECK(h.BinContent(2, 1) == 1);
  CHECK(h.BinContent(3, 2) == 1);
  CHECK(h.BinContent(4, 2) == 1);
  const Outcome odd = Fill("4,0,4 log:2,1,100", "1 5 2\n");
  CHECK(odd.status == 0);
  CHECK(Has(odd.err,
            "1 of 1 lines were passed over; the first: line 1: 3 "
            "numbers, where pairs are needed"));
}

TEST_CASE_FIXTURE(Fixture, "without input there is an empty histogram") {
  CHECK(Fill("edges:0,1,5", "").status == 0);
  CHECK(Get().entries() == 0);
  CHECK(Get().axis().bins() == 2);
}

TEST_CASE_FIXTURE(Fixture, "it goes on from what is there, or begins anew") {
  REQUIRE(Fill("10,0,10", "1\n").status == 0);
  REQUIRE(Fill("10,0,10", "1\n").status == 0);
  CHECK(Get().entries() == 2);
  const Outcome other = Fill("10,0,20", "1\n");
  CHECK(other.status == 5);
  CHECK(Has(other.err, file + ": \"h\": differs: "));
  CHECK(Has(other.err, "--fresh"));
  CHECK(Get().entries() == 2);
  CHECK(Fill("10,0,20", "1\n", {"--fresh"}).status == 0);
  CHECK(Get().entries() == 1);
  REQUIRE(Run({"put", file, "h", "text", "--type", "string"}).status == 0);
  const Outcome text = Fill("10,0,20", "1\n");
  CHECK(text.status == 2);
  CHECK(Has(text.err, "holds a value of another class"));
}

TEST_CASE_FIXTURE(Fixture, "what is no number is told, or ends it") {
  const Outcome told = Fill("10,0,10", "1\nabc\n2 x\n3\n");
  CHECK(told.status == 0);
  CHECK(Has(told.err,
            "2 of 4 lines were passed over; the first: line 2: "
            "\"abc\" is no number"));
  CHECK(Get().entries() == 2);
  const Outcome strict = Fill("10,0,10", "1\nabc\n2\n", {"--strict"});
  CHECK(strict.status == 2);
  CHECK(Has(strict.err, ": \"h\": line 2: \"abc\" is no number\n"));
  CHECK(strict.err.starts_with("mapfile-put: " + file + ": "));
  CHECK(Get().entries() == 3);
}

TEST_CASE_FIXTURE(Fixture, "axes that can't be are refused, nothing stored") {
  for (const char* spec :
       {"", "x", "10", "10,5,5", "10,6,5", "0,0,1", "-1,0,1", "1.5,0,1",
        "1e12,0,1", "10,nan,1", "10,0,inf", "log:10,0,5", "edges:1",
        "edges:", "edges:1,3,2", "cube:1,2,3", "1,0,1 1,0,1 1,0,1"}) {
    CAPTURE(spec);
    const Outcome refused = Fill(spec, "1\n");
    CHECK(refused.status == 2);
    CHECK(Has(refused.err, "--histogram: "));
  }
  const Outcome large = Fill("1000000,0,1 1000000,0,1", "");
  CHECK(large.status == 3);
  CHECK(Has(large.err, "the file may have"));
  CHECK(Run({"ls", file, "--no-header"}).out.empty());
  CHECK(Run({"put", file, "h", "5", "--histogram", "1,0,1"}).status == 2);
  CHECK(Run({"put", file, "h", "5", "--strict"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "points of a graph") {
  CHECK(FillWith({"--graph"}, "1 2\n\n3,-4.5\n").status == 0);
  CHECK(FillWith({"--graph"}, "5 6\n").status == 0);
  const auto graph = Get<Graph>();
  CHECK(graph.x() == std::vector<double>{1, 3, 5});
  CHECK(graph.y() == std::vector<double>{2, -4.5, 6});
  const Outcome wrong = FillWith({"--graph"}, "1\n");
  CHECK(Has(wrong.err, "line 1: 1 number, where two are needed"));
  CHECK(FillWith({"--graph", "--fresh"}, "").status == 0);
  CHECK(Get<Graph>().size() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a time series keeps the last ones") {
  CHECK(FillWith({"--series", "3"}, "1\n2\n3 4\n").status == 0);
  const auto series = Get<TimeSeries>();
  REQUIRE(series.size() == 3);
  CHECK(series.At(0).value == 2);
  CHECK(series.At(2).value == 4);
  CHECK(series.At(2).time_ns > 1'700'000'000'000'000'000);
  const Outcome other = FillWith({"--series", "4"}, "5\n");
  CHECK(other.status == 5);
  CHECK(Has(other.err, "room for 3 and 4 samples"));
  CHECK(FillWith({"--series", "0"}, "").status == 2);
  CHECK(FillWith({"--series", "1000000000"}, "").status == 3);
}

TEST_CASE_FIXTURE(Fixture, "names are counted") {
  CHECK(FillWith({"--counter"}, "error\ninfo 5\r\n\nerror 2\n").status == 0);
  CHECK(FillWith({"--counter"}, "debug\nerror").status == 0);
  const auto counters = Get<CounterSet>();
  CHECK(counters.names() == std::vector<std::string>{"error", "info", "debug"});
  CHECK(counters.counts() == std::vector<std::uint64_t>{4, 5, 1});
  const Outcome wrong =
      FillWith({"--counter"}, "a -1\na b c\na 18446744073709551616\n");
  CHECK(wrong.status == 0);
  CHECK(Has(wrong.err,
            "3 of 3 lines were passed over; the first: line 1: "
            "\"-1\" is no whole number"));
  const Outcome large = FillWith(
      {"--counter"}, "large 18446744073709551615\nlarge\nlarge 0\nerror\n");
  CHECK(large.status == 0);
  CHECK(Has(large.err,
            "1 of 4 lines were passed over; the first: line 2: \"large\" would "
            "pass 2^64 - 1; it stays at 18446744073709551615"));
  CHECK(Get<CounterSet>().count("large") == UINT64_MAX);
  CHECK(Get<CounterSet>().count("error") == 5);
  CHECK(FillWith({"--counter", "--strict"}, "large\n").status == 2);
  CHECK(FillWith({"--counter", "--graph"}, "").status == 2);
  CHECK(FillWith({"--graph"}, "").status == 2);
}

// A pipe that stays open, and a reader beside it.
class Live {
 public:
  explicit Live(const Fixture& fixture)
      : writer([&] {
          dup2(ends[0], 0);
          close(ends[1]);
          std::vector<std::string> words = {
              ToolPath("put"), fixture.file, "h",  "--histogram",
              "10,0,10",       "--rate",     "100"};
          std::vector<char*> argv;
          for (std::string& word : words) argv.push_back(word.data());
          argv.push_back(nullptr);
          execv(argv[0], argv.data());
          return 127;
        }) {
    close(ends[0]);
  }
  ~Live() {
    if (ends[1] >= 0) close(ends[1]);
  }
  void Write(const std::string& text) const {
    REQUIRE(write(ends[1], text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
  }
  struct Ends {
    int fds[2];
    Ends() { REQUIRE(pipe(fds) == 0); }
    int& operator[](int i) { return fds[i]; }
    int operator[](int i) const { return fds[i]; }
  } ends;
  testing::Child writer;
};

TEST_CASE_FIXTURE(Fixture, "others see it grow while the pipe is open") {
  Live live(*this);
  const auto reader = MapFile::Open(file);
  REQUIRE(reader);
  const auto entries = [&] {
    const auto h = reader->Get<Histogram1D>("h");
    return h ? h->entries() : 0;
  };
  live.Write("1\n2\n");
  CHECK(testing::Eventually([&] { return entries() == 2; }));
  // Half a line isn't a number yet.
  live.Write("3\n4");
  CHECK(testing::Eventually([&] { return entries() == 3; }));
  live.Write("5\n");
  CHECK(testing::Eventually([&] { return entries() == 4; }));
  CHECK(reader->Get<Histogram1D>("h")->overflow() == 1);  // 45
}

TEST_CASE_FIXTURE(Fixture, "a signal ends it in order, a kill loses little") {
  Live live(*this);
  const auto reader = MapFile::Open(file);
  REQUIRE(reader);
  const auto entries = [&] {
    const auto h = reader->Get<Histogram1D>("h");
    return h ? h->entries() : 0;
  };
  live.Write("1\n");
  REQUIRE(testing::Eventually([&] { return entries() == 1; }));
  live.writer.Signal(SIGTERM);
  CHECK(live.writer.Wait() == 0);
  CHECK(entries() == 1);
  Live killed(*this);
  killed.Write("1\n");
  REQUIRE(testing::Eventually([&] { return entries() == 2; }));
  killed.writer.Kill();
  CHECK(Fill("10,0,10", "1\n").status == 0);
  CHECK(entries() == 3);
}

}  // namespace
}  // namespace mapfile::tools
