#include "tools/common/help.h"

#include <doctest/doctest.h>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

TEST_CASE("help is aligned and keeps to 80 columns") {
  HelpText help;
  help.tool = "mapfile-x";
  help.summary = "Does things.";
  help.usage = {"FILE", "[NAME...]"};
  help.positionals = {{"FILE", "the map file"}};
  help.options = {{"-l, --long", "more"},
                  {"--a-rather-long-option WORD",
                   "a text that is too long for what is left of the line, so "
                   "that it goes on below"}};
  help.remarks = {"And a remark."};
  const std::string text = FormatHelp(help);
  CHECK(text.substr(0, text.find("Exit status")) ==
        "Usage: mapfile-x [OPTION...] FILE [NAME...]\n"
        "Does things.\n"
        "\n"
        "  FILE                    the map file\n"
        "\n"
        "Options:\n"
        "  -l, --long              more\n"
        "  --a-rather-long-option WORD\n"
        "                          a text that is too long for what is left of "
        "the line,\n"
        "                          so that it goes on below\n"
        "\n"
        "And a remark.\n");
  for (const std::string& line : LinesOf(text)) CHECK(line.size() <= 80);
}

}  // namespace
}  // namespace mapfile::tools
