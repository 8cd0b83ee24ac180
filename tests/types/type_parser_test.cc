#include "lib/types/type_parser.h"

#include <doctest/doctest.h>

#include <random>

namespace mapfile {
namespace {

std::string Canonical(std::string_view text) {
  auto type = Type::Parse(text);
  return type ? (*type)->text() : "error: " + type.error().message();
}

std::string ErrorOf(std::string_view text) {
  auto type = Type::Parse(text);
  if (type) return "none";
  CHECK(type.error().code() == Code::kInvalidArgument);
  return type.error().message();
}

TEST_CASE("a description has one canonical text") {
  CHECK(Canonical(" map < string , vector<i64> > ") ==
        "map<string,vector<i64>>");
  CHECK(Canonical("array<int64, 3>") == "array<i64,3>");
  CHECK(Canonical("variant<double,uint8_t,float>") == "variant<f64,u8,f32>");
  CHECK(Canonical("A\nclass B 2{}class A 1:B{i32 x;B*b;}") ==
        "A\nclass A 1 : B { i32 x; B* b; }\nclass B 2 { }");
  CHECK(Canonical("a::B\nclass a::B 1 { }") == "a::B\nclass a::B 1 { }");
  // Classes that nothing leads to are left out.
  CHECK(Canonical("u8\nclass A 1 { }") == "u8");
}

TEST_CASE("equal texts are equal types") {
  const auto type = Type::Parse("A\nclass A 1 { u8 x; }").value();
  const auto same = Type::Parse("A class A 1 { uint8 x; }").value();
  CHECK(type->hash() == same->hash());
  CHECK(type->name() == "A");
  CHECK(Type::Parse(type->text()).value()->text() == type->text());
  CHECK(Type::Parse("A\nclass A 2 { u8 x; }").value()->hash() !=
        type->hash());
}

TEST_CASE("a wrong description is refused with the place") {
  CHECK(ErrorOf("") == "at character 1 of the description: expected a type");
  CHECK(ErrorOf("vector<>") ==
        "at character 8 of the description: expected a type");
  CHECK(ErrorOf("vector<u8").find("expected '>'") != std::string::npos);
  CHECK(ErrorOf("map<u8>").find("expected ','") != std::string::npos);
  CHECK(ErrorOf("vector<Run>") ==
        "at character 8 of the description: Run is neither a type nor a class "
        "that is described here");
  CHECK(ErrorOf("u8*").find("expected \"class\"") != std::string::npos);
  CHECK(ErrorOf("A\nclass A 1 { } class A 2 { }").find("described twice") !=
        std::string::npos);
  CHECK(ErrorOf("A\nclass A 1 { u8 x; u8 x; }").find("field x is there twice") !=
        std::string::npos);
  CHECK(ErrorOf("A\nclass A 1 : B, B { } class B 1 { }").find("named twice") !=
        std::string::npos);
  CHECK(ErrorOf("A\nclass A 1 { u8 x }").find("expected ';'") !=
        std::string::npos);
  CHECK(ErrorOf("A\nclass A 4294967296 { }").find("a number over") !=
        std::string::npos);
  CHECK(ErrorOf("i64\nclass i64 1 { }").find("can't be called") !=
        std::string::npos);
  CHECK(ErrorOf(std::string("u8\0", 3)).find("at character 3") !=
        std::string::npos);
  CHECK(ErrorOf(std::string(2 << 20, 'x')).find("at most 1048576") !=
        std::string::npos);
}

TEST_CASE("what would be too large, too deep or endless is refused") {
  CHECK(ErrorOf("A\nclass A 1 { A a; }").find("inside itself") !=
        std::string::npos);
  CHECK(ErrorOf("A\nclass A 1 { array<B,2> b; }\nclass B 1 : A { }")
            .find("inside itself") != std::string::npos);
  CHECK(Canonical("A\nclass A 1 { vector<A> a; A* b; optional<A> c; }")
            .starts_with("A\n"));
  CHECK(ErrorOf("array<u64,1099511627776>").find("too large") !=
        std::string::npos);
  CHECK(ErrorOf("array<array<array<u8,1000000>,1000000>,1000000>")
            .find("too large") != std::string::npos);
  std::string deep = "u8";
  for (int i = 0; i < 63; ++i) deep = "vector<" + deep + ">";
  CHECK(Canonical(deep) == deep);
  CHECK(ErrorOf("vector<" + deep + ">").find("deeper than 64") !=
        std::string::npos);
  CHECK(ErrorOf(std::string(1 << 20, '<')).find("expected") !=
        std::string::npos);
  // The innermost first: classes that are known don't count from anew.
  std::string chain = "vector<C99>\nclass C0 1 { u8 x; }";
  for (int i = 1; i < 100; ++i) {
    chain += "\nclass C" + std::to_string(i) + " 1 { C" +
             std::to_string(i - 1) + " c; }";
  }
  CHECK(ErrorOf(chain).find("deeper than 64") != std::string::npos);
}

TEST_CASE("random texts are refused or are canonical") {
  constexpr std::string_view kPieces[] = {
      "u8",  "vector", "<", ">", ",", "class", "A", "B", " ", "1",
      "{",   "}",      ";", ":", "*", "map",   "f64", "array", "\n", "x"};
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string text = i % 2 ? "A\nclass A 1 { u8 x; vector<A> y; }" : "";
    for (auto n = random() % 12; n > 0; --n) {
      text.insert(random() % (text.size() + 1), kPieces[random() % 20]);
    }
    auto type = Type::Parse(text);
    if (type) CHECK(Canonical((*type)->text()) == (*type)->text());
  }
}

}  // namespace
}  // namespace mapfile
