#include "lib/text/scalar.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>

#include "lib/base/try.h"
#include "lib/text/json_text.h"
#include "lib/text/utf8.h"
#include "lib/text/value_builder.h"
#include "lib/text/value_view.h"

namespace mapfile::text {
namespace {

constexpr int kShownWidth = 32;

tl::unexpected<Error> Refuse(std::string_view text, std::string_view why) {
  return Fail(Code::kInvalidArgument, fmt::format("{} {}", text, why));
}

tl::unexpected<Error> NotANumber(std::string_view text) {
  return Refuse(QuoteShort(text, kShownWidth), "is not a number");
}

tl::unexpected<Error> OutOfRange(Kind kind, std::string_view text) {
  const std::string range = VisitScalar(kind, [](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    return fmt::format("{}..{}", +Limits::lowest(), +Limits::max());
  });
  return Refuse(
      Shorten(text, kShownWidth),
      fmt::format("is out of range for {} ({})", ScalarName(kind), range));
}

template <class T>
std::errc ParseAll(std::string_view text, T& value, int base = 10) {
  const char* const end = text.data() + text.size();
  std::from_chars_result result{};
  if constexpr (std::is_integral_v<T>) {
    result = std::from_chars(text.data(), end, value, base);
  } else {
    result = std::from_chars(text.data(), end, value);
  }
  return result.ptr == end && !text.empty() ? result.ec
                                            : std::errc::invalid_argument;
}

// The same for floating point: what is too near to 0 for it is 0.
template <class T>
std::errc ParseRounded(std::string_view text, T& value) {
  const std::errc error = ParseAll(text, value);
  if (error != std::errc::result_out_of_range) return error;
  // from_chars doesn't tell which end of the range it was.
  const double real = std::strtod(std::string(text).c_str(), nullptr);
  if (std::fabs(real) > 1) return error;
  value = static_cast<T>(real);
  return {};
}

// "1e3" and "2.0" are whole numbers too.
template <class T>
Status ParseWhole(Kind kind, std::string_view text, T& value) {
  double real = 0;
  const std::errc error = ParseAll(text, real);
  const bool is_tiny = error == std::errc::result_out_of_range &&
                       ParseRounded(text, real) == std::errc();
  if (error == std::errc::result_out_of_range && !is_tiny) {
    return OutOfRange(kind, text);
  }
  if ((error != std::errc() && !is_tiny) || !std::isfinite(real)) {
    return NotANumber(text);
  }
  if (is_tiny || real != std::trunc(real)) {
    return Refuse(
        Shorten(text, kShownWidth),
        fmt::format("is not a whole number, as {} takes", ScalarName(kind)));
  }
  // Both limits are exact: the upper one is a power of two.
  constexpr int kBits = std::numeric_limits<T>::digits;
  if (real < static_cast<double>(std::numeric_limits<T>::min()) ||
      real >= std::ldexp(1.0, kBits)) {
    return OutOfRange(kind, text);
  }
  value = static_cast<T>(real);
  return {};
}

template <class T>
Status ParseInteger(Kind kind, std::string_view text, T& value) {
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
  if (hex) digits.remove_prefix(2);
  std::uint64_t size = 0;
  const std::errc error = ParseAll(digits, size, hex ? 16 : 10);
  if (error == std::errc::result_out_of_range) return OutOfRange(kind, text);
  if (error != std::errc()) {
    return hex ? Status(NotANumber(text)) : ParseWhole(kind, text, value);
  }
  using Limits = std::numeric_limits<T>;
  const std::uint64_t limit =
      negative ? (Limits::is_signed ? std::uint64_t{Limits::max()} + 1 : 0)
               : std::uint64_t{Limits::max()};
  if (size > limit) return OutOfRange(kind, text);
  value = static_cast<T>(negative ? 0 - size : size);
  return {};
}

template <class T>
std::optional<T> ParseNonFinite(std::string_view text) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr T kInf = std::numeric_limits<T>::infinity();
  constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
  const bool negative = text.starts_with('-');
  const std::string_view size =
      text.substr(negative || text.starts_with('+') ? 1 : 0);
  if (size == "inf" || size == "Infinity") return negative ? -kInf : kInf;
  if (text == "nan" || text == "NaN") return kNan;
  if (text == "-nan") return -kNan;
  if (!text.starts_with("nan(0x") || !text.ends_with(')')) return std::nullopt;
  Bits bits = 0;
  text = text.substr(6, text.size() - 7);
  if (ParseAll(text, bits, 16) != std::errc()) return std::nullopt;
  const T value = std::bit_cast<T>(bits);
  return std::isnan(value) ? std::optional<T>(value) : std::nullopt;
}

template <class T>
Status ParseReal(Kind kind, std::string_view text, T& value) {
  if (const auto special = ParseNonFinite<T>(text)) {
    value = *special;
    return {};
  }
  const std::errc error =
      ParseRounded(text.starts_with('+') ? text.substr(1) : text, value);
  if (error == std::errc::result_out_of_range) return OutOfRange(kind, text);
  if (error == std::errc() && std::isfinite(value)) return {};
  std::int64_t whole = 0;
  if (!ParseInteger(Kind::kI64, text, whole)) return NotANumber(text);
  value = static_cast<T>(whole);
  return {};
}

Status ParseBool(std::string_view text, bool& value) {
  value = text == "true" || text == "1";
  if (value || text == "false" || text == "0") return {};
  return Refuse(QuoteShort(text, kShownWidth), "is neither true nor false");
}

}  // namespace

std::string_view ScalarName(Kind kind) {
  constexpr std::string_view kNames[] = {"bool", "i8",  "i16", "i32",
                                         "i64",  "u8",  "u16", "u32",
                                         "u64",  "f32", "f64"};
  return kNames[static_cast<std::size_t>(kind)];
}

Status ParseScalar(Kind kind, std::string_view text, std::byte* to) {
  return VisitScalar(kind, [&](auto value) -> Status {
    using T = decltype(value);
    if constexpr (std::is_same_v<T, bool>) {
      MAPFILE_RETURN_IF_ERROR(ParseBool(text, value));
    } else if constexpr (std::is_integral_v<T>) {
      MAPFILE_RETURN_IF_ERROR(ParseInteger(kind, text, value));
    } else {
      MAPFILE_RETURN_IF_ERROR(ParseReal(kind, text, value));
    }
    std::memcpy(to, &value, sizeof(value));
    return {};
  });
}

bool IsPlain(const Type& type) {
  const Kind kind = type.root().kind;
  return IsScalar(kind) || kind == Kind::kString || kind == Kind::kBytes;
}

Result<std::vector<std::byte>> ParsePlain(const Type& type,
                                          std::string_view text) {
  if (!IsPlain(type)) return Refuse(type.name(), "takes a value as JSON");
  ValueBuilder builder(type.root().size);
  if (IsScalar(type.root().kind)) {
    MAPFILE_RETURN_IF_ERROR(
        ParseScalar(type.root().kind, text, builder.data(0)));
  } else {
    builder.AppendText(0, text);
  }
  return builder.Take();
}

Result<std::string> FormatPlain(const Type& type,
                                std::span<const std::byte> bytes) {
  if (!IsPlain(type)) return Refuse(type.name(), "is not a plain value");
  NoTypes types;
  ValueReader reader(bytes, types);
  MAPFILE_ASSIGN_OR_RETURN(const ValueView root, reader.Root(type));
  if (!IsScalar(root.kind())) {
    MAPFILE_ASSIGN_OR_RETURN(const auto text, reader.TextOf(root));
    return std::string(text);
  }
  std::string out;
  AppendJsonScalars(out, root.kind(), root.data(), 1, {});
  std::erase(out, '"');
  return out;
}

}  // namespace mapfile::text
