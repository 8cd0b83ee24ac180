// UTF-8 as terminals show it: widths, cutting to a width, escaping.
//
// Names and strings in a file are untrusted bytes. What reaches a terminal
// goes through Escape or Quote, so that it can neither move the cursor nor
// reorder the line, and through DisplayWidth, so that columns stay aligned.
#ifndef MAPFILE_LIB_TEXT_UTF8_H_
#define MAPFILE_LIB_TEXT_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace mapfile::text {

// One code point, or one byte that isn't part of a valid one.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // In bytes; 0 at the end of the text
  bool valid = false;
};

// The first code point of `text`. Overlong forms, surrogates and values
// above U+10FFFF are invalid, byte by byte.
CodePoint NextCodePoint(std::string_view text);

bool IsUtf8(std::string_view text);

// Whether a terminal might act on `c` instead of showing it, or show the
// line in another order.
bool IsUnsafe(char32_t c);

// Columns that a code point takes: 0 for combining marks, 2 for East Asian
// wide characters and emoji, else 1. Independent of the locale.
int CodePointWidth(char32_t c);

// Columns of `text` on a terminal; an invalid byte counts as one.
int DisplayWidth(std::string_view text);

// `text` if it has at most `width` columns, else its start with an ellipsis
// ("…", or "~" without `unicode`) as the last column.
std::string Shorten(std::string_view text, int width, bool unicode = true);

// `text` followed or preceded by spaces up to `width` columns.
std::string PadRight(std::string text, int width);
std::string PadLeft(std::string text, int width);

// `text` fit for a terminal: control characters, invalid bytes and characters
// that change the direction of text become \n, \t, \\ or \xNN; without
// `unicode` all but ASCII does.
std::string Escape(std::string_view text, bool unicode = true);

// The same for text that has been escaped in part: its backslashes stay.
std::string EscapeRest(std::string_view text, bool unicode = true);

// The same as Escape in double quotes, with those inside escaped.
std::string Quote(std::string_view text, bool unicode = true);

// Quote(text) in at most `width` columns: "start…". The escapes of one
// character are never cut apart. Reads little more of `text` than it shows.
std::string QuoteShort(std::string_view text, int width, bool unicode = true);

}  // namespace mapfile::text

#endif  // MAPFILE_LIB_TEXT_UTF8_H_
