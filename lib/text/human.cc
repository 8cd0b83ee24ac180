#include "lib/text/human.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::text {
namespace {

constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint64_t kSecond = 1000 * kMs;
constexpr std::uint64_t kMinute = 60 * kSecond;
constexpr std::uint64_t kHour = 60 * kMinute;
constexpr std::uint64_t kDay = 24 * kHour;
constexpr std::uint64_t kYear = 365 * kDay;

struct Unit {
  std::string_view name;
  std::uint64_t size;
};
constexpr Unit kDurations[] = {{"", kSecond},    {"ns", 1},      {"us", 1000},
                               {"µs", 1000},     {"ms", kMs},    {"s", kSecond},
                               {"min", kMinute}, {"m", kMinute}, {"h", kHour},
                               {"d", kDay}};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

// The power of 1024 that a unit stands for; -1: it is none.
int PowerOf1024(std::string_view unit) {
  if (unit.empty()) return 0;
  if (unit.size() == 1 && Lower(unit[0]) == 'b') return 0;
  const std::size_t power = std::string_view("kmgtpe").find(Lower(unit[0]));
  if (power == std::string_view::npos) return -1;
  unit.remove_prefix(1);
  if (!unit.empty() && Lower(unit[0]) == 'i') unit.remove_prefix(1);
  const bool known =
      unit.empty() || (unit.size() == 1 && Lower(unit[0]) == 'b');
  return known ? static_cast<int>(power) + 1 : -1;
}

// Splits "1.5 k" into the number's text and the unit.
std::pair<std::string_view, std::string_view> SplitUnit(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() &&
         ((text[end] >= '0' && text[end] <= '9') || text[end] == '.')) {
    ++end;
  }
  std::string_view unit = text.substr(end);
  while (!unit.empty() && unit[0] == ' ') unit.remove_prefix(1);
  return {text.substr(0, end), unit};
}

// `number` * `factor`, exact where `number` has no fraction.
Result<std::uint64_t> Scale(std::string_view number, std::uint64_t factor) {
  const char* const end = number.data() + number.size();
  std::uint64_t whole = 0;
  auto [stop, error] = std::from_chars(number.data(), end, whole);
  if (error == std::errc() && stop == end) {
    std::uint64_t product = 0;
    if (!__builtin_mul_overflow(whole, factor, &product)) return product;
    return Fail(Code::kInvalidArgument, "too large");
  }
  double value = 0;
  auto [stop2, error2] = std::from_chars(number.data(), end, value);
  if (error2 != std::errc() || stop2 != end) {
    return Fail(Code::kInvalidArgument, "not a number with a unit");
  }
  value *= static_cast<double>(factor);
  if (value >= 0x1p64) return Fail(Code::kInvalidArgument, "too large");
  return static_cast<std::uint64_t>(value);
}

}  // namespace

std::string HumanBytes(std::uint64_t size_bytes) {
  if (size_bytes < 1024) return fmt::format("{} B", size_bytes);
  double value = static_cast<double>(size_bytes);
  int unit = -1;
  // 999.5 would show as "1e+03" in three digits: 1023.5 is the next unit.
  while (value >= 1023.5 && unit < 5) {
    value /= 1024;
    ++unit;
  }
  const std::string number =
      value >= 999.5 ? fmt::format("{:.0f}", value) : HumanNumber(value, 3);
  return fmt::format("{} {}iB", number, "KMGTPE"[unit < 0 ? 0 : unit]);
}

Result<std::uint64_t> ParseSize(std::string_view text) {
  const auto [number, unit] = SplitUnit(text);
  const int power = PowerOf1024(unit);
  const std::string what = Quote(text);
  if (number.empty() || power < 0) {
    return Fail(Code::kInvalidArgument,
                what + " is not a size such as 4096, 64K or 1.5GiB");
  }
  auto size = Scale(number, std::uint64_t{1} << (10 * power));
  if (!size) return Fail(size.error().In(what));
  return size;
}

std::string HumanAge(std::uint64_t age_ns) {
  if (age_ns < kMs) return "<1 ms";
  if (age_ns < kSecond) return fmt::format("{} ms", age_ns / kMs);
  if (age_ns < kMinute) return fmt::format("{} s", age_ns / kSecond);
  if (age_ns < kHour) return fmt::format("{} min", age_ns / kMinute);
  if (age_ns < 48 * kHour) return fmt::format("{} h", age_ns / kHour);
  if (age_ns < 2 * kYear) return fmt::format("{} d", age_ns / kDay);
  return fmt::format("{} y", age_ns / kYear);
}

Result<std::uint64_t> ParseDuration(std::string_view text) {
  const auto [number, name] = SplitUnit(text);
  const std::string what = Quote(text);
  for (const Unit& unit : kDurations) {
    if (unit.name != name || number.empty()) continue;
    auto duration = Scale(number, unit.size);
    if (duration && *duration >> 63 == 0) return duration;
    return Fail(Code::kInvalidArgument, what + ": not a duration, or too long");
  }
  return Fail(Code::kInvalidArgument,
              what + " is not a duration such as 1.5s, 250ms or 10min");
}

std::string Iso8601(std::uint64_t wall_ns, int digits) {
  namespace chrono = std::chrono;
  const std::uint64_t days = wall_ns / kDay;
  const std::uint64_t seconds = wall_ns % kDay / kSecond;
  const chrono::year_month_day date(
      chrono::sys_days(chrono::days(static_cast<int>(days))));
  std::string fraction = fmt::format(".{:09}", wall_ns % kSecond);
  fraction.resize(digits > 0 ? static_cast<std::size_t>(digits) + 1 : 0);
  return fmt::format(
      "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      seconds / 3600, seconds / 60 % 60, seconds % 60, fraction);
}

std::string HumanNumber(double value, int digits) {
  if (std::isnan(value)) return "nan";
  std::array<char, 64> buffer;
  const auto result =
      digits <= 0
          ? std::to_chars(buffer.begin(), buffer.end(), value)
          : std::to_chars(buffer.begin(), buffer.end(), value,
                          std::chars_format::general, std::min(digits, 17));
  return std::string(buffer.data(), result.ptr);
}

std::string HumanCount(double value) {
  const double size = std::fabs(value);
  if (!(size >= 999.5) || size >= 999.5e12) return HumanNumber(value, 3);
  constexpr std::string_view kUnits = "kMGT";
  std::size_t unit = 0;
  double scaled = value / 1000;
  while (std::fabs(scaled) >= 999.5) {
    scaled /= 1000;
    ++unit;
  }
  return fmt::format("{} {}", HumanNumber(scaled, 3), kUnits[unit]);
}

std::string Counted(std::uint64_t count, std::string_view noun) {
  const std::string_view end = noun.ends_with('s') ? "es" : "s";
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : end);
}

}  // namespace mapfile::text
