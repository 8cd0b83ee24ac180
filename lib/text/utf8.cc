#include "lib/text/utf8.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mapfile::text {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Marks that print over the character before them, and invisible ones.
constexpr Range kZeroWidth[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd},   {0x05bf, 0x05c7},
    {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670},   {0x06d6, 0x06dc},
    {0x06df, 0x06e4}, {0x0900, 0x0902}, {0x093a, 0x093a},   {0x093c, 0x093c},
    {0x0941, 0x0948}, {0x094d, 0x094d}, {0x0e31, 0x0e31},   {0x0e34, 0x0e3a},
    {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},   {0x200b, 0x200d},
    {0x20d0, 0x20ff}, {0x302a, 0x302d}, {0x3099, 0x309a},   {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
};

constexpr Range kDoubleWidth[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},
    {0x23e9, 0x23ec},   {0x23f0, 0x23f0},   {0x23f3, 0x23f3},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},
    {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},
    {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},
    {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},
    {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},
    {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
    {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},
    {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335},
    {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca},
    {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4},
    {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
    {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f567}, {0x1f57a, 0x1f57a},
    {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f},
    {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d7},
    {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
    {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

template <std::size_t kSize>
bool Contains(const Range (&ranges)[kSize], char32_t c) {
  const auto* found =
      std::lower_bound(std::begin(ranges), std::end(ranges), c,
                       [](const Range& r, char32_t v) { return r.last < v; });
  return found != std::end(ranges) && found->first <= c;
}

// Bytes of a sequence that starts with `lead`; 0: none does.
std::size_t SequenceSize(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

bool InRange(char32_t c, std::size_t size) {
  if (c >= 0xd800 && c <= 0xdfff) return false;
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  return c >= kLeast[size] && c <= 0x10ffff;
}

void AppendHex(std::string& out, std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const unsigned char byte : bytes) {
    out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
}

// Appends the first character of `text` and returns its size in bytes.
std::size_t AppendEscaped(std::string& out, std::string_view text, bool unicode,
                          bool quoted) {
  const CodePoint c = NextCodePoint(text);
  const std::string_view bytes = text.substr(0, c.size);
  if (c.value == '\\' || (quoted && c.value == '"')) {
    out += '\\';
    out += bytes;
  } else if (c.value == '\n') {
    out += "\\n";
  } else if (c.value == '\t') {
    out += "\\t";
  } else if (!c.valid || IsUnsafe(c.value) || (!unicode && c.value > 0x7e)) {
    AppendHex(out, bytes);
  } else {
    out += bytes;
  }
  return c.size;
}

// Bytes at the start of `text` that are printable ASCII: a column each.
std::size_t AsciiRun(std::string_view text) {
  std::size_t run = 0;
  while (run < text.size() && text[run] >= 0x20 && text[run] <= 0x7e) ++run;
  return run;
}

}  // namespace

bool IsUnsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

CodePoint NextCodePoint(std::string_view text) {
  if (text.empty()) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  const CodePoint invalid{lead, 1, false};
  const std::size_t size = SequenceSize(lead);
  if (size == 0 || size > text.size()) return invalid;
  if (size == 1) return {lead, 1, true};
  char32_t value = lead & (0x7f >> size);
  for (const char next : text.substr(1, size - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if ((byte & 0xc0) != 0x80) return invalid;
    value = value << 6 | (byte & 0x3f);
  }
  return InRange(value, size) ? CodePoint{value, size, true} : invalid;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = NextCodePoint(text);
    if (!c.valid) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

int CodePointWidth(char32_t c) {
  if (c < 0x300) return 1;
  if (Contains(kZeroWidth, c)) return 0;
  return Contains(kDoubleWidth, c) ? 2 : 1;
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    if (const std::size_t run = AsciiRun(text); run > 0) {
      width += static_cast<int>(run);
      text.remove_prefix(run);
      continue;
    }
    const CodePoint c = NextCodePoint(text);
    width += c.valid ? CodePointWidth(c.value) : 1;
    text.remove_prefix(c.size);
  }
  return width;
}

std::string Shorten(std::string_view text, int width, bool unicode) {
  if (width <= 0) return {};
  if (text.size() <= static_cast<std::size_t>(width) &&
      AsciiRun(text) == text.size()) {
    return std::string(text);
  }
  int used = 0;
  std::size_t keep = 0;  // Bytes that leave a column for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = NextCodePoint(text.substr(at));
    used += c.valid ? CodePointWidth(c.value) : 1;
    at += c.size;
    if (used <= width - 1) keep = at;
    if (used > width) {
      return std::string(text.substr(0, keep)) + (unicode ? "…" : "~");
    }
  }
  return std::string(text);
}

std::string PadRight(std::string text, int width) {
  const int have = DisplayWidth(text);
  if (have < width) text.append(static_cast<std::size_t>(width - have), ' ');
  return text;
}

std::string PadLeft(std::string text, int width) {
  const int have = DisplayWidth(text);
  if (have >= width) return text;
  return std::string(static_cast<std::size_t>(width - have), ' ') + text;
}

std::string Escape(std::string_view text, bool unicode) {
  std::string out;
  while (!text.empty()) {
    const std::string_view plain =
        text.substr(0, std::min(AsciiRun(text), text.find('\\')));
    out += plain;
    text.remove_prefix(plain.size());
    if (text.empty()) break;
    text.remove_prefix(AppendEscaped(out, text, unicode, false));
  }
  return out;
}

std::string EscapeRest(std::string_view text, bool unicode) {
  std::string out;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    out += Escape(text.substr(0, plain), unicode);
    text.remove_prefix(plain);
    if (text.empty()) break;
    out += '\\';
    text.remove_prefix(1);
  }
  return out;
}

std::string Quote(std::string_view text, bool unicode) {
  std::string out = "\"";
  while (!text.empty()) {
    text.remove_prefix(AppendEscaped(out, text, unicode, true));
  }
  return out += '"';
}

std::string QuoteShort(std::string_view text, int width, bool unicode) {
  const std::string_view ellipsis = unicode ? "…" : "~";
  if (width < 3) return Shorten(text.empty() ? "\"\"" : "\"~~", width, unicode);
  std::string out = "\"";
  int used = 1;
  std::size_t keep = 1;  // Bytes of `out` that leave room for …"
  while (!text.empty()) {
    const std::size_t before = out.size();
    text.remove_prefix(AppendEscaped(out, text, unicode, true));
    used += DisplayWidth(std::string_view(out).substr(before));
    if (used <= width - 2) keep = out.size();
    if (used > width - 1) {
      out.resize(keep);
      return out.append(ellipsis) += '"';
    }
  }
  return out += '"';
}

}  // namespace mapfile::text
