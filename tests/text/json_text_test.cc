#include "lib/text/json_text.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::string Quoted(std::string_view text) {
  std::string out;
  AppendJsonText(out, text);
  return out;
}

TEST_CASE("strings, safe for a terminal too") {
  CHECK(Quoted("a\"\\/\n\t\r") == R"("a\"\\/\n\t\u000d")");
  CHECK(Quoted("\x1b[2J\x7f") == R"("\u001b[2J\u007f")");
  CHECK(Quoted("\u009b é 日本 😀") == "\"\\u009b é 日本 😀\"");
  CHECK(Quoted("\u202e\U000e0041") == R"("\u202e\udb40\udc41")");
  CHECK(Quoted(std::string_view("\0", 1)) == R"("\u0000")");
  CHECK(Quoted("\xff\xfe") == R"({"$bytes": "//4="})");
}

TEST_CASE("many scalars at once") {
  std::vector<std::uint16_t> numbers(1000);
  std::string expected;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<std::uint16_t>(60000 + i);
    expected += (i > 0 ? "," : "") + std::to_string(60000 + i);
  }
  std::string out = "x";
  AppendJsonScalars(out, Kind::kU16,
                    reinterpret_cast<const std::byte*>(numbers.data()),
                    numbers.size(), ",");
  CHECK(out == "x" + expected);
  const double lowest = -std::numeric_limits<double>::denorm_min();
  out.clear();
  AppendJsonScalars(out, Kind::kF64,
                    reinterpret_cast<const std::byte*>(&lowest), 1, ",");
  CHECK(out == "-5e-324");
}

TEST_CASE("what may be null") {
  CHECK(MayBeNull(ParseType("optional<u8>")->root()));
  CHECK(MayBeNull(ParseType("A*\nclass A 1 { }")->root()));
  CHECK(!MayBeNull(ParseType("vector<u8>")->root()));
}

}  // namespace
}  // namespace mapfile::text
