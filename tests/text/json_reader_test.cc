#include "lib/text/json_reader.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("numbers in other forms") {
  CHECK(Through("f64", "42.0") == "42");
  CHECK(Through("i32", " 1e3 ") == "1000");
  CHECK(Through("f64", "\"NaN\"") == "\"nan\"");
  CHECK(Through("f64", "\"-Infinity\"") == "\"-inf\"");
  CHECK(Through("f32", "16777217") == "16777216");
}

TEST_CASE("strings keep every character") {
  CheckSame("string", R"("")");
  CheckSame("string", R"("a\"b\\c\n\td\u0000\u001b\u007f\u0085é€😀/")");
  CHECK(Through("string", R"("\u00e9\ud83d\ude00")") == R"("é😀")");
  CHECK(Through("string", R"({"$bytes": "YWI="})") == R"("ab")");
}

TEST_CASE("errors say where and why") {
  const struct {
    std::string_view type, json, message;
  } kCases[] = {
      {kRunType, "{\"run\": 1,\n  \"rate_hz\": \"abc\"}",
       "line 2, column 14: rate_hz: \"abc\" is not a number"},
      {"u8", "300", "line 1, column 1: 300 is out of range for u8 (0..255)"},
      {"u8", "-1", "line 1, column 1: -1 is out of range for u8 (0..255)"},
      {"i8", "128", "line 1, column 1: 128 is out of range for i8 (-128..127)"},
      {"u64", "18446744073709551616",
       "line 1, column 1: 18446744073709551616 is out of range for u64 "
       "(0..18446744073709551615)"},
      {"u8", "1.5", "line 1, column 1: 1.5 is not a whole number, as u8 takes"},
      {"u8", "\"1\"", "line 1, column 1: \"1\" is not a number"},
      {"bool", "1", "line 1, column 1: 1 is neither true nor false"},
      {"f64", "true", "line 1, column 1: true is not a number"},
      {"f64", "\"12\"", "line 1, column 1: \"12\" is not a number"},
      {"f64", "null", "line 1, column 1: null is not a number"},
      {"vector<vector<u8>>", "[[1],[2,3,true]]",
       "line 1, column 11: [1][2]: true is not a number"},
      {"vector<u8>", "{}", "line 1, column 1: an object is not an array"},
      {"array<u8,2>", "[1]", "line 1, column 1: 1 element instead of 2"},
      {"bytes", "\"a\\\"b\"", "line 1, column 1: \"a\\\"b\" is not base64"},
      {"string", R"({"$bytes": 1})",
       "line 1, column 12: 1 is not a base64 string"},
      {"vector<string>", R"(["\\", "\"", 3])",
       "line 1, column 14: [2]: 3 is not a string"},
      {"variant<u8,u8>", R"({"index": 2, "value": 1})",
       "line 1, column 11: index 2 of 2 alternatives"},
      {"variant<u8,u8>", R"({"index": 0})",
       "line 1, column 1: an object is not {\"index\": ..., \"value\": ...}"},
      {"variant<u8,u8>", R"({"index": 0, "value": "x"})",
       "line 1, column 23: value: \"x\" is not a number"},
      {"optional<optional<u8>>", "[1, 2]",
       "line 1, column 1: more than one value"},
  };
  for (const auto& [type, json, message] : kCases) {
    CHECK(Through(type, json) == "error: " + std::string(message));
  }
}

TEST_CASE("what a message quotes can't reach the terminal") {
  const std::string message = Through(kRunType, "{\"\\u001b[2J\": 1}");
  CHECK(message.find('\x1b') == message.npos);
  CHECK(message.find("\\x1b[2J") != message.npos);
}

TEST_CASE("a short document can't ask for a huge value") {
  CHECK(Through("array<u8,100000000000>", "[]").find("too much") !=
        std::string::npos);
  CHECK(Through("array<u8,1000>", "[]").find("instead of 1000") !=
        std::string::npos);
  CHECK(Through("vector<array<u64,1000000>>", "[1,2,3,4,5,6,7,8,9]")
            .find("too much") != std::string::npos);
}

}  // namespace
}  // namespace mapfile::text
