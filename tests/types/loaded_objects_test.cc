#include "lib/types/loaded_objects.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/types/hostile_bytes.h"

namespace mapfile::zoo {
namespace {

// Says how many of it there are.
struct Counted {
  Counted() { ++count; }
  Counted(const Counted&) = delete;
  ~Counted() { --count; }
  static inline int count = 0;

  std::int64_t n = 0;
  std::unique_ptr<Counted> next;
  std::shared_ptr<Counted> shared;
  Counted* raw = nullptr;
};
MAPFILE_DESCRIBE_AS(Counted, "Counted", 1, (), n, next, shared, raw)

// Fixed part: {n, next, shared, raw}, 7 words.
constexpr std::uint64_t kFixed = 7;

// Counted is type 1, u8 2, Stranger 3, a class called Alien 4, another
// version of Counted 5, Shape 6.
class Types : public MemoryTypeTable {
 public:
  Types() {
    for (const char* text :
         {mapfile::TypeOf<Counted>().text().c_str(), "u8",
          "Stranger\nclass Stranger 1 : Shape { }\n"
          "class Shape 1 { string label; }",
          "Alien\nclass Alien 1 : Counted { }\nclass Counted 0 { }",
          "Counted\nclass Counted 9 { i8 n; }",
          "Shape\nclass Shape 1 { string label; }"}) {
      CHECK(IdOf(*Type::Parse(text).value()));
    }
  }
};

std::string Refused(const HostileBytes& bytes, Code code = Code::kCorrupt) {
  Types types;
  std::string message;
  {
    Counted value;
    const Status status = Load(TypeOf<Counted>(), bytes.bytes(), types, &value);
    if (!status) {
      CHECK(status.error().code() == code);
      message = status.error().message();
    }
  }
  // Whatever was made on the way is gone.
  CHECK(Counted::count == 0);
  return message;
}

TEST_CASE("all pointers, and an object of another version") {
  // Object at word 7, owned; `raw` leads there, its own back to the value.
  const HostileBytes bytes{1, 5, 56, 1, 64, 5, 56, 2, 3, 0, 0, 0, 0, 1, 0};
  Types types;
  Counted value;
  REQUIRE(Load(TypeOf<Counted>(), bytes.bytes(), types, &value));
  REQUIRE(value.next);
  CHECK(value.next->n == 2);
  CHECK(value.raw == value.next.get());
  REQUIRE(value.shared);
  CHECK(value.shared->n == 3);
  CHECK(value.shared->raw == &value);
  CHECK(Counted::count == 3);
}

TEST_CASE("a value whose pointers are all null") {
  Types types;
  Counted value;
  value.n = 5;
  const auto bytes = Store(value, types);
  REQUIRE(bytes);
  Counted again;
  again.next = std::make_unique<Counted>();
  again.raw = &again;
  REQUIRE(Load(TypeOf<Counted>(), *bytes, types, &again));
  CHECK(again.n == 5);
  CHECK(again.next == nullptr);
  CHECK(again.raw == nullptr);
}

TEST_CASE("types that there are not, or that don't fit") {
  CHECK(Has(Refused({1, 99, 56, 0, 0, 0, 0, 2}), "99"));
  CHECK(Has(Refused({1, 2, 56, 0, 0, 0, 0, 2}),
            "a pointer to Counted leads to u8"));
  CHECK(Has(Refused({1, 3, 56, 0, 0, 0, 0, 2}),
            "a pointer to Counted leads to Stranger"));
  CHECK(Has(Refused({1, std::uint64_t{1} << 32 | 1, 56, 0, 0, 0, 0, 2}),
            "a pointer to type 4294967297"));
  CHECK(Has(Refused({1, 0, 56, 0, 0, 0, 0, 2}), "a pointer to type 0"));
  // Null is all 0; of a type, 0 is the value itself.
  CHECK(Has(Refused({1, 0, 0, 0, 0, 5, 0}),
            "a pointer to the value itself sees Counted"));
}

TEST_CASE("a class that isn't known here is named") {
  const std::string message =
      Refused({1, 4, 56, 0, 0, 0, 0, 2}, Code::kNotFound);
  CHECK(Has(message, "class Alien of an object behind a pointer to Counted"));
  CHECK(Has(message, "MAPFILE_REGISTER"));
}

TEST_CASE("objects outside, and over each other") {
  CHECK(Has(Refused({1, 1, 56, 0, 0, 0, 0}), "beyond its end at 56"));
  CHECK(Has(Refused({1, 1, ~std::uint64_t{0}, 0, 0, 0, 0}), "beyond its end"));
  // Its last word lies outside.
  HostileBytes cut{1, 1, 56, 0, 0, 0, 0};
  CHECK(Has(Refused(cut.Pad(kFixed - 1)), "beyond its end"));
  // In the value's own bytes, which are all counted already.
  CHECK(Has(Refused({1, 5, 8, 0, 0, 0, 0}), "overlap"));
  // One place, two classes.
  CHECK(Has(Refused({1, 5, 56, 1, 56, 0, 0, 2, 0, 0, 0, 0, 0, 0}),
            "objects of two classes at one place"));
}

TEST_CASE("owners that contradict each other leave nothing behind") {
  HostileBytes twice{1, 1, 56, 1, 56, 0, 0};
  CHECK(Has(Refused(twice.Pad(kFixed)), "one of them alone"));
  HostileBytes nobody{1, 0, 0, 0, 0, 1, 56};
  CHECK(Has(Refused(nobody.Pad(kFixed)), "nothing owns"));
  CHECK(Has(Refused({1, 1, 0, 0, 0, 0, 0}), "owns the value itself"));
  // Two objects that own each other, found by a raw pointer.
  CHECK(Has(Refused({1, 0, 0, 0, 0,   1, 56,  //
                     2, 0, 0, 1, 112, 0, 0,   //
                     3, 0, 0, 1, 56,  0, 0}),
            "in a circle"));
}

TEST_CASE("a chain that its own destruction would overflow is refused") {
  constexpr std::uint64_t kLinks = 100000;
  HostileBytes chain{0};
  for (std::uint64_t i = 0; i <= kLinks; ++i) {
    const bool is_last = i == kLinks;
    chain.Add(is_last ? 0 : 1, is_last ? 0 : (i + 1) * kFixed * 8);
    chain.Pad(i == kLinks ? 4 : 5);
  }
  CHECK(Has(Refused(chain), "100000 levels: at most 1024"));
}

TEST_CASE("a class with bases without end is refused in time") {
  // Each of 30 classes has two bases, which have two each, ...
  std::string text = "C0";
  for (int i = 0; i < 30; ++i) {
    const std::string below = std::to_string(i + 1);
    text += "\nclass C" + std::to_string(i) + " 1 : C" + below + ", D" + below +
            " { }\nclass D" + std::to_string(i + 1) + " 1 : C" + below + " { }";
  }
  const auto hostile = Type::Parse(text + "\nclass C30 1 { }");
  REQUIRE(hostile);
  MemoryTypeTable types;
  REQUIRE(types.IdOf(**hostile));
  const HostileBytes bytes{1, 1, 56, 0, 0, 0, 0, 2};
  CHECK(Has(Refusal<Counted>(bytes.bytes(), types), "leads to C0"));
}

TEST_CASE("what can't be made says so") {
  Types types;
  Drawing drawing;
  // `first` is the third word: a Shape, which is abstract.
  HostileBytes bytes{0, 0, 6, 80, 0, 0, 0, 0, 0, 0};
  bytes.Pad(2);
  const Status status = Load(TypeOf<Drawing>(), bytes.bytes(), types, &drawing);
  REQUIRE(!status);
  CHECK(status.error().code() == Code::kTypeMismatch);
  CHECK(Has(status.error().message(), "class Shape can't be made"));
}

}  // namespace
}  // namespace mapfile::zoo
