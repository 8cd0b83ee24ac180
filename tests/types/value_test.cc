#include "mapfile/internal/value.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "lib/text/json.h"
#include "mapfile/histogram.h"
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
  REQUIRE_MESSAGE(status.has_value(),
                  (status ? "" : status.error().message()));
  // The same value has the same bytes, whatever was there before.
  auto again = Store(copy, types);
  REQUIRE(again);
  CHECK(*again == *bytes);
  return copy;
}

std::string RandomText(std::mt19937& random) {
  std::string text(random() % 20, ' ');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

Everything RandomValue(std::mt19937& random, int depth) {
  Everything e;
  e.flag = random() % 2;
  e.i8 = static_cast<std::int8_t>(random());
  e.u16 = static_cast<std::uint16_t>(random());
  e.f32 = static_cast<float>(random());
  e.f64 = static_cast<double>(random()) / 7;
  e.color = static_cast<Color>(random() % 2);
  e.text = RandomText(random);
  e.bytes.resize(random() % 30, std::byte{7});
  e.three = {static_cast<std::int64_t>(random()), -1, 1};
  e.plain[1] = static_cast<int>(random());
  e.numbers.resize(random() % 200, 1.5);
  e.bits.resize(random() % 1000);
  for (std::size_t i = 0; i < e.bits.size(); ++i) e.bits[i] = random() % 2;
  for (auto n = random() % 4; n > 0; --n) {
    e.words.push_back(RandomText(random));
    e.points.push_back({static_cast<int>(random()), 2});
    e.nested.emplace_back(random() % 9, std::uint8_t{3});
    e.by_name[RandomText(random)] = {1, static_cast<int>(random())};
    e.by_number[static_cast<std::int32_t>(random())].resize(random() % 5, 2);
  }
  if (random() % 2) e.maybe = RandomText(random);
  switch (random() % 3) {
    case 0: e.any = static_cast<std::int32_t>(random()); break;
    case 1: e.any = RandomText(random); break;
    default: e.any = Point{1, static_cast<int>(random())}; break;
  }
  if (depth < 3) {
    for (auto n = random() % 3; n > 0; --n) {
      e.children.push_back(RandomValue(random, depth + 1));
    }
  }
  return e;
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

TEST_CASE("random values come back as they were") {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const Everything value = RandomValue(random, 0);
    CHECK(Through(value) == value);
  }
}

TEST_CASE("numbers in a vector begin on a cache line") {
  const std::vector<double> numbers(10, 2.5);
  MemoryTypeTable types;
  auto bytes = Store(numbers, types);
  REQUIRE(bytes);
  std::uint64_t words[2];
  std::memcpy(words, bytes->data(), sizeof(words));
  CHECK(words[0] == 64);
  CHECK(words[1] == 10);
  CHECK(bytes->size() == 64 + 80);
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

Drawing MakeDrawing() {
  Drawing drawing;
  auto square = std::make_unique<Square>();
  square->label = "sq";
  square->side = 2;
  auto circle = std::make_unique<Circle>();
  circle->tag = 42;
  circle->label = "ci";
  circle->radius = 1;
  drawing.shapes.push_back(std::move(square));
  drawing.shapes.push_back(nullptr);
  drawing.shapes.push_back(std::move(circle));
  drawing.chosen = drawing.shapes[2].get();
  drawing.first = std::make_shared<Circle>();
  drawing.second = drawing.first;
  return drawing;
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

std::string StoreError(const auto& value) {
  MemoryTypeTable types;
  auto bytes = Store(value, types);
  if (bytes) return "none";
  CHECK(bytes.error().code() == Code::kInvalidArgument);
  return bytes.error().message();
}

bool Has(const std::string& text, const char* part) {
  INFO(text);
  return text.find(part) != text.npos;
}

TEST_CASE("what can't be stored says why") {
  Node outside;
  Node node;
  node.back = &outside;
  CHECK(Has(StoreError(node), "nothing in the value owns"));

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

  Drawing drawing;
  drawing.shapes.push_back(std::make_unique<Stranger>());
  CHECK(Has(StoreError(drawing), "zoo::Stranger, which is not registered"));

  Everything deep;
  for (int i = 0; i < 70; ++i) {
    Everything outer;
    outer.children.push_back(std::move(deep));
    deep = std::move(outer);
  }
  CHECK(Has(StoreError(deep), "nested deeper than 64"));
}

TEST_CASE("an object that changes between the passes is refused") {
  std::string text = "short";
  MemoryTypeTable types;
  internal::ValueEncoder<std::string> encoder(text);
  const auto size = encoder.Size(types);
  REQUIRE(size);
  std::vector<std::byte> bytes(*size);
  text = "much longer than before";
  CHECK(Has(encoder.Encode(bytes, types).error().message(), "changed"));
  text = "s";
  CHECK(Has(encoder.Encode(bytes, types).error().message(), "changed"));
}

TEST_CASE("a class that isn't registered here is named") {
  MemoryTypeTable types;
  Drawing drawing = MakeDrawing();
  auto bytes = Store(drawing, types);
  REQUIRE(bytes);
  // The same objects, written by a program that has a class Hexagon.
  class Renamed : public TypeTable {
   public:
    explicit Renamed(TypeTable& types) : types_(types) {}
    Result<std::uint32_t> IdOf(const Type& type) override {
      return types_.IdOf(type);
    }
    Result<std::shared_ptr<const Type>> TypeOf(std::uint32_t id) override {
      auto type = types_.TypeOf(id);
      if (!type || (*type)->name() != "Square") return type;
      return Type::Parse("Hexagon\nclass Hexagon 1 : Shape { f64 side; }\n"
                         "class Shape 1 { string label; }");
    }

   private:
    TypeTable& types_;
  } renamed(types);
  Drawing copy;
  auto status = Load(TypeOf<Drawing>(), *bytes, renamed, &copy);
  REQUIRE(!status);
  CHECK(status.error().code() == Code::kNotFound);
  CHECK(Has(status.error().message(), "class Hexagon"));
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

// Decodes `bytes` after damage; whatever comes, nothing but a result may.
template <class T>
void Damage(const T& value, int rounds, std::mt19937& random) {
  MemoryTypeTable types;
  auto whole = Store(value, types);
  REQUIRE(whole);
  int refused = 0;
  for (int i = 0; i < rounds; ++i) {
    std::vector<std::byte> bytes = *whole;
    if (i % 4 == 0) bytes.resize(random() % bytes.size());
    for (auto n = random() % 4; n > 0 && !bytes.empty(); --n) {
      const std::size_t at = random() % 2 ? random() % bytes.size()
                                          : random() % bytes.size() / 8 * 8;
      bytes[at] = i % 3 ? static_cast<std::byte>(random())
                        : bytes[at] ^ std::byte(1 << random() % 8);
    }
    T copy{};
    if (!Load(TypeOf<T>(), bytes, types, &copy)) ++refused;
  }
  CHECK(refused > rounds / 20);
  CHECK(refused < rounds);
}

TEST_CASE("damaged bytes give errors, and nothing else") {
  std::mt19937 random(3);
  Everything value;
  do {
    value = RandomValue(random, 2);
  } while (value.words.empty() || value.children.empty());
  Damage(value, 40000, random);
  Damage(MakeDrawing(), 40000, random);
  Histogram1D histogram("h", RegularAxis(10, 0, 1));
  Damage(histogram, 20000, random);
}

TEST_CASE("a count can't make it allocate more than there is") {
  MemoryTypeTable types;
  std::vector<std::uint64_t> words = {0, ~std::uint64_t{0} / 8};
  const auto bytes = std::as_bytes(std::span(words));
  std::vector<double> numbers;
  auto status = Load(TypeOf<std::vector<double>>(), bytes, types, &numbers);
  CHECK(status.error().code() == Code::kCorrupt);
  // Each of 64 vectors claims the same bytes.
  std::vector<std::uint64_t> overlap = {16, 64};
  for (int i = 0; i < 64; ++i) {
    overlap.push_back(0);
    overlap.push_back(1000);
  }
  std::vector<std::vector<std::uint8_t>> lists;
  status = Load(TypeOf<std::vector<std::vector<std::uint8_t>>>(),
                std::as_bytes(std::span(overlap)), types, &lists);
  CHECK(Has(status.error().message(), "overlap"));
}

}  // namespace
}  // namespace mapfile::zoo
