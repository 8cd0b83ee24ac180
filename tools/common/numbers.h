// Numbers and counts in lines of input, as people and programs write them.
#ifndef MAPFILE_TOOLS_COMMON_NUMBERS_H_
#define MAPFILE_TOOLS_COMMON_NUMBERS_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mapfile/status.h"

namespace mapfile::tools {

// Cuts the first word off `rest`, where characters of `between` are between
// words; empty: there is none any more.
std::string_view NextWord(std::string_view& rest, std::string_view between);

// "42", "-2.5e3", "+1", "inf", "nan"; rounded where it is too large, or too
// near to 0. InvalidArgument: it is no number.
[[nodiscard]] Result<double> ParseNumber(std::string_view word);

// All of `word` as a whole number of type T; none: it isn't one.
template <class T>
std::optional<T> ParseWhole(std::string_view word) {
  T number = 0;
  const char* const end = word.data() + word.size();
  const auto [last, error] = std::from_chars(word.data(), end, number);
  if (error == std::errc() && last == end) return number;
  return std::nullopt;
}

// Numbers with blanks, commas or semicolons between, as lines of input have
// them; nothing if one of them is no number.
[[nodiscard]] Result<std::vector<double>> ParseNumbers(std::string_view text);

struct NamedCount {
  std::string_view name;  // Empty: an empty line
  std::uint64_t number = 1;
};

// "NAME" or "NAME N", blanks between. InvalidArgument.
[[nodiscard]] Result<NamedCount> ParseCount(std::string_view text);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_NUMBERS_H_
