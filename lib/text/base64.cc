#include "lib/text/base64.h"

#include <cstddef>
#include <cstdint>

namespace mapfile::text {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t ByteAt(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

int DigitOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// Appends the 1 to 3 bytes of 2 to 4 digits.
bool AppendGroup(std::string& out, std::string_view digits) {
  std::uint32_t word = 0;
  for (const char c : digits) {
    const int digit = DigitOf(c);
    if (digit < 0) return false;
    word = word << 6 | static_cast<std::uint32_t>(digit);
  }
  const std::size_t spare_bits = digits.size() * 6 % 8;
  if ((word & ((1u << spare_bits) - 1)) != 0) return false;
  word >>= spare_bits;
  for (std::size_t left = digits.size() - 1; left > 0; --left) {
    out += static_cast<char>(word >> (8 * (left - 1)));
  }
  return true;
}

}  // namespace

void AppendBase64(std::string& out, std::string_view bytes) {
  out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t word = ByteAt(bytes, i) << 16 |
                               ByteAt(bytes, i + 1) << 8 | ByteAt(bytes, i + 2);
    const std::size_t left = bytes.size() - i;
    out += kAlphabet[word >> 18];
    out += kAlphabet[word >> 12 & 63];
    out += left > 1 ? kAlphabet[word >> 6 & 63] : '=';
    out += left > 2 ? kAlphabet[word & 63] : '=';
  }
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  while (!text.empty()) {
    std::string_view group = text.substr(0, 4);
    text.remove_prefix(4);
    if (text.empty() && group.ends_with('=')) group.remove_suffix(1);
    if (text.empty() && group.ends_with('=')) group.remove_suffix(1);
    if (!AppendGroup(out, group)) return std::nullopt;
  }
  return out;
}

}  // namespace mapfile::text
