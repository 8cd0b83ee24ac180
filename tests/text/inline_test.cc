#include "lib/text/inline.h"

#include <doctest/doctest.h>

#include "lib/text/utf8.h"
#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::string Inline(Sample sample, int width,
                   const PrintOptions& options = {}) {
  ValueReader reader(sample.bytes, sample.types);
  const auto root = reader.Root(*sample.type);
  REQUIRE(root);
  const auto text = FormatInline(*root, reader, width, options);
  if (!text) return "error: " + text.error().message();
  CHECK(DisplayWidth(text->text) <= std::max(0, width));
  return text->text + (text->complete ? "" : " (cut)");
}

TEST_CASE("a number is whole or not there") {
  CHECK(Inline({"u32", "123456"}, 6) == "123456");
  CHECK(Inline({"u32", "123456"}, 5) == "… (cut)");
  CHECK(Inline({"u32", "123456"}, 5, {.unicode = false}) == "... (cut)");
  CHECK(Inline({"u32", "1"}, 0) == " (cut)");
  CHECK(Inline({"f64", "3.14159265358979"}, 20) == "3.14159");
  CHECK(Inline({"f64", "3.14159265358979"}, 20, {.precision = 0}) ==
        "3.14159265358979");
  CHECK(Inline({"f32", "0.1"}, 20, {.precision = 0}) == "0.1");
  CHECK(Inline({"bool", "false"}, 20) == "false");
}

TEST_CASE("text is cut") {
  CHECK(Inline({"string", "\"hello\""}, 7) == "\"hello\"");
  CHECK(Inline({"string", "\"hello\""}, 6) == "\"hel…\" (cut)");
  CHECK(Inline({"bytes", "\"AAE=\""}, 20) == "b\"\\x00\\x01\"");
}

TEST_CASE("lists say how much there is") {
  const std::string_view ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
  CHECK(Inline({"vector<u8>", ten}, 30) == ten);
  CHECK(Inline({"vector<u8>", ten}, 29) == "[0, 1, 2, 3, 4, … 10 numbers] (cut)");
  CHECK(Inline({"vector<u8>", ten}, 60, {.max_elements = 2}) ==
        "[0, 1, … 10 numbers] (cut)");
  CHECK(Inline({"vector<u8>", ten}, 16) == "[… 10 numbers] (cut)");
  CHECK(Inline({"vector<u8>", ten}, 5) == "[…] (cut)");
  CHECK(Inline({"map<string,u8>", R"({"a": 1, "b": 2})"}, 20) ==
        R"({"a": 1, "b": 2})");
}

TEST_CASE("objects, optionals, variants, pointers") {
  CHECK(Inline({"A\nclass A 1 { u8 x; string s; }",
                R"({"x": 1, "s": "y"})"}, 40) == "{x: 1, s: \"y\"}");
  CHECK(Inline({"optional<u8>", "null"}, 9) == "none");
  CHECK(Inline({"variant<u8,string>", R"({"index": 1, "value": "v"})"}, 9) ==
        "\"v\"");
  CHECK(Inline({"A*\nclass A 1 { u8 x; }", "null"}, 9) == "null");
  CHECK(Inline({"A*\nclass A 1 { A* a; }", R"({"$id": 1, "a": {"$ref": 1}})"},
               40) == "A{a: A{…}}");
}

TEST_CASE("only what is shown need be sound") {
  Sample sample("array<string,3>", R"(["aaaaaaaaaaaaaaaaaaaa", "b", "c"])");
  sample.bytes[32] = std::byte{0xff};
  CHECK(Inline(sample, 20) != "");
  CHECK(Inline(sample, 80).starts_with("error: "));
}

}  // namespace
}  // namespace mapfile::text
