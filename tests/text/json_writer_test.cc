#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "lib/text/json.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("scalars are as they are") {
  CheckSame("bool", "true");
  CheckSame("u8", "255");
  CheckSame("i8", "-128");
  CheckSame("i16", "-32768");
  CheckSame("u16", "65535");
  CheckSame("i32", "-2147483648");
  CheckSame("u32", "4294967295");
  CheckSame("i64", "-9223372036854775808");
  CheckSame("i64", "9223372036854775807");
  CheckSame("u64", "18446744073709551615");
  CheckSame("f64", "0.1");
  CheckSame("f64", "-0.0");
  CheckSame("f64", "5e-324");
  CheckSame("f64", "1.7976931348623157e+308");
  CheckSame("f32", "0.1");
  CheckSame("f32", "3.4028235e+38");
  CheckSame("f64", "\"nan\"");
  CheckSame("f64", "\"-nan\"");
  CheckSame("f32", "\"nan(0x7fc00001)\"");
  CheckSame("f64", "\"inf\"");
  CheckSame("f64", "\"-inf\"");
}

template <class T, class Bits>
void CheckBits(std::string_view name, Bits bits) {
  const auto type = ParseType(name);
  ListTypes types;
  std::vector<std::byte> bytes(sizeof(T));
  std::memcpy(bytes.data(), &bits, sizeof(T));
  const auto json = ToJson(*type, bytes, types);
  REQUIRE(json);
  const auto back = FromJson(*type, *json, types);
  INFO(*json);
  REQUIRE(back);
  CHECK(*back == bytes);
}

TEST_CASE("any bits of a floating point number come back") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    CheckBits<double>("f64", std::uint64_t{random()});
    CheckBits<float>("f32", static_cast<std::uint32_t>(random()));
    // Infinities and NaNs are rare among random bits.
    CheckBits<double>("f64", random() | 0x7ff0000000000000u);
    CheckBits<float>("f32",
                     static_cast<std::uint32_t>(random()) | 0x7f800000u);
  }
}

TEST_CASE("containers") {
  CheckSame("vector<f64>", "[]");
  CheckSame("vector<bool>", "[true, false]");
  CheckSame("vector<vector<u8>>", "[[1, 2], [], [3]]");
  CheckSame("array<i16,3>", "[1, -2, 3]");
  CheckSame("array<string,2>", R"(["a", ""])");
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

TEST_CASE("classes, bases first") {
  CheckSame(kRunType,
            R"({"run": 42, "rate_hz": 1.5, "note": "hi", "hits": [1, 2.5], )"
            R"("on": true, "shift": null})");
  CheckSame("D\nclass D 1 : B { u8 x; }\nclass B 1 { u8 x; u8 y; }",
            R"({"B::x": 1, "y": 2, "x": 3})");
  CheckSame("E\nclass E 1 { }", "{}");
}

TEST_CASE("indented, arrays of scalars on one line") {
  CHECK(Through("map<string,vector<u8>>", R"({"a":[1,2],"b":[]})", 2) ==
        "{\n  \"a\": [1, 2],\n  \"b\": []\n}");
  CHECK(Through("vector<string>", R"(["a","b"])", 1) ==
        "[\n \"a\",\n \"b\"\n]");
  CHECK(Through("vector<string>", "[]", 1) == "[]");
}

TEST_CASE("pointers: null, shared, cycles") {
  CheckSame(kGraphType, R"({"n": 1, "next": null, "others": []})");
  CheckSame(kGraphType,
            R"({"n": 1, "next": {"$class": "Node", "$id": 1, "n": 2, "next": )"
            R"({"$class": "Node", "n": 3, "next": {"$ref": 1}, "others": []}, )"
            R"("others": [{"$ref": 1}, null]}, "others": [{"$ref": 1}]})");
}

TEST_CASE("pointers to the value itself") {
  CheckSame(kGraphType,
            R"({"$id": 1, "n": 1, "next": {"$ref": 1}, "others": []})");
  CheckSame(kGraphType,
            R"({"$id": 1, "n": 1, "next": {"$class": "Node", "n": 2, "next": )"
            R"({"$ref": 1}, "others": []}, "others": [null, {"$ref": 1}]})");
}

std::string Chain(int length) {
  std::string json;
  for (int i = 0; i < length; ++i) {
    json += R"({"n": 0, "others": [], "next": )";
  }
  return json + "null" + std::string(static_cast<std::size_t>(length), '}');
}

TEST_CASE("a chain of objects, up to a limit that is named") {
  CHECK(Through(kGraphType, Chain(300)).starts_with("{\"n\": 0"));
  CHECK(Through(kGraphType, Chain(900)).find("nested deeper than 1024") !=
        std::string::npos);
  CHECK(Through(kGraphType, Chain(2000)).find("nested too deeply") !=
        std::string::npos);
}

TEST_CASE("bytes that are no such value are refused") {
  Sample sample("vector<string>", R"(["abc", "d"])");
  // Every single byte set to all ones, and every shorter length.
  for (std::size_t i = 0; i < sample.bytes.size(); ++i) {
    Sample bad = sample;
    bad.bytes[i] = std::byte{0xff};
    (void)bad.Json();
    bad.bytes.resize(i);
    const bool cut = bad.Json().starts_with("error: ");
    CHECK(cut);
  }
}

}  // namespace
}  // namespace mapfile::text
