#include "lib/text/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "lib/text/base64.h"
#include "lib/text/utf8.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

constexpr std::size_t kMaxScalar = 40;  // Characters, "nan(0x...)" included

// Writes `text` to `out` and returns its end.
char* Put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

template <class T>
char* PutNonFinite(char* out, T value) {
  if (std::isinf(value)) return Put(out, value > 0 ? "\"inf\"" : "\"-inf\"");
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  const auto bits = std::bit_cast<Bits>(value);
  constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
  if (bits == std::bit_cast<Bits>(kNan)) return Put(out, "\"nan\"");
  if (bits == std::bit_cast<Bits>(-kNan)) return Put(out, "\"-nan\"");
  return fmt::format_to(out, "\"nan({:#x})\"", bits);
}

template <class T>
char* PutScalar(char* out, T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return Put(out, value ? "true" : "false");
  } else {
    if constexpr (std::is_floating_point_v<T>) {
      if (!std::isfinite(value)) return PutNonFinite(out, value);
      // Other programs take -0 for an integer, which has no sign.
      if (value == 0 && std::signbit(value)) return Put(out, "-0.0");
    }
    return std::to_chars(out, out + kMaxScalar, value).ptr;
  }
}

template <class T>
T LoadScalar(const std::byte* data) {
  if constexpr (std::is_same_v<T, bool>) return *data != std::byte{0};
  T value;
  std::memcpy(&value, data, sizeof(value));
  return value;
}

template <class T>
void AppendScalars(std::string& out, const std::byte* data, std::uint64_t count,
                   std::string_view separator) {
  constexpr std::uint64_t kBatch = 256;
  char buffer[kBatch * (kMaxScalar + 4)];
  for (std::uint64_t i = 0; i < count; i += kBatch) {
    char* end = buffer;
    for (std::uint64_t j = i; j < std::min(count, i + kBatch); ++j) {
      if (j != 0) end = Put(end, separator);
      end = PutScalar(end, LoadScalar<T>(data + j * sizeof(T)));
    }
    out.append(buffer, end);
  }
}

// One character: those that JSON must escape, and those that a terminal
// might act on.
bool NeedsEscape(std::string_view character) {
  const auto c = static_cast<unsigned char>(character[0]);
  if (c < 0x80) return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
  const CodePoint point = NextCodePoint(character);
  return point.valid && IsUnsafe(point.value);
}

void AppendJsonEscape(std::string& out, std::string_view character) {
  const char32_t c = NextCodePoint(character).value;
  if (c == '"' || c == '\\') {
    out += {'\\', static_cast<char>(c)};
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (c < 0x10000) {
    out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
  } else {
    const std::uint32_t rest = static_cast<std::uint32_t>(c) - 0x10000;
    out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10),
                       0xdc00 + (rest & 0x3ff));
  }
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view utf8) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = c < 0x80 ? 1 : NextCodePoint(utf8.substr(i)).size;
    if (!NeedsEscape(utf8.substr(i, size))) {
      i += size;
      continue;
    }
    out.append(utf8.substr(done, i - done));
    AppendJsonEscape(out, utf8.substr(i, size));
    i += size;
    done = i;
  }
  out.append(utf8.substr(done)) += '"';
}

void AppendJsonText(std::string& out, std::string_view text) {
  if (IsUtf8(text)) return AppendJsonString(out, text);
  out += "{\"$bytes\": \"";
  AppendBase64(out, text);
  out += "\"}";
}

void AppendJsonScalars(std::string& out, Kind kind, const std::byte* data,
                       std::uint64_t count, std::string_view separator) {
  VisitScalar(kind, [&](auto zero) {
    AppendScalars<decltype(zero)>(out, data, count, separator);
  });
}

bool MayBeNull(const TypeNode& type) {
  return type.kind == Kind::kOptional || type.kind == Kind::kPointer;
}

}  // namespace mapfile::text
