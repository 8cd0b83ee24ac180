#include <doctest/doctest.h>

#include <string>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
    REQUIRE(Run({"put", file, "n", "--type", "i64", "--", "-7"}).status == 0);
    REQUIRE(Run({"put", file, "x", "1e-3", "--type", "f64"}).status == 0);
    REQUIRE(Run({"put", file, "s", "no newline"}).status == 0);
    RunOptions bytes;
    bytes.in = binary;
    REQUIRE(Run({"put", file, "b", "-", "--type", "bytes"}, bytes).status == 0);
    REQUIRE(
        Run({"put", file, "v", "[1, 2.5]", "--type", "vector<f64>", "--json"})
            .status == 0);
  }
  const TempDir dir;
  const std::string file;
  const std::string binary = std::string("\0\xff\x1b[2J\n\n", 8);
};

TEST_CASE_FIXTURE(Fixture, "numbers are lines, strings and bytes exact") {
  CHECK(Run({"get", file, "n"}).out == "-7\n");
  CHECK(Run({"get", file, "x"}).out == "0.001\n");
  CHECK(Run({"get", file, "s"}).out == "no newline");
  CHECK(Run({"get", file, "b"}).out == binary);
  const Outcome verbose = Run({"get", file, "n", "-v"});
  CHECK(verbose.status == 0);
  CHECK(verbose.out == "-7\n");
  CHECK(verbose.err.starts_with("mapfile-get: " + file +
                                ": n: i64, generation "));
}

TEST_CASE_FIXTURE(Fixture, "JSON of any class") {
  CHECK(Run({"get", file, "n", "--json"}).out == "-7\n");
  CHECK(Run({"get", file, "s", "--json"}).out == "\"no newline\"\n");
  CHECK(Run({"get", file, "v", "--json"}).out == "[1, 2.5]\n");
}

TEST_CASE_FIXTURE(Fixture, "other classes need --json or --raw") {
  const Outcome get = Run({"get", file, "v"});
  CHECK(get.status == 2);
  CHECK(get.out.empty());
  CHECK(get.err ==
        "mapfile-get: " + file +
            ": \"v\": vector<f64> is not plain text; use --json, --raw "
            "or --format csv\n");
  CHECK(Run({"get", file, "v", "--json", "--raw"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "-o writes a file, but never the map file") {
  CHECK(Run({"get", file, "b", "-o", dir / "out"}).status == 0);
  CHECK(ReadAll(dir / "out") == binary);
  CHECK(Run({"get", file, "s", "--output", dir / "out"}).status == 0);
  CHECK(ReadAll(dir / "out") == "no newline");
  CHECK(Run({"get", file, "s", "-o", "-"}).out == "no newline");
  const Outcome self = Run({"get", file, "s", "-o", file});
  CHECK(self.status == 2);
  CHECK(Run({"get", file, "s"}).out == "no newline");
  CHECK(Run({"get", file, "s", "-o", "/dev/full"}).status == 3);
  CHECK(Run({"get", file, "s", "-o", dir / "none/out"}).status == 1);
  const Outcome nowhere = Run({"get", file, "s", "-o", ""});
  CHECK(nowhere.status == 2);
  CHECK(nowhere.err.starts_with(
      "mapfile-get: --output: the name of a file is empty\n"));
  // What can't be got leaves the other file alone.
  CHECK(Run({"get", file, "none", "-o", dir / "out"}).status == 1);
  CHECK(ReadAll(dir / "out") == "no newline");
}

TEST_CASE_FIXTURE(Fixture, "--generation gets what is still kept") {
  const auto generation = [&] {
    const std::string out =
        Run({"ls", file, "s", "--no-header", "--fields", "generation"}).out;
    return std::stoull(out);
  };
  const unsigned long long old = generation();
  REQUIRE(Run({"put", file, "s", "newer"}).status == 0);
  CHECK(Run({"get", file, "s"}).out == "newer");
  CHECK(Run({"get", file, "s", "--generation", std::to_string(old)}).out ==
        "no newline");
  CHECK(Run({"get", file, "s", "--generation", "999999"}).status == 1);
  CHECK(Run({"get", file, "s", "--generation", "x"}).status == 2);
  CHECK(Run({"get", file, "s", "--generation", "0"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "a missing record is named") {
  const Outcome get = Run({"get", file, "none"});
  CHECK(get.status == 1);
  CHECK(get.out.empty());
  CHECK(get.err.starts_with("mapfile-get: " + file + ": "));
  CHECK(get.err.find("none") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::tools
