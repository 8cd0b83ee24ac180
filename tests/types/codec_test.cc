#include "lib/types/codec.h"

#include <doctest/doctest.h>

#include <thread>

#include "tests/types/test_classes.h"

namespace mapfile::zoo {
namespace {

using internal::CodecOf;
using internal::FindBase;
using internal::PlanFor;
using internal::ShapeOf;

std::shared_ptr<const Type> Parse(const std::string& text) {
  return Type::Parse(text).value();
}

std::shared_ptr<const Type> PointOfVersion(int version) {
  return Parse("Point\nclass Point " + std::to_string(version) + " { i16 x; }");
}

TEST_CASE("a type has one codec, made once") {
  const internal::Codec& codec = CodecOf<Point>();
  CHECK(&codec == &CodecOf<Point>());
  CHECK(codec.status);
  CHECK(codec.type->text() == "Point\nclass Point 1 { i32 x; i32 y; }");
  CHECK(codec.own->root->is_bulk);
}

TEST_CASE("plans for other descriptions are made once") {
  const internal::Codec& codec = CodecOf<Point>();
  CHECK(PlanFor(codec, *codec.type).value() == codec.own);
  CHECK(PlanFor(codec, *Parse(codec.type->text())).value() == codec.own);
  const auto other = PlanFor(codec, *PointOfVersion(7)).value();
  CHECK(other != codec.own);
  CHECK(PlanFor(codec, *PointOfVersion(7)).value() == other);
}

TEST_CASE("any number of descriptions can be read, and few are kept") {
  const internal::Codec& codec = CodecOf<Point>();
  for (int i = 0; i < 200; ++i) {
    const auto plan = PlanFor(codec, *PointOfVersion(1000 + i));
    REQUIRE(plan);
    CHECK((*plan)->root->steps.size() == 1);
  }
  CHECK(codec.others.size() <= 64);
}

TEST_CASE("what doesn't fit names both") {
  const auto plan =
      PlanFor(CodecOf<Point>(), *Parse("Point\nclass Point 2 { string x; }"));
  REQUIRE(!plan);
  CHECK(plan.error().code() == Code::kTypeMismatch);
  CHECK(plan.error().message() ==
        "x is stored as string and wanted as i32:\n"
        "stored          wanted\n"
        "class Point 2 | class Point 1\n"
        "  string x    |   i32 x\n"
        "              >   i32 y");
}

TEST_CASE("threads ask for the same plans") {
  std::vector<std::thread> threads;
  std::atomic<int> made = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        if (PlanFor(CodecOf<Everything>(),
                    *Parse("Everything\nclass Everything " +
                           std::to_string(i % 10) + " { string text; }"))) {
          ++made;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(made == 400);
}

TEST_CASE("bases are found where they lie") {
  const Circle circle;
  const auto at = [&](const auto* base) {
    return reinterpret_cast<const std::byte*>(base) -
           reinterpret_cast<const std::byte*>(&circle);
  };
  std::ptrdiff_t offset = -1;
  CHECK(FindBase(ShapeOf<Circle>(), ShapeOf<Circle>(), offset));
  CHECK(offset == 0);
  CHECK(FindBase(ShapeOf<Circle>(), ShapeOf<Tagged>(), offset));
  CHECK(offset == at(static_cast<const Tagged*>(&circle)));
  CHECK(FindBase(ShapeOf<Circle>(), ShapeOf<Shape>(), offset));
  CHECK(offset == at(static_cast<const Shape*>(&circle)));
  CHECK(offset != 0);
  CHECK(!FindBase(ShapeOf<Square>(), ShapeOf<Tagged>(), offset));
  CHECK(!FindBase(ShapeOf<Shape>(), ShapeOf<Square>(), offset));
}

}  // namespace
}  // namespace mapfile::zoo
