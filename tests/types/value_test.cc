#include "mapfile/internal/value.h"

#include <doctest/doctest.h>

#include <random>

#include "lib/text/json.h"
#include "tests/types/random_values.h"
#include "tests/types/test_classes.h"

MAPFILE_REGISTER(mapfile::zoo::Square)
MAPFILE_REGISTER(mapfile::zoo::Circle)

namespace mapfile::zoo {
namespace {

template <class T>
T Through(const T& value) {
  MemoryTypeTable types;
  auto bytes = Store(value, types);
  REQUIRE_MESSAGE(bytes.has_value(), (bytes ? "" : bytes.error().message()));
  T copy{};
  auto status = Load(TypeOf<T>(), *bytes, types, &copy);
  REQUIRE_MESSAGE(status.has_value(), (status ? "" : status.error().message()));
  // The same value has the same bytes, whatever was there before.
  auto again = Store(copy, types);
  REQUIRE(again);
  CHECK(*again == *bytes);
  return copy;
}

TEST_CASE("values of every kind come back as they were") {
  CHECK(Through(true) == true);
  CHECK(Through(std::int64_t{-5}) == -5);
  CHECK(Through(1e300) == 1e300);
  CHECK(Through(std::string("a\0b", 3)) == std::string("a\0b", 3));
  CHECK(Through(std::vector<std::byte>(5, std::byte{9})).size() == 5);
  CHECK(Through(std::vector<bool>{true, false, true}) ==
        std::vector<bool>{true, false, true});
  CHECK(Through(std::array<float, 2>{1, 2}) == std::array<float, 2>{1, 2});
  CHECK(Through(std::map<std::string, int>{{"a", 1}, {"b", 2}}).at("b") == 2);
  CHECK(Through(Point{3, 4}) == Point{3, 4});
  CHECK(Through(std::vector<Point>{{1, 2}, {3, 4}})[1] == Point{3, 4});
  CHECK(Through(std::vector<std::string>{}).empty());
}

struct NoPointers {
  std::array<std::unique_ptr<Point>, 0> none;
  std::int32_t number = 0;
};
MAPFILE_DESCRIBE_AS(NoPointers, "NoPointers", 1, (), none, number)

TEST_CASE("pointers of which there are none are stored") {
  NoPointers value;
  value.number = 7;
  CHECK(Through(value).number == 7);
}

TEST_CASE("random values come back as they were") {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const Everything value = RandomValue(random, 0);
    CHECK(Through(value) == value);
  }
}

TEST_CASE("other readers see the same value, and theirs is read here") {
  std::mt19937 random(2);
  for (int i = 0; i < 20; ++i) {
    Everything value = RandomValue(random, 0);
    MemoryTypeTable types;
    auto bytes = Store(value, types);
    REQUIRE(bytes);
    const Type& type = TypeOf<Everything>();
    auto json = text::ToJson(type, *bytes, types);
    REQUIRE(json);
    auto built = text::FromJson(type, *json, types);
    REQUIRE(built);
    Everything copy;
    REQUIRE(Load(type, *built, types, &copy));
    CHECK(copy == value);
  }
}

TEST_CASE("objects are built as what they were") {
  Drawing drawing = MakeDrawing();
  drawing.self = &drawing;
  const Drawing copy = Through(drawing);
  REQUIRE(copy.shapes.size() == 3);
  CHECK(copy.shapes[0]->Area() == 4);
  CHECK(copy.shapes[0]->label == "sq");
  CHECK(copy.shapes[1] == nullptr);
  CHECK(copy.shapes[2]->Area() == 3);
  CHECK(dynamic_cast<const Circle&>(*copy.shapes[2]).tag == 42);
  CHECK(copy.chosen == copy.shapes[2].get());
  CHECK(copy.first == copy.second);
  CHECK(copy.first.use_count() == 2);
}

TEST_CASE("a value may lead to itself") {
  Drawing drawing;
  drawing.self = &drawing;
  MemoryTypeTable types;
  auto bytes = Store(drawing, types);
  REQUIRE(bytes);
  Drawing copy;
  REQUIRE(Load(TypeOf<Drawing>(), *bytes, types, &copy));
  CHECK(copy.self == &copy);
}

TEST_CASE("reading again into an object replaces what its pointers own") {
  const Drawing drawing = MakeDrawing();
  MemoryTypeTable types;
  auto bytes = Store(drawing, types);
  REQUIRE(bytes);
  Drawing copy = MakeDrawing();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(Load(TypeOf<Drawing>(), *bytes, types, &copy));
    CHECK(copy.chosen == copy.shapes[2].get());
    CHECK(copy.shapes[2]->label == "ci");
  }
}

TEST_CASE("in place: edited where it lies, bools made defined") {
  MemoryTypeTable types;
  auto bytes = Store(Point{1, 2}, types);
  REQUIRE(bytes);
  CHECK(internal::EditInPlace<Point>(TypeOf<Point>(), *bytes,
                                     [](Point& p) { p.x += 10; }));
  Point copy;
  REQUIRE(Load(TypeOf<Point>(), *bytes, types, &copy));
  CHECK(copy == Point{11, 2});
  auto refused = internal::EditInPlace<Point>(
      TypeOf<Point>(), *bytes,
      [](Point&) -> Status { return Fail(Code::kConflict, "no"); });
  CHECK(refused.error().code() == Code::kConflict);
  CHECK(internal::EditInPlace<double>(TypeOf<Point>(), *bytes, [](double&) {})
            .error()
            .code() == Code::kTypeMismatch);
  std::vector<std::byte> wild(1, std::byte{0x7f});
  CHECK(internal::EditInPlace<bool>(TypeOf<bool>(), wild,
                                    [](bool& b) { CHECK(b); }));
  CHECK(wild[0] == std::byte{1});
}

}  // namespace
}  // namespace mapfile::zoo
