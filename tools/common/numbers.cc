#include "tools/common/numbers.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::tools {
namespace {

constexpr std::string_view kBetween = " \t\r\v\f,;";

}  // namespace

std::string_view NextWord(std::string_view& rest, std::string_view between) {
  const std::size_t begin =
      std::min(rest.find_first_not_of(between), rest.size());
  rest.remove_prefix(begin);
  const std::size_t end = std::min(rest.find_first_of(between), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

Result<double> ParseNumber(std::string_view word) {
  std::string_view digits = word;
  if (digits.starts_with('+') && !digits.starts_with("+-")) {
    digits.remove_prefix(1);
  }
  double number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [last, error] = std::from_chars(digits.data(), end, number);
  const bool is_range = error == std::errc::result_out_of_range;
  if ((error != std::errc() && !is_range) || last != end || digits.empty()) {
    return Fail(Code::kInvalidArgument, text::Quote(word) + " is no number");
  }
  if (!is_range) return number;
  // Too large, or too near to 0, for a double; strtod rounds as it should.
  return std::strtod(std::string(digits).c_str(), nullptr);
}

Result<std::vector<double>> ParseNumbers(std::string_view text) {
  std::vector<double> numbers;
  for (;;) {
    const std::string_view word = NextWord(text, kBetween);
    if (word.empty()) return numbers;
    MAPFILE_ASSIGN_OR_RETURN(const double number, ParseNumber(word));
    numbers.push_back(number);
  }
}

Result<NamedCount> ParseCount(std::string_view text) {
  NamedCount count;
  count.name = NextWord(text, " \t\r");
  const std::string_view number = NextWord(text, " \t\r");
  if (!NextWord(text, " \t\r").empty()) {
    return Fail(Code::kInvalidArgument,
                "more than a name and a number behind it");
  }
  if (number.empty()) return count;
  if (const auto whole = ParseWhole<std::uint64_t>(number)) {
    count.number = *whole;
    return count;
  }
  return Fail(Code::kInvalidArgument,
              text::Quote(number) + " is no whole number from 0 to 2^64 - 1");
}

}  // namespace mapfile::tools
