// What is wrong gives a sentence that says so, the documented exit status,
// and loses nothing.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

// Every tool that opens a file that exists, with words that would work.
std::vector<std::vector<std::string>> Uses(const std::string& file) {
  return {{"ls", file},
          {"print", file},
          {"print", file, "a"},
          {"get", file, "a"},
          {"put", file, "a", "1"},
          {"rm", file, "a"},
          {"watch", file, "-t", "100ms"}};
}

void CheckAll(const std::string& file, int status, const std::string& words) {
  for (const auto& use : Uses(file)) {
    CAPTURE(use[0]);
    const Outcome outcome = Run(use);
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.starts_with("mapfile-" + use[0] + ": " + file + ": "));
    CHECK(outcome.err.find(words) != std::string::npos);
    CHECK(LinesOf(outcome.err).size() == 1);
  }
}

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file, "--max-size", "1M"}).status == 0);
    REQUIRE(Run({"put", file, "a", "old"}).status == 0);
  }
  const TempDir dir;
  const std::string file;
};

TEST_CASE_FIXTURE(Fixture, "no such file") {
  CheckAll(dir / "none.map", 1, "");
  CHECK_FALSE(std::filesystem::exists(dir / "none.map"));
}

TEST_CASE_FIXTURE(Fixture, "not a map file") {
  WriteAll(dir / "text", std::string(100'000, 'x'));
  CheckAll(dir / "text", 4, "not a map file");
  CHECK(ReadAll(dir / "text") == std::string(100'000, 'x'));
  WriteAll(dir / "short", "x");
  CheckAll(dir / "short", 4, "");
}

TEST_CASE_FIXTURE(Fixture, "an empty file") {
  WriteAll(dir / "empty", "");
  CheckAll(dir / "empty", 4, "empty");
}

TEST_CASE_FIXTURE(Fixture, "a truncated map file") {
  const std::string bytes = ReadAll(file);
  WriteAll(dir / "cut", bytes.substr(0, bytes.size() / 2));
  CheckAll(dir / "cut", 4, "");
}

TEST_CASE_FIXTURE(Fixture, "a directory") {
  CheckAll(dir.path(), 2, "is a directory");
}

TEST_CASE_FIXTURE(Fixture, "no permission") {
  // Of a directory that nobody can look into.
  const std::string place = "/tmp/mapfile-test." + std::to_string(::getpid());
  REQUIRE(::mkdir(place.c_str(), 0755) == 0);
  const std::string map = place + "/run.map";
  REQUIRE(Run({"create", map, "--mode", "0644"}).status == 0);
  REQUIRE(Run({"put", map, "a", "1"}).status == 0);
  RunOptions nobody;
  nobody.as_nobody = true;
  if (::getuid() != 0) ::chmod(map.c_str(), 0444);
  // Reading needs no more than permission to read.
  CHECK(Run({"get", map, "a"}, nobody).out == "1");
  CHECK(Run({"ls", map}, nobody).status == 0);
  CHECK(Run({"watch", map, "-t", "100ms"}, nobody).status == 0);
  for (const Outcome& outcome :
       {Run({"put", map, "a", "2"}, nobody), Run({"rm", map, "a"}, nobody)}) {
    CHECK(outcome.status == 3);
    CHECK(outcome.err.find(map) != std::string::npos);
  }
  ::chmod(map.c_str(), 0);
  for (const auto& use : Uses(map)) {
    CAPTURE(use[0]);
    CHECK(Run(use, nobody).status == 3);
  }
  ::chmod(map.c_str(), 0644);
  CHECK(Run({"get", map, "a"}).out == "1");
  std::filesystem::remove_all(place);
}

TEST_CASE_FIXTURE(Fixture, "impossible names") {
  const std::string longest(255, 'n');
  CHECK(Run({"put", file, longest, "1"}).status == 0);
  CHECK(Run({"get", file, longest}).out == "1");
  for (const std::string& name :
       {std::string(300, 'n'), std::string(), std::string("a//b"),
        std::string("a/"), std::string("..")}) {
    CAPTURE(name);
    CHECK(Run({"put", file, name, "1"}).status == 2);
    CHECK(Run({"get", file, name}).status == 2);
  }
  CHECK(Run({"put", file, std::string(300, 'n'), "1"}).err.find("300") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "odd bytes in names are kept, and shown escaped") {
  const std::string name = "\xff\x1b[31m\n*";
  CHECK(Run({"put", file, name, "odd"}).status == 0);
  CHECK(Run({"get", file, name}).out == "odd");
  const Outcome ls = Run({"ls", file});
  CHECK(ls.out.find("\\xff\\x1b[31m\\n*") != std::string::npos);
  CHECK(ls.out.find('\x1b') == std::string::npos);
  const Outcome missing = Run({"get", file, "\x1b[31m"});
  CHECK(missing.status == 1);
  CHECK(missing.err.find('\x1b') == std::string::npos);
  CHECK(Run({"rm", file, "\xff*\\*"}).status == 0);
  CHECK(Run({"get", file, name}).status == 1);
}

TEST_CASE_FIXTURE(Fixture, "the limit is reached: the old value stays") {
  RunOptions large;
  large.in = std::string(2 << 20, 'x');
  const Outcome put = Run({"put", file, "a", "-"}, large);
  CHECK(put.status == 3);
  CHECK(put.err.find("its limit") != std::string::npos);
  CHECK(Run({"get", file, "a"}).out == "old");
  CHECK(Run({"put", file, "b", "-"}, large).status == 3);
  CHECK(Run({"ls", file, "b"}).status == 1);
  CHECK(Run({"put", file, "a", "new"}).status == 0);
}

TEST_CASE_FIXTURE(Fixture, "standard output is full") {
  RunOptions full;
  full.out_path = "/dev/full";
  for (const auto& use : {std::vector<std::string>{"ls", file},
                          {"ls", file, "--json"},
                          {"print", file},
                          {"print", file, "a"},
                          {"get", file, "a"},
                          {"ls", "--help"},
                          {"watch", file, "--initial", "-t", "100ms"}}) {
    CAPTURE(use[0]);
    const Outcome outcome = Run(use, full);
    CHECK(outcome.status == 3);
    CHECK(outcome.err ==
          "mapfile-" + use[0] + ": standard output: No space left on device\n");
  }
}

TEST_CASE_FIXTURE(Fixture, "standard output is closed") {
  RunOptions closed;
  closed.close_out = true;
  const std::string before = ReadAll(file);
  CHECK(Run({"get", file, "a"}, closed).status == 3);
  CHECK(Run({"ls", file}, closed).status == 3);
  CHECK(Run({"put", file, "a", "new", "-v"}, closed).status == 0);
  // Nothing was written into the map file instead.
  CHECK(Run({"get", file, "a"}).out == "new");
  CHECK(Run({"ls", file}).status == 0);
}

TEST_CASE_FIXTURE(Fixture, "a reader that has enough is no error") {
  for (int i = 0; i < 50; ++i) {
    RunOptions large;
    large.in = std::string(5000, 'x');
    REQUIRE(Run({"put", file, "r" + std::to_string(i), "-"}, large).status ==
            0);
  }
  Background print({"print", file, "**", "--json"});
  print.CloseOutput();
  const Outcome end = print.Wait();
  CHECK(end.status == 0);
  CHECK(end.err.empty());
}

TEST_CASE_FIXTURE(Fixture, "no words, wrong words") {
  for (const std::string tool : {"check", "create", "demo", "get", "ls",
                                 "print", "put", "rm", "watch"}) {
    CAPTURE(tool);
    const Outcome none = Run({tool});
    CHECK(none.status == 2);
    CHECK(none.out.empty());
    CHECK(none.err == "mapfile-" + tool + ": FILE is missing\nmapfile-" + tool +
                          ": try 'mapfile-" + tool + " --help'\n");
    CHECK(Run({tool, file, "--bogus"}).status == 2);
    CHECK(Run({tool, file, "-Z"}).status == 2);
  }
}

struct BadAxis {
  const char* axis;
  const char* message;
};

TEST_CASE_FIXTURE(Fixture, "JSON of an axis that can't be") {
  for (const BadAxis& bad : {
           BadAxis{R"("kind": "regular", "bins": 2, "low": 5, "high": 1,
                      "edges": [])",
                   "line 2, column 11: x_axis: an axis from 5 to 1"},
           BadAxis{R"("kind": "regular", "bins": 2, "low": 1, "high": 1,
                      "edges": [])",
                   "x_axis: an axis from 1 to 1"},
           BadAxis{R"("kind": "regular", "bins": 2, "low": "nan", "high": 1,
                      "edges": [])",
                   "x_axis: an axis from nan to 1"},
           BadAxis{R"("kind": "regular", "bins": 0, "low": 0, "high": 1,
                      "edges": [])",
                   "x_axis.bins: an axis of 0 bins"},
           BadAxis{R"("kind": "regular", "bins": 1000000000000, "low": 0,
                      "high": 1, "edges": [])",
                   "x_axis.bins: 1000000000000 is out of range for u32"},
           BadAxis{R"("kind": "variable", "bins": 2, "low": 0, "high": 2,
                      "edges": [0, 3, 2])",
                   "line 3, column 39: x_axis.edges[2]: edges rise"},
           BadAxis{R"("kind": "variable", "bins": 2, "low": 0, "high": 2,
                      "edges": [0, "nan", 2])",
                   "line 3, column 36: x_axis.edges[1]: edges rise"},
           BadAxis{R"("kind": "", "bins": 0, "low": 0, "high": 0,
                      "edges": [])",
                   "line 2, column 20: x_axis.kind: an axis that isn't valid"},
       }) {
    CAPTURE(std::string(bad.axis));
    const std::string json =
        std::string(R"({"name": "h", "title": "", "contents": [0, 0, 0, 0],
"x_axis": {)") +
        bad.axis +
        R"(, "labels": [], "grows": false, "title": "", "unit": ""},
"squares": [], "entries": 0, "nans": 0, "sum_w": 0, "sum_w2": 0,
"sum_wx": 0, "sum_wx2": 0})";
    RunOptions options;
    options.in = json;
    const Outcome put =
        Run({"put", file, "h", "--class", "Histogram1D"}, options);
    CHECK(put.status == 2);
    CAPTURE(put.err);
    CHECK(put.err.find(bad.message) != std::string::npos);
    CHECK(Run({"ls", file, "h"}).status == 1);
  }
}

}  // namespace
}  // namespace mapfile::tools
