#include "lib/types/side_by_side.h"

#include <doctest/doctest.h>

namespace mapfile {
namespace {

std::string Both(const char* stored, const char* wanted) {
  return SideBySide(**Type::Parse(stored), **Type::Parse(wanted));
}

TEST_CASE("fields that are the same, other ones, gone ones and new ones") {
  CHECK(Both("Run\nclass Run 1 : Base { i64 run; f64 rate; Hit hit; u8 old; }\n"
             "class Base 1 { }\nclass Hit 1 { u8 x; }",
             "Run\nclass Run 2 { vector<Hit> hit; f64 rate; string note; }\n"
             "class Hit 1 { u8 x; }") ==
        "\n"
        "stored               wanted\n"
        "class Run 1 : Base | class Run 2\n"
        "  i64 run          <\n"
        "  f64 rate             f64 rate\n"
        "  Hit hit          |   vector<Hit> hit\n"
        "  u8 old           <\n"
        "                   >   string note\n"
        "class Base 1       <\n"
        "class Hit 1          class Hit 1\n"
        "  u8 x                 u8 x");
}

TEST_CASE("what has no class, and what is of one") {
  CHECK(Both("f64", "i32") == "\nstored   wanted\nf64    | i32");
  CHECK(Both("vector<A>\nclass A 1 { u8 x; }", "A\nclass A 1 { u8 x; }") ==
        "\n"
        "stored      wanted\n"
        "vector<A> | A\n"
        "class A 1   class A 1\n"
        "  u8 x        u8 x");
  CHECK(Both("A\nclass A 1 { }", "B\nclass B 1 { u8 x; }") ==
        "\n"
        "stored      wanted\n"
        "A         | B\n"
        "class A 1 <\n"
        "          > class B 1\n"
        "          >   u8 x");
}

TEST_CASE("a long line moves the others no further than they must be") {
  const std::string text = Both(
      "A\nclass A 1 { variant<string,u8,u16,u32,u64,i8,i16,i32,i64,f32,f64> "
      "anything; u8 x; }",
      "A\nclass A 1 { u8 anything; u16 x; }");
  CHECK(text.find("anything |   u8 anything\n  u8 x    |   u16 x") !=
        std::string::npos);
}

}  // namespace
}  // namespace mapfile
