#include "lib/text/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

// JSON -> bytes -> JSON.
std::string Through(std::string_view type_text, std::string_view json,
                    int indent = 0) {
  const auto type = ParseType(type_text);
  ListTypes types;
  auto bytes = FromJson(*type, json, types);
  if (!bytes) return "from: " + bytes.error().message();
  auto again = ToJson(*type, *bytes, types, {.indent = indent});
  if (!again) return "to: " + again.error().message();
  auto bytes2 = FromJson(*type, *again, types);
  if (!bytes2) return "from again: " + bytes2.error().message();
  CHECK(*bytes == *bytes2);
  return *again;
}

void CheckSame(std::string_view type, std::string_view json) {
  CHECK(Through(type, json) == json);
}

constexpr std::string_view kRun =
    "Run\nclass Run 1 { i64 run; f64 rate_hz; string note; vector<f32> hits; "
    "bool on; optional<i32> shift; }";

TEST_CASE("scalars are as they are") {
  CheckSame("u8", "255");
  CheckSame("i8", "-128");
  CheckSame("i64", "-9223372036854775808");
  CheckSame("u64", "18446744073709551615");
  CheckSame("f64", "0.1");
  CheckSame("f64", "-0");
  CheckSame("f64", "5e-324");
  CheckSame("f64", "1.7976931348623157e+308");
  CheckSame("f32", "0.1");
  CheckSame("f32", "3.4028235e+38");
  CheckSame("f64", "\"nan\"");
  CheckSame("f64", "\"-nan\"");
  CheckSame("f32", "\"nan(0x7fc00001)\"");
  CheckSame("f64", "\"-inf\"");
  CheckSame("bool", "true");
  CHECK(Through("f64", "42.0") == "42");
  CHECK(Through("i32", " 1e3 ") == "1000");
}

TEST_CASE("containers") {
  CheckSame("vector<f64>", "[]");
  CheckSame("vector<vector<u8>>", "[[1, 2], [], [3]]");
  CheckSame("array<i16,3>", "[1, -2, 3]");
  CheckSame("map<string,u8>", R"({"a": 1, "b": 2})");
  CheckSame("map<i32,string>", R"([[-1, "x"], [2, "y"]])");
  CheckSame("map<string,u8>", R"([[{"$bytes": "gA=="}, 1]])");
  CheckSame("optional<f64>", "null");
  CheckSame("optional<f64>", "1.5");
  CheckSame("optional<optional<u8>>", "[]");
  CheckSame("optional<optional<u8>>", "[null]");
  CheckSame("optional<optional<u8>>", "[7]");
  CheckSame("variant<u8,string>", R"({"index": 1, "value": "x"})");
  CheckSame("bytes", R"("AAEC/w==")");
  CheckSame("string", R"({"$bytes": "/w=="})");
}

TEST_CASE("strings keep every character") {
  CheckSame("string", R"("")");
  CheckSame("string", R"("a\"b\\c\n\td\u0000\u001b\u007f\u0085é€😀/")");
  CHECK(Through("string", R"("\u00e9\ud83d\ude00")") == R"("é😀")");
}

TEST_CASE("classes") {
  CheckSame(kRun,
            R"({"run": 42, "rate_hz": 1.5, "note": "hi", "hits": [1, 2.5], )"
            R"("on": true, "shift": null})");
  CheckSame("D\nclass D 1 : B { u8 x; }\nclass B 1 { u8 x; u8 y; }",
            R"({"B::x": 1, "y": 2, "x": 3})");
}

TEST_CASE("fields may come in any order, map keys unsorted") {
  CHECK(Through(kRun, R"({"on": false, "hits": [], "note": "", "run": 1,
                          "rate_hz": "inf"})") ==
        R"({"run": 1, "rate_hz": "inf", "note": "", "hits": [], "on": false, )"
        R"("shift": null})");
  CHECK(Through("map<f64,u8>", "[[2,1],[-1,2],[1e9,3],[-5,4]]") ==
        "[[-5, 4], [-1, 2], [2, 1], [1e+09, 3]]");
}

TEST_CASE("indented, arrays of scalars on one line") {
  CHECK(Through("map<string,vector<u8>>", R"({"a":[1,2],"b":[]})", 2) ==
        "{\n  \"a\": [1, 2],\n  \"b\": []\n}");
  CHECK(Through("vector<string>", R"(["a","b"])", 1) ==
        "[\n \"a\",\n \"b\"\n]");
  CHECK(Through("vector<string>", "[]", 1) == "[]");
}

constexpr std::string_view kGraph =
    "Node\nclass Node 1 { i32 n; Node* next; vector<Node*> others; }";

TEST_CASE("pointers: null, shared, cycles") {
  CheckSame(kGraph, R"({"n": 1, "next": null, "others": []})");
  CheckSame(kGraph,
            R"({"n": 1, "next": {"$class": "Node", "$id": 1, "n": 2, "next": )"
            R"({"$class": "Node", "n": 3, "next": {"$ref": 1}, "others": []}, )"
            R"("others": [{"$ref": 1}, null]}, "others": [{"$ref": 1}]})");
}

TEST_CASE("pointers to derived classes that the type doesn't name") {
  const auto type = ParseType("Base*\nclass Base 1 { i32 n; }");
  const auto derived = ParseType(
      "Derived\nclass Derived 1 : Base { f64 x; }\nclass Base 1 { i32 n; }");
  ListTypes types;
  const std::string_view json = R"({"$class": "Derived", "n": 1, "x": 2.5})";
  auto bytes = FromJson(*type, json, types);
  REQUIRE(!bytes);
  CHECK(bytes.error().message() ==
        "line 1, column 1: no class \"Derived\" is known here");
  REQUIRE(types.IdOf(*derived));
  bytes = FromJson(*type, json, types);
  REQUIRE(bytes);
  CHECK(ToJson(*type, *bytes, types).value() == json);
}

TEST_CASE("errors say where and why") {
  CHECK(Through(kRun, "{\"run\": 1,\n  \"rate_hz\": \"abc\"}") ==
        "from: line 2, column 14: rate_hz: \"abc\" is not a number");
  CHECK(Through("u8", "300") == "from: line 1, column 1: 300 does not fit u8");
  CHECK(Through("u8", "-1") == "from: line 1, column 1: -1 does not fit u8");
  CHECK(Through("u64", "18446744073709551616") ==
        "from: line 1, column 1: 18446744073709551616 does not fit u64");
  CHECK(Through("u8", "1.5") ==
        "from: line 1, column 1: 1.5 is not a whole number, as u8 takes");
  CHECK(Through("f32", "1e39") ==
        "from: line 1, column 1: 1e39 does not fit f32");
  CHECK(Through("vector<vector<u8>>", "[[1],[2,3,true]]") ==
        "from: line 1, column 11: [1][2]: true is not a number");
  CHECK(Through(kRun, R"({"é": 1, "runn": 1})") ==
        "from: line 1, column 2: Run has no field \"é\"");
  CHECK(Through(kRun, R"({"run": 1})") ==
        "from: line 1, column 1: field \"rate_hz\" of Run is missing");
  CHECK(Through(kRun, R"({"run": 1, "run": 2})") ==
        "from: line 1, column 12: \"run\" is there twice");
  CHECK(Through("map<string,u8>", R"({"a": 1, "b": 2, "a": 3})") ==
        "from: line 1, column 18: \"a\" is there twice");
  CHECK(Through("array<u8,2>", "[1]") ==
        "from: line 1, column 1: 1 elements instead of 2");
  CHECK(Through("bytes", "\"a\\\"b\"") ==
        "from: line 1, column 1: \"a\\\"b\" is not base64");
  CHECK(Through("vector<string>", R"(["\\", "\"", 3])") ==
        "from: line 1, column 14: [2]: 3 is not a string");
  CHECK(Through("variant<u8,u8>", R"({"index": 2, "value": 1})") ==
        "from: line 1, column 11: index 2 of 2 alternatives");
  CHECK(Through(kGraph, R"({"n":1,"next":{"$ref":1},"others":[]})") ==
        "from: line 1, column 15: next: no object before has \"$id\": 1");
}

TEST_CASE("what isn't JSON is refused with its place") {
  CHECK(Through("u8", "").starts_with("from: line 1, column 1: not JSON: "));
  CHECK(Through("vector<u8>", "[1,\n2,,3]")
            .starts_with("from: line 2, column 3: not JSON: "));
  CHECK(Through("vector<u8>", "[1] 2").find("not JSON") != std::string::npos);
  CHECK(Through("vector<u8>", "[1").find("not JSON") != std::string::npos);
  CHECK(Through("string", "\"\xff\"").find("not JSON") != std::string::npos);
  CHECK(Through("u8", std::string(100000, '[')).find("too deeply") !=
        std::string::npos);
}

TEST_CASE("a short document can't ask for a huge value") {
  CHECK(Through("array<u8,100000000000>", "[]").find("too much") !=
        std::string::npos);
  CHECK(Through("array<u8,1000>", "[]").find("instead of 1000") !=
        std::string::npos);
}

}  // namespace
}  // namespace mapfile::text
