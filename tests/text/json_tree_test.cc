#include "lib/text/json_tree.h"

#include <doctest/doctest.h>

#include <random>

namespace mapfile::text {
namespace {

std::string ErrorOf(std::string_view json) {
  const auto tree = JsonTree::Parse(json);
  return tree ? "" : tree.error().message();
}

TEST_CASE("nodes know where they stood") {
  constexpr std::string_view kJson = R"( {"a": [1, -2.5e3 ,"x\"\\"],
"b": {"c":null}, "d":true})";
  const auto tree = JsonTree::Parse(kJson);
  REQUIRE(tree);
  const std::pair<JsonKind, std::string_view> kNodes[] = {
      {JsonKind::kObject, "{"},   {JsonKind::kString, "\"a"},
      {JsonKind::kArray, "[1"},   {JsonKind::kNumber, "1,"},
      {JsonKind::kNumber, "-2"},  {JsonKind::kString, "\"x"},
      {JsonKind::kString, "\"b"}, {JsonKind::kObject, "{\"c"},
      {JsonKind::kString, "\"c"}, {JsonKind::kNull, "null"},
      {JsonKind::kString, "\"d"}, {JsonKind::kBool, "true"}};
  for (std::size_t i = 0; i < std::size(kNodes); ++i) {
    const JsonNode& node = (*tree)[i];
    CHECK(node.kind == kNodes[i].first);
    CHECK(kJson.substr(node.position).starts_with(kNodes[i].second));
  }
  CHECK((*tree)[0].count == 3);
  CHECK((*tree)[0].end == std::size(kNodes));
  CHECK((*tree)[2].count == 3);
  CHECK((*tree)[2].end == 6);
  CHECK((*tree)[4].text == "-2.5e3");
  CHECK((*tree)[5].text == "x\"\\");
  CHECK((*tree)[11].flag);
}

TEST_CASE("lines and columns in characters") {
  CHECK(JsonTree::Where("ab\ncd", 0) == "line 1, column 1");
  CHECK(JsonTree::Where("ab\ncd", 4) == "line 2, column 2");
  CHECK(JsonTree::Where("é日x", 5) == "line 1, column 3");
  CHECK(JsonTree::Where("a", 9) == "line 1, column 2");
}

TEST_CASE("what isn't JSON is refused with its place") {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"", "line 1, column 1"},          {"[1,\n2,,3]", "line 2, column 3"},
      {"[1] 2", "line 1, column 5"},     {"[1", "line 1, column 3"},
      {"{\"a\" 1}", "line 1, column 6"}, {"{a: 1}", "line 1, column 2"},
      {"[1,]", "line 1, column 4"},      {"tru", "line 1, column 4"},
      {"01", "line 1, column 2"},        {"1.", "line 1, column 3"},
      {"nan", "line 1, column 2"},       {"\"a\nb\"", "line 1, column 3"},
      {"\"\\x\"", "line 1, column 3"},   {"\"\\ud800\"", "line 1, column 8"},
      {"'a'", "line 1, column 1"},       {"\"abc", "line 1, column 5"},
  };
  for (const auto& [json, where] : kCases) {
    CHECK(ErrorOf(json).starts_with(std::string(where) + ": not JSON: "));
  }
  CHECK(ErrorOf("[1e400]") ==
        "line 1, column 6: not JSON: number overflow parsing '1e400'");
  CHECK(ErrorOf("\"\xff\"").find("not JSON") != std::string::npos);
  CHECK(ErrorOf(std::string(100000, '[')).find("too deeply") !=
        std::string::npos);
}

TEST_CASE("numbers too large for a double are kept as written") {
  const auto tree = JsonTree::Parse("[18446744073709551616]");
  REQUIRE(tree);
  CHECK((*tree)[1].text == "18446744073709551616");
}

TEST_CASE("random characters never do harm") {
  constexpr std::string_view kCharacters = "[]{}\",:\\ u0123-+.eE\ntrflasn\xc3";
  std::mt19937 random(5);
  int good = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string json(random() % 12, ' ');
    for (char& c : json) c = kCharacters[random() % kCharacters.size()];
    const auto tree = JsonTree::Parse(json);
    good += tree.has_value() ? 1 : 0;
    if (!tree) CHECK(tree.error().message().starts_with("line "));
  }
  CHECK(good > 0);
}

}  // namespace
}  // namespace mapfile::text
