#include "lib/text/utf8.h"

#include <doctest/doctest.h>

#include <random>

namespace mapfile::text {
namespace {

TEST_CASE("valid and invalid UTF-8") {
  CHECK(IsUtf8("plain é € 😀"));
  CHECK(!IsUtf8("\xc0\xaf"));          // Overlong
  CHECK(!IsUtf8("\xed\xa0\x80"));      // Surrogate
  CHECK(!IsUtf8("\xf4\x90\x80\x80"));  // Above U+10FFFF
  CHECK(!IsUtf8("\xe2\x82"));          // Cut
  CHECK(!IsUtf8("\x80"));
  CHECK(NextCodePoint("€x").value == 0x20ac);
  CHECK(NextCodePoint("€x").size == 3);
  CHECK(NextCodePoint("").size == 0);
}

TEST_CASE("width on a terminal") {
  CHECK(DisplayWidth("abc") == 3);
  CHECK(DisplayWidth("é") == 1);
  CHECK(DisplayWidth("e\u0301") == 1);
  CHECK(DisplayWidth("日本") == 4);
  CHECK(DisplayWidth("😀") == 2);
  CHECK(DisplayWidth("▁▃▇σ…") == 5);
  CHECK(DisplayWidth("\xff") == 1);
}

TEST_CASE("shortened to a width") {
  CHECK(Shorten("abcdef", 6) == "abcdef");
  CHECK(Shorten("abcdef", 4) == "abc…");
  CHECK(Shorten("abcdef", 4, false) == "abc~");
  CHECK(Shorten("日本語", 4) == "日…");  // Never half a character
  CHECK(Shorten("abc", 1) == "…");
  CHECK(Shorten("abc", 0) == "");
}

TEST_CASE("escaped for a terminal") {
  CHECK(Escape("a\x1b[31mb\n\t\\") == "a\\x1b[31mb\\n\\t\\\\");
  CHECK(Escape("\xff é") == "\\xff é");
  CHECK(Escape("é", false) == "\\xc3\\xa9");
  CHECK(Escape("\xc2\x9b"
               "31m") ==
        "\\xc2\\x9b"
        "31m");                                  // C1: CSI
  CHECK(Escape("\u202e") == "\\xe2\\x80\\xae");  // Right-to-left override
  CHECK(Quote("say \"hi\"") == "\"say \\\"hi\\\"\"");
}

TEST_CASE("what is escaped already stays") {
  CHECK(EscapeRest(R"("a\\b\n")") == R"("a\\b\n")");
  CHECK(EscapeRest("\\\x1b[2J\\\n") == R"(\\x1b[2J\\n)");
  CHECK(EscapeRest("é\\é", false) == R"(\xc3\xa9\\xc3\xa9)");
  CHECK(EscapeRest("").empty());
}

TEST_CASE("quoted and cut") {
  CHECK(QuoteShort("text", 6) == "\"text\"");
  CHECK(QuoteShort("text", 5) == "\"te…\"");
  CHECK(QuoteShort("\x01\x02\x03", 8) == "\"\\x01…\"");
  CHECK(QuoteShort("\x01", 5) == "\"…\"");
  CHECK(QuoteShort("", 2) == "\"\"");
  CHECK(QuoteShort("abc", 2) == "\"…");
  CHECK(QuoteShort("abc", 1) == "…");
}

TEST_CASE("no bytes ever exceed the width or reach the terminal raw") {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random());
    const int width = static_cast<int>(random() % 30);
    for (const bool unicode : {true, false}) {
      const std::string shown = QuoteShort(text, width, unicode);
      CHECK(DisplayWidth(shown) <= width);
      CHECK(IsUtf8(shown));
      CHECK(shown.find('\x1b') == shown.npos);
      CHECK(DisplayWidth(Shorten(Escape(text), width, unicode)) <= width);
    }
  }
}

}  // namespace
}  // namespace mapfile::text
