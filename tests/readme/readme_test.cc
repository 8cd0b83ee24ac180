// Runs what README.md shows, and compares what it says with what comes.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

namespace fs = std::filesystem;

// The blocks of README.md between ```language and ```.
std::vector<std::vector<std::string>> Blocks(const std::string& language) {
  std::vector<std::vector<std::string>> blocks;
  bool inside = false;
  for (const std::string& line : LinesOf(ReadAll("README.md"))) {
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().push_back(line);
    } else if (line == "```" + language) {
      inside = true;
      blocks.emplace_back();
    }
  }
  return blocks;
}

// What differs from run to run, and the blanks that it moves.
std::string Steady(std::string line) {
  static const std::pair<std::regex, const char*> kVolatile[] = {
      {std::regex("\\d\\d\\d\\d-\\d\\d-\\d\\dT[0-9:]+Z"), "DATE"},
      {std::regex("\\d\\d:\\d\\d:\\d\\d\\.\\d+"), "TIME"},
      {std::regex("\\b\\d+ (ms|s)\\b"), "AGE"},
      {std::regex("0x[0-9a-f]+"), "ADDRESS"},
      {std::regex(" +"), " "},
  };
  for (const auto& [pattern, word] : kVolatile) {
    line = std::regex_replace(line, pattern, word);
  }
  return line;
}

// A shell that knows the tools, in a directory of its own.
std::string Shell(const std::string& directory, const std::string& command) {
  const std::string script = directory + "/.command";
  const std::string bin = fs::absolute("tools").string();
  WriteAll(script, "PATH=" + bin + ":$PATH\nexport LC_ALL=C.UTF-8\ncd '" +
                       directory + "'\n" + command + "\n");
  const std::string out = directory + "/.out";
  // The status says nothing here: some commands show how they fail.
  (void)std::system(("sh " + script + " >" + out + " 2>&1").c_str());
  return ReadAll(out);
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += Steady(line) + "\n";
  return text;
}

TEST_CASE("the tour of the README shows what really comes") {
  const TempDir dir;
  int commands = 0;
  for (const auto& block : Blocks("console")) {
    std::string pending;  // Commands that go on beside the next one
    for (std::size_t i = 0; i < block.size(); ++commands) {
      REQUIRE(block[i].starts_with("$ "));
      const std::string command = pending + block[i++].substr(2);
      std::vector<std::string> shown;
      while (i < block.size() && !block[i].starts_with("$ ")) {
        shown.push_back(block[i++]);
      }
      pending = command.ends_with('&') ? command + "\n" : "";
      if (!pending.empty()) continue;
      CAPTURE(command);
      CHECK(Joined(LinesOf(Shell(dir.path(), command))) == Joined(shown));
    }
  }
  CHECK(commands > 10);
}

TEST_CASE("the producer of the README is the one that is compiled and runs") {
  const auto blocks = Blocks("cpp");
  REQUIRE(!blocks.empty());
  CHECK(Joined(blocks[0]) ==
        Joined(LinesOf(ReadAll("tests/readme/producer.cc"))));
  const TempDir dir;
  const std::string program = fs::absolute("tests/readme/producer").string();
  CHECK(Shell(dir.path(), program + " run.map") == "");
  const Outcome energy = Run({"get", dir / "run.map", "energy", "--json"});
  CHECK(energy.status == 0);
  CHECK(energy.out.find("\"entries\": 1000") != std::string::npos);
  CHECK(Run({"get", dir / "run.map", "state", "--json"}).out ==
        "{\n  \"run\": 42,\n  \"rate_hz\": 99.9\n}\n");
}

}  // namespace
}  // namespace mapfile::tools
