#include "tools/common/terminal.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace mapfile::tools {
namespace {

Terminal Describe(bool is_terminal, int columns,
                  const std::map<std::string, std::string>& variables) {
  return DescribeTerminal(is_terminal, {columns, 0}, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST_CASE("the width is the terminal's, else COLUMNS, else 80") {
  CHECK(Describe(true, 132, {}).width == 132);
  CHECK(Describe(true, 132, {{"COLUMNS", "60"}}).width == 132);
  CHECK(Describe(true, 0, {{"COLUMNS", "60"}}).width == 60);
  CHECK(Describe(true, 0, {}).width == 80);
  CHECK(Describe(false, 0, {{"COLUMNS", "60"}}).width == 60);
  CHECK(Describe(false, 0, {}).width == 80);
  CHECK(Describe(false, 0, {{"COLUMNS", "wide"}}).width == 80);
  CHECK(Describe(false, 0, {{"COLUMNS", "-5"}}).width == 80);
  CHECK(Describe(false, 0, {{"COLUMNS", "3"}}).width == 20);
  CHECK(Describe(false, 0, {{"COLUMNS", "999999999999"}}).width == 80);
}

TEST_CASE("the height is the terminal's, else LINES, else 24") {
  const auto height = [](bool is_terminal, int lines, const char* variable) {
    return DescribeTerminal(is_terminal, {80, lines},
                            [&](const char* name) {
                              return std::string(name) == "LINES" ? variable
                                                                  : nullptr;
                            })
        .height;
  };
  CHECK(height(true, 40, "50") == 40);
  CHECK(height(true, 0, "50") == 50);
  CHECK(height(false, 0, "50") == 50);
  CHECK(height(false, 0, nullptr) == 24);
  CHECK(height(false, 0, "1") == 8);
  CHECK(height(false, 0, "high") == 24);
}

TEST_CASE("a table in a pipe is whole unless COLUMNS is set") {
  CHECK(Describe(false, 0, {}).table_width == 0);
  CHECK(Describe(false, 0, {{"COLUMNS", "60"}}).table_width == 60);
  CHECK(Describe(true, 100, {}).table_width == 100);
}

TEST_CASE("colours need a terminal that has them") {
  CHECK(Describe(true, 80, {{"TERM", "xterm"}}).color);
  CHECK_FALSE(Describe(false, 0, {{"TERM", "xterm"}}).color);
  CHECK_FALSE(Describe(true, 80, {}).color);
  CHECK_FALSE(Describe(true, 80, {{"TERM", "dumb"}}).color);
  CHECK_FALSE(Describe(true, 80, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}).color);
  CHECK(Describe(true, 80, {{"TERM", "xterm"}, {"NO_COLOR", ""}}).color);
}

TEST_CASE("the first locale variable that is set tells about UTF-8") {
  CHECK(Describe(false, 0, {{"LANG", "en_US.UTF-8"}}).unicode);
  CHECK(Describe(false, 0, {{"LC_CTYPE", "C.utf8"}}).unicode);
  CHECK_FALSE(Describe(false, 0, {}).unicode);
  CHECK_FALSE(
      Describe(false, 0, {{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).unicode);
  CHECK(Describe(false, 0, {{"LC_ALL", ""}, {"LANG", "en_US.UTF-8"}}).unicode);
  CHECK_FALSE(Describe(false, 0, {{"LANG", "de_DE@euro"}}).unicode);
}

}  // namespace
}  // namespace mapfile::tools
