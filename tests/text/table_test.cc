#include "lib/text/table.h"

#include <doctest/doctest.h>

#include "lib/text/base64.h"
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

TEST_CASE("base64 there and back") {
  const std::pair<std::string_view, std::string_view> kPairs[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"\xff\xfe", "//4="}};
  for (const auto& [bytes, text] : kPairs) {
    std::string encoded;
    AppendBase64(encoded, bytes);
    CHECK(encoded == text);
    CHECK(DecodeBase64(text).value() == bytes);
  }
  for (const char* bad :
       {"Zg", "Zg=", "Zg==Zg==", "Zh==", "Z===", "====", "Zm9\n", "Zm 9"}) {
    INFO(bad);
    CHECK(!DecodeBase64(bad));
  }
}

}  // namespace
}  // namespace mapfile::text
