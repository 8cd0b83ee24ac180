#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using nlohmann::json;

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file, "--title", "run 42"}).status == 0);
    REQUIRE(
        Run({"put", file, "state", R"({"run": 7, "rate_hz": 50})", "--json",
             "--type", "RunState\nclass RunState 1 { i64 run; f64 rate_hz; }"})
            .status == 0);
    REQUIRE(Run({"put", file, "det/note", "calm"}).status == 0);
    std::string numbers = "[0";
    for (int i = 1; i < 500; ++i) numbers += "," + std::to_string(i);
    REQUIRE(Run({"put", file, "numbers", numbers + "]", "--json", "--type",
                 "vector<i64>"})
                .status == 0);
  }
  const TempDir dir;
  const std::string file;
};

void CheckWidth(const std::string& text, std::size_t width) {
  for (const std::string& line : LinesOf(text)) {
    CAPTURE(line);
    CHECK(line.size() <= width);
  }
}

TEST_CASE_FIXTURE(Fixture, "the file, for people") {
  const Outcome print = Run({"print", file});
  CHECK(print.status == 0);
  CHECK(print.err.empty());
  CHECK(print.out.find("run 42") != std::string::npos);
  CHECK(print.out.find("1 GiB") != std::string::npos);
  CHECK(Run({"print", file, "-v"}).err.find("itself") != std::string::npos);
  CHECK(Run({"print", file, "state", "-v"}).err ==
        "mapfile-print: " + file + ": 1 record\n");
}

TEST_CASE_FIXTURE(Fixture, "one format at a time") {
  const Outcome both =
      Run({"print", file, "state", "--format", "svg", "--json"});
  CHECK(both.status == 2);
  CHECK(both.err.find("exclude each other") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "the file, as JSON") {
  const json info = json::parse(Run({"print", file, "--json"}).out);
  CHECK(info["path"] == file);
  CHECK(info["title"] == "run 42");
  CHECK(info["records"] == 3);
  CHECK(info["updates"] == 3);
  CHECK(info["closed_in_order"] == true);
  CHECK(info["producers"] == json::array());
  CHECK(info["heap_used_bytes"].get<int>() > 4000);
  CHECK(info.size() == 19);
}

TEST_CASE_FIXTURE(Fixture, "values field by field") {
  const Outcome print = Run({"print", file, "state", "det/note"});
  CHECK(print.status == 0);
  const auto lines = LinesOf(print.out);
  REQUIRE(lines.size() >= 6);
  CHECK(lines[0].starts_with("state: RunState, generation "));
  CHECK(lines[1] == "run      7");
  CHECK(lines[2] == "rate_hz  50");
  CHECK(lines[3].empty());
  CHECK(lines[4].starts_with("det/note: string, generation "));
  CHECK(lines[5].find("calm") != std::string::npos);
  CHECK(LinesOf(Run({"print", file, "det"}).out).size() == 2);
  CHECK(LinesOf(Run({"print", file, "det/*"}).out).size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "values as JSON") {
  const json all = json::parse(Run({"print", file, "*", "--json"}).out);
  REQUIRE(all.size() == 2);
  CHECK(all[0]["name"] == "state");
  CHECK(all[0]["class"] == "RunState");
  CHECK(all[0]["value"]["rate_hz"] == 50);
  CHECK(all[1]["value"].size() == 500);
  CHECK(all[0].size() == 7);
}

TEST_CASE_FIXTURE(Fixture, "what is missing is named, the rest is shown") {
  const Outcome print = Run({"print", file, "none", "state"});
  CHECK(print.status == 1);
  CHECK(print.err ==
        "mapfile-print: " + file + ": there is no record \"none\"\n");
  CHECK(print.out.find("rate_hz") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "never wider than asked, ASCII in the C locale") {
  for (const char* columns : {"20", "40", "80"}) {
    RunOptions options;
    options.environment = {{"COLUMNS", columns}, {"LC_ALL", "C"}};
    const auto width = static_cast<std::size_t>(std::stoi(columns));
    CheckWidth(Run({"print", file}, options).out, width);
    const Outcome values = Run({"print", file, "**"}, options);
    CheckWidth(values.out, width);
    for (const char c : values.out) CHECK(static_cast<unsigned char>(c) < 128);
  }
  CheckWidth(Run({"print", file, "**", "--ascii"}).out, 80);
}

TEST_CASE_FIXTURE(Fixture, "--max-elements") {
  CHECK(Run({"print", file, "numbers", "--max-elements", "3"})
            .out.find("[0, 1, 2") != std::string::npos);
  CHECK(Run({"print", file, "numbers", "--max-elements", "3"}).out.find("17") ==
        std::string::npos);
  CHECK(Run({"print", file, "numbers", "--max-elements", "x"}).status == 2);
}

TEST_CASE_FIXTURE(Fixture, "colours only when asked") {
  CHECK(Run({"print", file, "state"}).out.find("\x1b[") == std::string::npos);
  CHECK(Run({"print", file, "state", "--color", "always"}).out.find("\x1b[") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "escapes in values stay harmless") {
  REQUIRE(Run({"put", file, "evil", "\x1b]0;title\x07"}).status == 0);
  CHECK(Run({"print", file, "evil"}).out.find('\x1b') == std::string::npos);
}

// A histogram of five numbers, and one beside it.
class Pictures : public Fixture {
 public:
  Pictures() {
    for (const char* name : {"a", "b"}) {
      RunOptions numbers;
      numbers.in = "1 2 2 3 9\n";
      REQUIRE(
          Run({"put", file, name, "--histogram", "4,0,4"}, numbers).status ==
          0);
    }
  }
  bool Has(const std::vector<std::string>& words, const char* part) const {
    std::vector<std::string> all = {"print", file};
    all.insert(all.end(), words.begin(), words.end());
    return Run(all).out.find(part) != std::string::npos;
  }
};

TEST_CASE_FIXTURE(Pictures, "each word of a picture") {
  CHECK(Has({"a"}, "≥ 4 │"));
  CHECK(Has({"a", "--errors"}, "2 ± 1.41"));
  CHECK(Has({"a", "--log"}, "(logarithmic)"));
  CHECK(Has({"a", "--vertical"}, "┼───"));
  CHECK(Has({"a", "--stats", "all"}, "Kurtosis"));
  CHECK_FALSE(Has({"a"}, "Kurtosis"));
  CHECK(Run({"print", file, "a", "--stats", "x"}).status == 2);
}

TEST_CASE_FIXTURE(Pictures, "several over each other") {
  CHECK(Has({"--overlay", "a", "b"}, "● a  5"));
  CHECK(Has({"--overlay", "a", "b"}, "●○●○"));
  CHECK(Has({"--overlay", "a", "b", "--ascii"}, "oxox"));
  CHECK(Run({"print", file, "--overlay"}).status == 2);
  CHECK(Run({"print", file, "--overlay", "a", "--json"}).status == 2);
  const Outcome other = Run({"print", file, "--overlay", "a", "state"});
  CHECK(other.status == 2);
  CHECK(other.err.find("no picture") != std::string::npos);
}

TEST_CASE_FIXTURE(Pictures, "as SVG") {
  const Outcome svg = Run({"print", file, "a", "--format", "svg"});
  CHECK(svg.status == 0);
  CHECK(svg.out.starts_with("<?xml "));
  CHECK(svg.out.ends_with("</svg>\n"));
  CHECK(Run({"print", file, "a", "b", "--format", "svg"}).status == 2);
  CHECK(Has({"a", "b", "--overlay", "--format", "svg"}, ">b</text>"));
  CHECK(Run({"print", file, "--format", "svg"}).status == 2);
  CHECK(Run({"print", file, "a", "--format", "csv"}).status == 2);
  CHECK(Has({"a", "--format", "json"}, "\"generation\": "));
}

}  // namespace
}  // namespace mapfile::tools
