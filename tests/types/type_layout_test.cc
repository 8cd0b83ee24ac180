#include "lib/types/type_layout.h"

#include <doctest/doctest.h>

namespace mapfile {
namespace {

const ClassNode& ClassOf(const std::shared_ptr<const Type>& type) {
  return *type->root().cls;
}

TEST_CASE("fields lie at their natural alignment") {
  const auto type = Type::Parse(
      "A\nclass A 1 : B { u8 a; f64 b; string c; array<u16,3> d; u8 e; }\n"
      "class B 1 { u16 x; }").value();
  const ClassNode& cls = ClassOf(type);
  CHECK(cls.bases[0].offset == 0);
  CHECK(cls.fields[0].offset == 2);
  CHECK(cls.fields[1].offset == 8);
  CHECK(cls.fields[2].offset == 16);
  CHECK(cls.fields[3].offset == 32);
  CHECK(cls.fields[4].offset == 38);
  CHECK(cls.size == 40);
  CHECK(cls.align == 8);
  CHECK(!cls.in_place);
}

TEST_CASE("in place: numbers without padding") {
  const auto in_place = [](const char* text) {
    return ClassOf(Type::Parse(text).value()).in_place;
  };
  CHECK(in_place("A\nclass A 1 { u32 a; f32 b; array<B,2> c; }\n"
                 "class B 1 { i64 x; }"));
  CHECK(!in_place("A\nclass A 1 { u32 a; f64 b; }"));
  CHECK(!in_place("A\nclass A 1 { f64 b; u32 a; }"));
  CHECK(!in_place("A\nclass A 1 { string s; }"));
  CHECK(!in_place("A\nclass A 1 { A* a; }"));
  CHECK(!in_place("A\nclass A 1 { }"));
}

TEST_CASE("elements are spaced by their alignment") {
  const auto spacing = [](const char* text) {
    return Spacing(Type::Parse(text).value()->root());
  };
  CHECK(spacing("vector<f32>").align == 64);
  CHECK(spacing("vector<f32>").stride == 4);
  CHECK(spacing("vector<string>").align == 8);
  CHECK(spacing("vector<string>").stride == 16);
  CHECK(spacing("map<u8,f64>").stride == 16);
  CHECK(spacing("map<u8,f64>").mapped_offset == 8);
  CHECK(spacing("map<f64,u8>").stride == 16);
  CHECK(spacing("map<f64,u8>").mapped_offset == 8);
  CHECK(spacing("array<f64,2>").align == 8);
}

}  // namespace
}  // namespace mapfile
