// What --help says and what the manual says are the same.
#include <doctest/doctest.h>

#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

using Names = std::set<std::string>;

const std::vector<std::string> kTools = {"check", "create", "demo",  "get",
                                         "ls",    "merge",  "print", "put",
                                         "rm",    "watch"};

std::string PageOf(const std::string& tool) {
  return "man/mapfile-" + tool + ".1";
}

// The options that --help lists: "  -l, --long  text", "  --size BYTES".
Names OptionsInHelp(const std::string& tool) {
  Names options;
  for (const std::string& line : LinesOf(Run({tool, "--help"}).out)) {
    if (!line.starts_with("  -")) continue;
    std::istringstream words(line);
    for (std::string word; words >> word && word.starts_with('-');) {
      if (word.ends_with(',')) word.pop_back();
      options.insert(word);
    }
  }
  return options;
}

// Those of the page: ".It Fl l , -long", ".It Fl -size Ar BYTES".
Names OptionsInPage(const std::string& tool) {
  Names options;
  for (const std::string& line : LinesOf(ReadAll(PageOf(tool)))) {
    if (!line.starts_with(".It Fl ")) continue;
    std::istringstream words(line.substr(7));
    for (std::string word; words >> word && word != "Ar";) {
      if (word != ",") options.insert("-" + word);
    }
  }
  return options;
}

// The keys in the JSON sections of a page: ".It Ql name".
std::vector<std::string> KeysInPage(const std::string& tool) {
  std::vector<std::string> keys;
  bool inside = false;
  for (const std::string& line : LinesOf(ReadAll(PageOf(tool)))) {
    if (line.starts_with(".Sh ")) inside = line == ".Sh JSON";
    if (inside && line.starts_with(".It Ql ")) keys.push_back(line.substr(7));
  }
  return keys;
}

TEST_CASE("each option is in --help and in the page") {
  for (const std::string& tool : kTools) {
    CAPTURE(tool);
    const Names help = OptionsInHelp(tool);
    const Names page = OptionsInPage(tool);
    CHECK(help.size() >= 6);
    for (const std::string& option : help) {
      CAPTURE(option);
      CHECK(page.contains(option));
    }
    for (const std::string& option : page) {
      CAPTURE(option);
      CHECK(help.contains(option));
    }
  }
}

TEST_CASE("help keeps to 80 columns and goes to standard output") {
  for (const std::string& tool : kTools) {
    CAPTURE(tool);
    const Outcome help = Run({tool, "--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK(help.out.starts_with("Usage: mapfile-" + tool + " "));
    for (const std::string& line : LinesOf(help.out)) CHECK(line.size() <= 80);
    CHECK(Run({tool, "-h"}).out == help.out);
    const Outcome version = Run({tool, "--version"});
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("mapfile-" + tool + " (mapfile) "));
  }
}

TEST_CASE("the columns of a tool are the keys in its page, in order") {
  for (const std::string tool : {"check", "ls", "rm", "watch"}) {
    CAPTURE(tool);
    const Outcome wrong = Run({tool, "x.map", "--fields", "?"});
    CHECK(wrong.status == 2);
    std::string keys;
    for (const std::string& key : KeysInPage(tool)) {
      keys += (keys.empty() ? "" : ", ") + key;
    }
    CHECK(LinesOf(wrong.err)[0] ==
          "mapfile-" + tool + ": --fields: \"?\" is none of " + keys);
  }
}

TEST_CASE("each page states the exit status and has examples") {
  for (const std::string& tool : kTools) {
    CAPTURE(tool);
    const std::string page = ReadAll(PageOf(tool));
    CHECK(page.find("\n.Sh EXIT STATUS\n") != std::string::npos);
    CHECK(page.find("\n.Sh EXAMPLES\n") != std::string::npos);
    for (const char status : std::string("012345")) {
      CHECK(page.find(std::string("\n.It ") + status + "\n") !=
            std::string::npos);
    }
  }
}

TEST_CASE("the pages are well-formed") {
  if (std::system("command -v mandoc >/dev/null") != 0) return;
  for (const std::string& tool : kTools) {
    CAPTURE(tool);
    CHECK(std::system(("mandoc -T lint -W warning " + PageOf(tool)).c_str()) ==
          0);
  }
}

}  // namespace
}  // namespace mapfile::tools
