// Classes that several tests of types store.
#ifndef MAPFILE_TESTS_TYPES_TEST_CLASSES_H_
#define MAPFILE_TESTS_TYPES_TEST_CLASSES_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "lib/types/memory_type_table.h"
#include "mapfile/registry.h"
#include "mapfile/schema.h"

namespace mapfile::zoo {

struct Point {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};
MAPFILE_DESCRIBE(Point, 1, x, y)

enum class Color : std::uint16_t { kRed, kGreen };

// Every kind of field, except pointers.
struct Everything {
  bool flag = false;
  std::int8_t i8 = 0;
  std::uint16_t u16 = 0;
  float f32 = 0;
  double f64 = 0;
  Color color = Color::kRed;
  std::string text;
  std::vector<std::byte> bytes;
  std::array<std::int64_t, 3> three = {};
  int plain[2] = {};
  std::vector<double> numbers;
  std::vector<bool> bits;
  std::vector<std::string> words;
  std::vector<Point> points;
  std::vector<std::vector<std::uint8_t>> nested;
  std::map<std::string, Point> by_name;
  std::map<std::int32_t, std::vector<float>> by_number;
  std::optional<std::string> maybe;
  std::variant<std::int32_t, std::string, Point> any;
  Point point;
  std::vector<Everything> children;
  friend bool operator==(const Everything&, const Everything&) = default;
};
MAPFILE_DESCRIBE(Everything, 3, flag, i8, u16, f32, f64, color, text, bytes,
                 three, plain, numbers, bits, words, points, nested, by_name,
                 by_number, maybe, any, point, children)

// Polymorphic, and linked in every way.
struct Shape {
  virtual ~Shape() = default;
  virtual double Area() const = 0;
  std::string label;
};
MAPFILE_DESCRIBE(Shape, 1, label)

struct Tagged {
  virtual ~Tagged() = default;
  std::int32_t tag = 0;
};
MAPFILE_DESCRIBE(Tagged, 1, tag)

struct Square : Shape {
  double Area() const override { return side * side; }
  double side = 0;
};
MAPFILE_DESCRIBE_DERIVED(Square, 1, (Shape), side)

// Shape isn't at its beginning.
struct Circle : Tagged, Shape {
  double Area() const override { return 3 * radius * radius; }
  double radius = 0;
};
MAPFILE_DESCRIBE_DERIVED(Circle, 1, (Tagged, Shape), radius)

// Never registered.
struct Stranger : Shape {
  double Area() const override { return -1; }
};
MAPFILE_DESCRIBE_DERIVED(Stranger, 1, (Shape))

struct Drawing {
  std::vector<std::unique_ptr<Shape>> shapes;
  std::shared_ptr<Shape> first;
  std::shared_ptr<Shape> second;
  Shape* chosen = nullptr;
  Drawing* self = nullptr;
};
MAPFILE_DESCRIBE(Drawing, 1, shapes, first, second, chosen, self)

struct Node {
  std::int32_t n = 0;
  std::unique_ptr<Node> next;
  std::shared_ptr<Node> shared;
  Node* back = nullptr;
};
MAPFILE_DESCRIBE(Node, 1, n, next, shared, back)

// The stored bytes of `value`, or the error.
template <class T>
Result<std::vector<std::byte>> Store(const T& value, TypeTable& types) {
  internal::ValueEncoder<T> encoder(value);
  auto size = encoder.Size(types);
  if (!size) return Fail(size.error());
  // Room that was used before, and a bound right behind it.
  std::vector<std::byte> bytes(*size, std::byte{0xee});
  auto status = encoder.Encode(bytes, types);
  if (!status) return Fail(status.error());
  return bytes;
}

template <class T>
Status Load(const Type& stored, std::span<const std::byte> bytes,
            TypeTable& types, T* into) {
  return internal::ValueDecoder<T>(into).Decode(stored, bytes, types);
}

}  // namespace mapfile::zoo

#endif  // MAPFILE_TESTS_TYPES_TEST_CLASSES_H_
