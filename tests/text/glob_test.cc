#include "lib/text/glob.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace mapfile::text {
namespace {

bool Matches(std::string_view pattern, std::string_view name) {
  const auto glob = Glob::Parse(pattern);
  REQUIRE(glob);
  return glob->Matches(name);
}

TEST_CASE("plain names match themselves") {
  CHECK(Matches("detector/ecal", "detector/ecal"));
  CHECK(!Matches("ecal", "detector/ecal"));
  CHECK(!Matches("Ecal", "ecal"));
  CHECK(Matches("", ""));
  CHECK(!Matches("", "a"));
}

TEST_CASE("a star stays in its path element") {
  CHECK(Matches("*", "energy"));
  CHECK(!Matches("*", "detector/energy"));
  CHECK(Matches("detector/*/energy", "detector/ecal/energy"));
  CHECK(!Matches("detector/*", "detector/ecal/energy"));
  CHECK(Matches("e*y", "energy"));
  CHECK(Matches("e*", "e"));
  CHECK(Matches("*a*b*", "xxaxxbxx"));
  CHECK(Matches("*", ".hidden"));
}

TEST_CASE("two stars cross") {
  CHECK(Matches("**", "a/b/c"));
  CHECK(Matches("a/**", "a/b/c"));
  CHECK(!Matches("a/**", "a"));
  CHECK(Matches("**/c", "a/b/c"));
  CHECK(Matches("**/c", "c"));
  CHECK(!Matches("**/c", "a/xc"));
  CHECK(Matches("a/**/c", "a/c"));
  CHECK(Matches("a/**/c", "a/b/b/c"));
  CHECK(Matches("a/**/**/c", "a/c"));
  CHECK(!Matches("a/**/c", "a/bc"));
  CHECK(Matches("a**c", "a/b/c"));
}

TEST_CASE("one character, sets, escapes") {
  CHECK(Matches("h?", "h1"));
  CHECK(Matches("h?", "hé"));  // A character, not a byte
  CHECK(!Matches("a?b", "a/b"));
  CHECK(Matches("h[0-9a]", "h7"));
  CHECK(!Matches("h[0-9]", "hx"));
  CHECK(Matches("h[!0-9]", "hx"));
  CHECK(!Matches("a[!x]b", "a/b"));
  CHECK(Matches("[]]", "]"));
  CHECK(Matches("[a-]", "-"));
  CHECK(Matches("\\*", "*"));
  CHECK(!Matches("\\*", "a"));
  CHECK(Matches("?", "\xff"));
  CHECK(!Matches("ÿ", "\xff"));
  CHECK(!Glob::Parse("["));
  CHECK(!Glob::Parse("[]"));
  CHECK(!Glob::Parse("[a-"));
  CHECK(!Glob::Parse("a\\"));
  CHECK(Glob::IsPattern("a*"));
  CHECK(!Glob::IsPattern("a/b"));
}

TEST_CASE("hostile patterns neither hang nor crash") {
  std::string pattern;
  for (int i = 0; i < 120; ++i) pattern += "*a";
  CHECK(!Matches(pattern + "b", std::string(255, 'a')));
  std::mt19937 random(1);
  constexpr std::string_view kLetters = "ab*?[]!-\\/\xff";
  for (int i = 0; i < 20000; ++i) {
    std::string noise(random() % 12, ' ');
    for (char& c : noise) c = kLetters[random() % kLetters.size()];
    const auto glob = Glob::Parse(noise);
    if (glob) (void)glob->Matches("a/b/ab");
  }
}

}  // namespace
}  // namespace mapfile::text
