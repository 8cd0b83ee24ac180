#include "tools/common/axis_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lib/base/try.h"
#include "lib/text/utf8.h"

namespace mapfile::tools {
namespace {

constexpr std::string_view kBetween = " \t\r\v\f,;";

// Cuts the first word off `rest`; empty: there is none any more.
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

Result<Axis> ParseEven(std::string_view kind, std::string_view numbers) {
  MAPFILE_ASSIGN_OR_RETURN(const std::vector<double> n, ParseNumbers(numbers));
  if (n.size() != 3) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} numbers instead of BINS,LOW,HIGH", n.size()));
  }
  if (!(n[0] >= 0 && n[0] <= 1e18) || n[0] != std::floor(n[0])) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} is no number of bins", n[0]));
  }
  const auto bins = static_cast<std::uint64_t>(n[0]);
  if (kind == "log") return Axis::Logarithmic(bins, n[1], n[2]);
  if (kind == "circle") return Axis::Circular(bins, n[1], n[2]);
  return Axis::Regular(bins, n[1], n[2]);
}

Result<Axis> ParseKind(std::string_view spec) {
  const std::size_t colon = spec.find(':');
  if (colon == std::string_view::npos) return ParseEven("", spec);
  const std::string_view kind = spec.substr(0, colon);
  const std::string_view numbers = spec.substr(colon + 1);
  if (kind == "log" || kind == "circle") return ParseEven(kind, numbers);
  if (kind == "edges") {
    MAPFILE_ASSIGN_OR_RETURN(std::vector<double> edges, ParseNumbers(numbers));
    return Axis::Variable(std::move(edges));
  }
  return Fail(Code::kInvalidArgument,
              "there is no kind of axis " + text::Quote(kind) +
                  "; write BINS,LOW,HIGH, log:BINS,LOW,HIGH, "
                  "circle:BINS,LOW,HIGH or edges:A,B,...");
}

}  // namespace

Result<Axis> ParseAxis(std::string_view spec) {
  auto axis = ParseKind(spec);
  if (!axis) return Fail(axis.error().In(text::Quote(spec)));
  return axis;
}

Result<std::vector<Axis>> ParseAxes(std::string_view specs) {
  std::vector<Axis> axes;
  std::string_view rest = specs;
  for (;;) {
    const std::string_view spec = NextWord(rest, " \t");
    if (spec.empty()) break;
    MAPFILE_ASSIGN_OR_RETURN(Axis axis, ParseAxis(spec));
    axes.push_back(std::move(axis));
  }
  if (axes.empty() || axes.size() > 2) {
    return Fail(Code::kInvalidArgument,
                fmt::format("{} axes instead of one or two", axes.size()));
  }
  return axes;
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
  const char* const end = number.data() + number.size();
  const auto [last, error] = std::from_chars(number.data(), end, count.number);
  if (error == std::errc() && last == end) return count;
  return Fail(Code::kInvalidArgument,
              text::Quote(number) + " is no whole number from 0 to 2^64 - 1");
}

}  // namespace mapfile::tools
