#include "lib/types/shape_text.h"

#include <doctest/doctest.h>

#include "tests/types/test_classes.h"

namespace mapfile::zoo {
namespace {

struct Twin {
  int x = 0;
};
struct OtherTwin {
  int y = 0;
};
struct Pair {
  Twin first;
  std::vector<std::optional<OtherTwin>> second;
};
struct Same {
  Twin first;
  std::map<int, Twin> second;
};
struct HiddenPair {
  std::vector<Pair*> pairs;
};
MAPFILE_DESCRIBE_AS(Twin, "Twin", 1, (), x)
MAPFILE_DESCRIBE_AS(OtherTwin, "Twin", 1, (), y)
MAPFILE_DESCRIBE_AS(Pair, "Pair", 1, (), first, second)
MAPFILE_DESCRIBE_AS(Same, "Same", 1, (), first, second)
MAPFILE_DESCRIBE_AS(HiddenPair, "HiddenPair", 1, (), pairs)

template <class T>
std::string Expr() {
  return internal::ExprText(internal::ShapeOf<T>());
}

TEST_CASE("every form has its expression") {
  CHECK(Expr<bool>() == "bool");
  CHECK(Expr<char>() == (std::is_signed_v<char> ? "i8" : "u8"));
  CHECK(Expr<long long>() == "i64");
  CHECK(Expr<Color>() == "u16");
  CHECK(Expr<std::vector<bool>>() == "vector<bool>");
  CHECK(Expr<std::vector<std::byte>>() == "bytes");
  CHECK(Expr<std::array<std::array<float, 2>, 3>>() == "array<array<f32,2>,3>");
  CHECK(Expr<std::map<std::string, std::optional<Point>>>() ==
        "map<string,optional<Point>>");
  CHECK(Expr<std::variant<int, std::vector<std::shared_ptr<Shape>>>>() ==
        "variant<i32,vector<Shape*>>");
}

// What a library says of a C++ type is what it reads.
template <class T>
void CheckText() {
  const auto text = internal::DescriptionText(internal::ShapeOf<T>());
  REQUIRE(text);
  CHECK(Type::Parse(*text).value()->text() == *text);
}

TEST_CASE("a description is canonical as it is made") {
  CheckText<double>();
  CheckText<Everything>();
  CheckText<Drawing>();
  CheckText<Circle>();
  CheckText<Node>();
  CheckText<std::map<int, Same>>();
}

TEST_CASE("each class is described once, in the order of being met") {
  CHECK(internal::DescriptionText(internal::ShapeOf<Same>()).value() ==
        "Same\nclass Same 1 { Twin first; map<i32,Twin> second; }\n"
        "class Twin 1 { i32 x; }");
}

TEST_CASE("two classes under one name are refused, wherever they are") {
  const auto pair = internal::DescriptionText(internal::ShapeOf<Pair>());
  REQUIRE(!pair);
  CHECK(pair.error().code() == Code::kInvalidArgument);
  CHECK(pair.error().message() ==
        "Pair leads to two C++ classes that are described under one name");
  CHECK(!internal::DescriptionText(internal::ShapeOf<HiddenPair>()));
  // And nothing of such a class is ever stored.
  MemoryTypeTable types;
  CHECK(Store(Pair(), types).error().code() == Code::kInvalidArgument);
  Pair value;
  CHECK(!Load(TypeOf<Point>(), {}, types, &value));
}

}  // namespace
}  // namespace mapfile::zoo
