#include "lib/text/flat_class.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("fields of bases come first, names used twice are qualified") {
  const auto type = ParseType(
      "D\nclass D 1 : B, C { u8 x; u32 z; }\nclass B 1 { u8 x; u8 y; }\n"
      "class C 1 { u16 w; }");
  FlatClasses classes;
  const auto flat = classes.Of(*type->root().cls);
  REQUIRE(flat);
  std::string text;
  for (const FlatField& field : (*flat)->fields) {
    text += field.name + "@" + std::to_string(field.offset) + " ";
  }
  CHECK(text == "B::x@0 y@1 w@2 x@4 z@8 ");
  CHECK((*flat)->index.at("z") == 4);
  CHECK(classes.Of(*type->root().cls).value() == *flat);
  CHECK(IsA(*type->root().cls, "D"));
  CHECK(IsA(*type->root().cls, "C"));
  CHECK(!IsA(*type->root().cls, "E"));
}

TEST_CASE("bases of bases can't multiply without end") {
  // Each class has two that have two: 2^20 copies of one field.
  std::string text = "A0";
  for (int i = 0; i < 20; ++i) {
    const std::string n = std::to_string(i);
    const std::string next = "A" + std::to_string(i + 1);
    text += "\nclass A" + n + " 1 : L" + n + ", R" + n + " { }\nclass L" + n +
            " 1 : " + next + " { }\nclass R" + n + " 1 : " + next + " { }";
  }
  const auto type = Type::Parse(text + "\nclass A20 1 { u8 x; }");
  // The description may be refused as such, too.
  if (!type) return;
  FlatClasses classes;
  const auto flat = classes.Of(*(*type)->root().cls);
  REQUIRE(!flat);
  CHECK(flat.error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::text
