#include "lib/text/scalar.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

// Text -> bytes -> text.
std::string Plain(std::string_view type_text, std::string_view text) {
  const auto type = ParseType(type_text);
  const auto bytes = ParsePlain(*type, text);
  if (!bytes) return "error: " + bytes.error().message();
  const auto again = FormatPlain(*type, *bytes);
  return again ? *again : "error: " + again.error().message();
}

TEST_CASE("numbers as a shell writes them") {
  const struct {
    std::string_view type, text, result;
  } kCases[] = {
      {"u8", "255", "255"},
      {"i8", "-128", "-128"},
      {"i32", "-0x2a", "-42"},
      {"u64", "0xffffffffffffffff", "18446744073709551615"},
      {"i64", "-9223372036854775808", "-9223372036854775808"},
      {"i32", "+7", "7"},
      {"i32", "1e3", "1000"},
      {"u8", "2.0", "2"},
      {"f64", "0.1", "0.1"},
      {"f64", "+1e300", "1e+300"},
      {"f32", "0.1", "0.1"},
      {"f64", "1e-400", "0"},
      {"f64", "-1e-400", "-0.0"},
      {"f64", "4.9e-324", "5e-324"},
      {"f32", "1e-60", "0"},
      {"f64", "-0", "-0.0"},
      {"f64", "0x10", "16"},
      {"f64", "nan", "nan"},
      {"f64", "NaN", "nan"},
      {"f64", "-Infinity", "-inf"},
      {"f32", "nan(0x7fc00001)", "nan(0x7fc00001)"},
      {"bool", "true", "true"},
      {"bool", "0", "false"},
      {"string", "a\nb", "a\nb"},
      {"string", "", ""},
      {"bytes", "\xff\x01", "\xff\x01"},
  };
  for (const auto& [type, text, result] : kCases) {
    CHECK(Plain(type, text) == result);
  }
}

TEST_CASE("out of range or not a number") {
  const struct {
    std::string_view type, text, message;
  } kCases[] = {
      {"u8", "300", "300 is out of range for u8 (0..255)"},
      {"u8", "-1", "-1 is out of range for u8 (0..255)"},
      {"u8", "3e2", "3e2 is out of range for u8 (0..255)"},
      {"i8", "128", "128 is out of range for i8 (-128..127)"},
      {"i8", "-129", "-129 is out of range for i8 (-128..127)"},
      {"u16", "65536", "65536 is out of range for u16 (0..65535)"},
      {"i32", "2147483648",
       "2147483648 is out of range for i32 (-2147483648..2147483647)"},
      {"i64", "9223372036854775808",
       "9223372036854775808 is out of range for i64 "
       "(-9223372036854775808..9223372036854775807)"},
      {"u64", "18446744073709551616",
       "18446744073709551616 is out of range for u64 "
       "(0..18446744073709551615)"},
      {"f32", "1e39",
       "1e39 is out of range for f32 (-3.4028235e+38..3.4028235e+38)"},
      {"f64", "-1e400",
       "-1e400 is out of range for f64 "
       "(-1.7976931348623157e+308..1.7976931348623157e+308)"},
      {"u8", "1e-400", "1e-400 is not a whole number, as u8 takes"},
      {"u8", "1.5", "1.5 is not a whole number, as u8 takes"},
      {"u8", "", "\"\" is not a number"},
      {"u8", "12x", "\"12x\" is not a number"},
      {"u8", " 1", "\" 1\" is not a number"},
      {"i32", "--1", "\"--1\" is not a number"},
      {"i32", "0x", "\"0x\" is not a number"},
      {"i32", "nan", "\"nan\" is not a number"},
      {"f64", "nan(0x1)", "\"nan(0x1)\" is not a number"},
      {"f64", "\x1b[2J", "\"\\x1b[2J\" is not a number"},
      {"bool", "yes", "\"yes\" is neither true nor false"},
      {"vector<u8>", "1", "vector<u8> takes a value as JSON"},
  };
  for (const auto& [type, text, message] : kCases) {
    CHECK(Plain(type, text) == "error: " + std::string(message));
  }
}

TEST_CASE("damaged bytes") {
  const auto type = ParseType("string");
  auto bytes = ParsePlain(*type, "abc").value();
  bytes.pop_back();
  CHECK(FormatPlain(*type, bytes).error().code() == Code::kCorrupt);
  CHECK(FormatPlain(*type, {}).error().code() == Code::kCorrupt);
  CHECK(!FormatPlain(*ParseType("vector<u8>"), bytes));
}

TEST_CASE("names of scalars") {
  CHECK(ScalarName(Kind::kBool) == "bool");
  CHECK(ScalarName(Kind::kI8) == "i8");
  CHECK(ScalarName(Kind::kF64) == "f64");
}

}  // namespace
}  // namespace mapfile::text
