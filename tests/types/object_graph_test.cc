#include "lib/types/object_graph.h"

#include <doctest/doctest.h>

#include "tests/types/hostile_bytes.h"
#include "tests/types/random_values.h"

namespace mapfile::zoo {
namespace {

std::string StoreError(const auto& value) {
  MemoryTypeTable types;
  auto bytes = Store(value, types);
  if (bytes) return "none";
  CHECK(bytes.error().code() == Code::kInvalidArgument);
  return bytes.error().message();
}

template <class T>
T Through(const T& value) {
  MemoryTypeTable types;
  const auto bytes = Store(value, types);
  REQUIRE(bytes);
  T copy{};
  REQUIRE(Load(TypeOf<T>(), *bytes, types, &copy));
  CHECK(Store(copy, types).value() == *bytes);
  return copy;
}

// Not described as derived from Shape.
struct Undescribed : Shape {
  double Area() const override { return 0; }
};
MAPFILE_DESCRIBE_AS(Undescribed, "Undescribed", 1, ())

TEST_CASE("cycles through raw pointers and long chains are stored") {
  Node first;
  Node* last = &first;
  for (int i = 1; i <= 1000; ++i) {
    last->next = std::make_unique<Node>();
    last->next->back = last;
    last->next->n = i;
    last = last->next.get();
  }
  first.back = last;
  const Node copy = Through(first);
  const Node* node = &copy;
  for (int i = 0; i < 1000; ++i) node = node->next.get();
  CHECK(node->n == 1000);
  CHECK(copy.back == node);
}

TEST_CASE("an object is stored once, however many share it") {
  Node node;
  node.shared = std::make_shared<Node>();
  node.shared->n = 5;
  node.next = std::make_unique<Node>();
  node.next->shared = node.shared;
  node.next->back = node.shared.get();
  const Node copy = Through(node);
  CHECK(copy.shared == copy.next->shared);
  CHECK(copy.next->back == copy.shared.get());
  CHECK(copy.shared.use_count() == 2);
  CHECK(copy.shared->n == 5);
}

TEST_CASE("an object is found by a pointer to any of its bases") {
  Drawing drawing;
  drawing.shapes.push_back(std::make_unique<Circle>());
  // Shape isn't at the beginning of Circle.
  drawing.chosen = drawing.shapes[0].get();
  REQUIRE(static_cast<void*>(drawing.chosen) !=
          dynamic_cast<void*>(drawing.chosen));
  const Drawing copy = Through(drawing);
  CHECK(copy.chosen == copy.shapes[0].get());
  CHECK(dynamic_cast<Circle*>(copy.chosen) != nullptr);
}

TEST_CASE("a raw pointer to what the value doesn't own is refused") {
  Node outside;
  Node node;
  node.back = &outside;
  CHECK(Has(StoreError(node),
            "a raw pointer to Node leads to an object that nothing in the "
            "value owns"));
  // Also one that dangles: it is never followed.
  node.back = reinterpret_cast<Node*>(0x10);
  CHECK(Has(StoreError(node), "nothing in the value owns"));
  Drawing drawing = MakeDrawing();
  drawing.shapes[2].release();
  CHECK(Has(StoreError(drawing), "a raw pointer to Shape"));
  delete drawing.chosen;
}

TEST_CASE("owners in a circle, and too many levels of them") {
  Node circle;
  circle.shared = std::make_shared<Node>();
  circle.shared->shared = circle.shared;
  CHECK(Has(StoreError(circle), "in a circle"));
  circle.shared->shared = nullptr;

  Node chain;
  Node* last = &chain;
  for (int i = 0; i < 1100; ++i) {
    last->next = std::make_unique<Node>();
    last = last->next.get();
  }
  CHECK(Has(StoreError(chain), "1100 levels"));
}

TEST_CASE("classes that readers couldn't build are refused") {
  Drawing drawing;
  drawing.shapes.push_back(std::make_unique<Stranger>());
  CHECK(Has(StoreError(drawing), "zoo::Stranger, which is not registered"));
  REQUIRE(Registry::Register<Undescribed>());
  drawing.shapes[0] = std::make_unique<Undescribed>();
  CHECK(Has(StoreError(drawing),
            "class Undescribed is not described as derived from Shape"));
}

}  // namespace
}  // namespace mapfile::zoo
