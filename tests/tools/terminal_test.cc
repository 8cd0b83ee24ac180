// The tools on a terminal: width, colours, questions, and no escapes.
#include <doctest/doctest.h>

#include <string>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

class Fixture {
 public:
  Fixture() : file(dir / "run.map") {
    REQUIRE(Run({"create", file}).status == 0);
    REQUIRE(Run({"put", file, "evil", "a\x1b]0;x\x07\ttab\\\nend"}).status ==
            0);
    REQUIRE(Run({"put", file, std::string(60, 'n'), "1"}).status == 0);
    terminal.environment["TERM"] = "xterm";
  }
  const TempDir dir;
  const std::string file;
  RunOptions terminal;
};

bool HasColor(const std::string& text) {
  return text.find("\x1b[") != std::string::npos;
}

TEST_CASE_FIXTURE(Fixture, "the terminal's width cuts tables") {
  RunOptions plain = terminal;
  plain.environment["NO_COLOR"] = "1";
  plain.environment["LC_ALL"] = "C";
  for (const int columns : {30, 50, 100}) {
    for (const char* word : {"-l", "--reverse"}) {
      const std::string table =
          RunOnTerminal({"ls", file, word}, columns, "", plain);
      CHECK(LinesOf(table).size() == 3);
      for (const std::string& line : LinesOf(table)) {
        CHECK(line.size() <= static_cast<std::size_t>(columns));
      }
    }
  }
  CHECK(
      RunOnTerminal({"ls", file}, 100, "", plain).find(std::string(60, 'n')) !=
      std::string::npos);
  // A pipe gets it all.
  CHECK(Run({"ls", file}).out.find(std::string(60, 'n')) != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "colours, unless unwanted") {
  CHECK(HasColor(RunOnTerminal({"ls", file}, 80, "", terminal)));
  CHECK(HasColor(RunOnTerminal({"print", file, "evil"}, 80, "", terminal)));
  CHECK_FALSE(
      HasColor(RunOnTerminal({"ls", file, "--color=never"}, 80, "", terminal)));
  RunOptions none = terminal;
  none.environment["NO_COLOR"] = "1";
  CHECK_FALSE(HasColor(RunOnTerminal({"ls", file}, 80, "", none)));
  CHECK(
      HasColor(RunOnTerminal({"ls", file, "--color", "always"}, 80, "", none)));
  RunOptions dumb = terminal;
  dumb.environment["TERM"] = "dumb";
  CHECK_FALSE(HasColor(RunOnTerminal({"ls", file}, 80, "", dumb)));
  CHECK_FALSE(
      HasColor(RunOnTerminal({"ls", file, "--json"}, 80, "", terminal)));
}

TEST_CASE_FIXTURE(Fixture, "get shows escapes, unless told to write them") {
  CHECK(RunOnTerminal({"get", file, "evil"}, 80, "", terminal) ==
        "a\\x1b]0;x\\x07\ttab\\\nend\n");
  CHECK(RunOnTerminal({"get", file, "evil", "-o", "-"}, 80, "", terminal) ==
        "a\x1b]0;x\x07\ttab\\\nend");
}

TEST_CASE_FIXTURE(Fixture, "rm --all asks") {
  const std::string no = RunOnTerminal({"rm", file, "--all"}, 80, "n\n");
  CHECK(no.find("remove all 2 records of " + file + "? [y/N]") !=
        std::string::npos);
  CHECK(no.find("nothing was removed") != std::string::npos);
  CHECK(Run({"ls", file, "evil"}).status == 0);
  RunOnTerminal({"rm", file, "--all"}, 80, "y\n");
  CHECK(Run({"ls", file, "--format", "ndjson"}).out.empty());
}

}  // namespace
}  // namespace mapfile::tools
