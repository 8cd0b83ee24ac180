#include <doctest/doctest.h>

#include "lib/text/json_reader.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("keys are sorted as the type compares them") {
  CHECK(Through("map<f64,u8>", "[[2,1],[-1,2],[1e9,3],[-5,4]]") ==
        "[[-5, 4], [-1, 2], [2, 1], [1e+09, 3]]");
  CHECK(Through("map<i8,u8>", "[[2,1],[-1,2],[-128,3],[127,4]]") ==
        "[[-128, 3], [-1, 2], [2, 1], [127, 4]]");
  CHECK(Through("map<u64,u8>", "[[18446744073709551615,1],[0,2]]") ==
        "[[0, 2], [18446744073709551615, 1]]");
  CHECK(Through("map<bool,u8>", "[[true,1],[false,2]]") ==
        "[[false, 2], [true, 1]]");
  CHECK(Through("map<string,u8>", R"({"é": 1, "z": 2, "ab": 3, "a": 4})") ==
        R"({"a": 4, "ab": 3, "z": 2, "é": 1})");
  CHECK(Through("map<bytes,u8>", R"([["/w==", 1], ["AA==", 2]])") ==
        R"([["AA==", 2], ["/w==", 1]])");
}

TEST_CASE("keys that have no order stay as they are") {
  CheckSame("map<array<u8,1>,u8>", "[[[2], 1], [[1], 2]]");
}

TEST_CASE("values of any type, text keys as pairs too") {
  CheckSame("map<string,map<string,u8>>", R"({"a": {"b": 1}, "c": {}})");
  CHECK(Through("map<string,u8>", R"([["a", 1]])") == R"({"a": 1})");
  CheckSame("map<string,u8>", R"({"": 1})");
}

TEST_CASE("errors") {
  CHECK(Through("map<string,u8>", R"({"a": 1, "b": 2, "a": 3})") ==
        "error: line 1, column 18: \"a\" is there twice");
  CHECK(Through("map<u8,u8>", "[[1, 2], [1.0, 3]]") ==
        "error: line 1, column 11: 1.0 is there twice");
  CHECK(Through("map<u8,u8>", "[[1, 2], [3]]") ==
        "error: line 1, column 10: not a [key, value]");
  CHECK(Through("map<u8,u8>", "[[300, 2]]") ==
        "error: line 1, column 3: 300 is out of range for u8 (0..255)");
  CHECK(Through("map<string,u8>", R"({"a": {"x": 1}})") ==
        "error: line 1, column 7: a: an object is not a number");
  CHECK(Through("map<string,u8>", "3") ==
        "error: line 1, column 1: 3 is not an object or an array of "
        "[key, value]");
  CHECK(Through("map<string,u8>", "[[1, 2]]") ==
        "error: line 1, column 3: key: 1 is not a string");
}

}  // namespace
}  // namespace mapfile::text
