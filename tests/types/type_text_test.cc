#include "lib/types/type_text.h"

#include <doctest/doctest.h>

#include <memory>

namespace mapfile {
namespace {

std::shared_ptr<const Type> Parse(const char* text) {
  return Type::Parse(text).value();
}

TEST_CASE("an expression has no spaces, and the short words") {
  const auto text = [](const char* given) {
    return ExprText(Parse(given)->root());
  };
  CHECK(text(" map < string , vector<int64> > ") == "map<string,vector<i64>>");
  CHECK(text("array< double , 3 >") == "array<f64,3>");
  CHECK(text("array<array<u8,0>,18>") == "array<array<u8,0>,18>");
  CHECK(text("variant<bool,bytes,optional<float>>") ==
        "variant<bool,bytes,optional<f32>>");
  CHECK(text("vector<a::B>\nclass a::B 1 { }") == "vector<a::B>");
}

TEST_CASE("a class is one line") {
  const auto type = Parse(
      "A\nclass A 4000000000:B,C{A*next;vector<C>list;}class B 0{}"
      "class C 1{u8 x;}");
  REQUIRE(type->classes().size() == 3);
  CHECK(ClassText(*type->classes()[0]) ==
        "\nclass A 4000000000 : B, C { A* next; vector<C> list; }");
  CHECK(ClassText(*type->classes()[1]) == "\nclass B 0 { }");
  CHECK(ClassText(*type->classes()[2]) == "\nclass C 1 { u8 x; }");
}

TEST_CASE("the text of a type is all of it, and reads as the same") {
  const auto type =
      Parse("optional<A> class B 2{f64 y;} class A 1:B{A*a;B b;}");
  CHECK(type->text() ==
        "optional<A>\nclass A 1 : B { A* a; B b; }\nclass B 2 { f64 y; }");
  CHECK(Type::Parse(type->text()).value()->text() == type->text());
}

}  // namespace
}  // namespace mapfile
