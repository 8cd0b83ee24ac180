#include "lib/text/table.h"

#include <doctest/doctest.h>

#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

Table Sample() {
  Table table({{.title = "NAME", .shrinks = true},
               {.title = "CLASS", .shrinks = true},
               {.title = "SIZE", .align = Align::kRight},
               {.title = "STATE"}});
  table.AddRow({{"detector/ecal/energy"},
                {"Histogram1D"},
                {"32.1 KiB"},
                {"alive", Style::kGreen}});
  table.AddRow({{"run\x1b[2J"}, {"i64"}, {"8 B"}, {"dead", Style::kRed}});
  return table;
}

TEST_CASE("columns are aligned") {
  CHECK(Sample().Format({.width = 80}) ==
        "NAME                  CLASS            SIZE  STATE\n"
        "detector/ecal/energy  Histogram1D  32.1 KiB  alive\n"
        "run\\x1b[2J            i64               8 B  dead\n");
}

TEST_CASE("the widest text column shrinks first") {
  CHECK(Sample().Format({.width = 40}) ==
        "NAME        CLASS            SIZE  STATE\n"
        "detector/…  Histogram1D  32.1 KiB  alive\n"
        "run\\x1b[2J  i64               8 B  dead\n");
}

TEST_CASE("an optional column goes before others shrink") {
  Table table({{.title = "NAME", .shrinks = true},
               {.title = "SHAPE", .optional = true},
               {.title = "AGE"}});
  table.AddRow({{"energy"}, {"#=#"}, {"1 s"}});
  CHECK(table.Format({.width = 18}) ==
        "NAME    SHAPE  AGE\n"
        "energy  #=#    1 s\n");
  CHECK(table.Format({.width = 17}) ==
        "NAME    AGE\n"
        "energy  1 s\n");
}

TEST_CASE("never wider than asked, colours or not") {
  for (int width = 1; width < 60; ++width) {
    for (const bool unicode : {true, false}) {
      std::string text = Sample().Format({.width = width, .unicode = unicode});
      while (!text.empty()) {
        const std::size_t end = text.find('\n');
        CHECK(DisplayWidth(text.substr(0, end)) <= width);
        text.erase(0, end + 1);
      }
    }
  }
}

TEST_CASE("colours, no header, empty cells") {
  Table table({{.title = "A"}, {.title = "B", .align = Align::kRight}});
  table.AddRow({{"x", Style::kRed}});
  table.AddRow({{""}, {"12"}, {"dropped"}});
  CHECK(table.Format({.color = true, .header = false}) ==
        "\x1b[31mx\x1b[0m\n   12\n");
  CHECK(Table({{.title = "A"}}).Format({}) == "A\n");
  CHECK(Table({}).Format({}) == "\n");
}

TEST_CASE("wide and combining characters keep columns aligned") {
  Table table({{.title = "NAME", .shrinks = true}, {.title = "N"}});
  table.AddRow({{"日本"}, {"1"}});
  table.AddRow({{"e\u0301tude"}, {"2"}});
  table.AddRow({{"a\xff"}, {"3"}});
  CHECK(table.Format({}) ==
        "NAME   N\n"
        "日本   1\n"
        "e\u0301tude  2\n"
        "a\\xff  3\n");
}

}  // namespace
}  // namespace mapfile::text
