// Values that other versions of a class stored, read as this one.
#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <limits>
#include <string>

#include "lib/text/json.h"
#include "lib/types/kinds.h"
#include "lib/types/side_by_side.h"
#include "mapfile/alias.h"
#include "tests/types/hostile_bytes.h"

namespace mapfile::zoo {
namespace {

template <class T>
struct Box {
  T v{};
  std::vector<T> list;
  std::optional<T> maybe;
  std::array<T, 2> pair{};
  std::variant<T, std::string> any;
  std::map<T, T> map;
};

}  // namespace
}  // namespace mapfile::zoo

template <class T>
struct mapfile::Schema<mapfile::zoo::Box<T>> {
  using Box = mapfile::zoo::Box<T>;
  static constexpr std::string_view kName = "Box";
  static constexpr std::uint32_t kVersion = 1;
  using Bases = mapfile::Bases<>;
  static constexpr auto Fields() {
    return std::tuple(
        mapfile::Field("v", &Box::v), mapfile::Field("list", &Box::list),
        mapfile::Field("maybe", &Box::maybe),
        mapfile::Field("pair", &Box::pair), mapfile::Field("any", &Box::any),
        mapfile::Field("map", &Box::map));
  }
};

namespace mapfile::zoo {
namespace {

template <class From>
Box<From> Filled() {
  using Limits = std::numeric_limits<From>;
  Box<From> box;
  box.v = Limits::max();
  box.list = {Limits::lowest(), 0, 1, Limits::max()};
  box.maybe = Limits::lowest();
  box.pair = {Limits::max(), Limits::lowest()};
  box.any = Limits::lowest();
  box.map = {{Limits::lowest(), Limits::max()}, {1, 2}};
  return box;
}

template <class From, class To>
void CheckWidens() {
  INFO(TypeOf<From>().text(), " to ", TypeOf<To>().text());
  const Box<From> before = Filled<From>();
  MemoryTypeTable types;
  const auto bytes = Store(before, types).value();
  Box<To> now;
  now.list = {9};
  now.map[9] = 9;
  REQUIRE(Load(TypeOf<Box<From>>(), bytes, types, &now));
  const auto same = [](To to, From from) {
    return to == static_cast<To>(from) && static_cast<From>(to) == from;
  };
  CHECK(same(now.v, before.v));
  REQUIRE(now.list.size() == before.list.size());
  for (std::size_t i = 0; i < now.list.size(); ++i) {
    CHECK(same(now.list[i], before.list[i]));
  }
  CHECK(same(now.maybe.value(), *before.maybe));
  CHECK(same(now.pair[0], before.pair[0]));
  CHECK(same(now.pair[1], before.pair[1]));
  CHECK(same(std::get<To>(now.any), std::get<From>(before.any)));
  REQUIRE(now.map.size() == 2);
  CHECK(same(now.map.begin()->first, before.map.begin()->first));
  CHECK(same(now.map.begin()->second, before.map.begin()->second));
}

template <class From, class... To>
void CheckWidensToEach() {
  (CheckWidens<From, To>(), ...);
}

TEST_CASE("each legal widening, in every place where a number may be") {
  using I8 = std::int8_t;
  using I16 = std::int16_t;
  using I32 = std::int32_t;
  using I64 = std::int64_t;
  using U8 = std::uint8_t;
  using U16 = std::uint16_t;
  using U32 = std::uint32_t;
  using U64 = std::uint64_t;
  CheckWidensToEach<I8, I8, I16, I32, I64, float, double>();
  CheckWidensToEach<I16, I16, I32, I64, float, double>();
  CheckWidensToEach<I32, I32, I64, double>();
  CheckWidensToEach<I64, I64>();
  CheckWidensToEach<U8, U8, I16, I32, I64, U16, U32, U64, float, double>();
  CheckWidensToEach<U16, U16, I32, I64, U32, U64, float, double>();
  CheckWidensToEach<U32, U32, I64, U64, double>();
  CheckWidensToEach<U64, U64>();
  CheckWidensToEach<float, float, double>();
  CheckWidensToEach<double, double>();
}

template <class From, class To>
void CheckRefused() {
  const Type& stored = TypeOf<Box<From>>();
  const Type& wanted = TypeOf<Box<To>>();
  MemoryTypeTable types;
  const auto bytes = Store(Filled<From>(), types).value();
  Box<To> box;
  box.v = 1;
  const Status status = Load(stored, bytes, types, &box);
  REQUIRE(!status);
  CHECK(status.error().code() == Code::kTypeMismatch);
  const std::string from(TypeOf<From>().name());
  CHECK(status.error().message() ==
        "v is stored as " + from + " and wanted as " + TypeOf<To>().name() +
            ":" + SideBySide(stored, wanted));
  CHECK(box.v == 1);
}

template <class From, class... To>
void CheckRefusedByEach() {
  (CheckRefused<From, To>(), ...);
}

TEST_CASE("whatever would lose a value is refused, with both descriptions") {
  using I8 = std::int8_t;
  using I16 = std::int16_t;
  using I32 = std::int32_t;
  using I64 = std::int64_t;
  using U8 = std::uint8_t;
  using U16 = std::uint16_t;
  using U32 = std::uint32_t;
  using U64 = std::uint64_t;
  CheckRefusedByEach<I8, U8, U16, U32, U64>();
  CheckRefusedByEach<I16, I8, U8, U16, U32, U64>();
  CheckRefusedByEach<I32, I8, I16, U8, U16, U32, U64, float>();
  CheckRefusedByEach<I64, I8, I16, I32, U8, U16, U32, U64, float, double>();
  CheckRefusedByEach<U8, I8>();
  CheckRefusedByEach<U16, I8, I16, U8>();
  CheckRefusedByEach<U32, I8, I16, I32, U8, U16, float>();
  CheckRefusedByEach<U64, I8, I16, I32, I64, U8, U16, U32, float, double>();
  CheckRefusedByEach<float, I8, I16, I32, I64, U8, U16, U32, U64>();
  CheckRefusedByEach<double, I8, I16, I32, I64, U8, U16, U32, U64, float>();
}

struct Head {
  std::int32_t id = 1;
  std::string tag = "none";
};
struct Body {
  double x = 2;
  double y = 3;
};
struct Whole : Head {
  std::int64_t n = 4;
  Body body;
  std::vector<Body> bodies;
  std::map<std::string, Body> by_name;
};
MAPFILE_DESCRIBE_AS(Head, "Head", 1, (), id, tag)
MAPFILE_DESCRIBE_AS(Body, "Body", 1, (), x, y)
MAPFILE_DESCRIBE_AS(Whole, "Whole", 5, (Head), n, body, bodies, by_name)

// JSON stored by a program whose classes are `classes`, read as a Whole.
Status ReadWhole(const std::string& classes, const char* json, Whole* into) {
  const auto stored = Type::Parse("Whole " + classes);
  REQUIRE_MESSAGE(stored, (stored ? "" : stored.error().message()));
  MemoryTypeTable types;
  const auto bytes = text::FromJson(**stored, json, types);
  REQUIRE_MESSAGE(bytes, (bytes ? "" : bytes.error().message()));
  return Load(**stored, *bytes, types, into);
}

TEST_CASE("a base was added since: it keeps what it has") {
  Whole whole;
  whole.tag = "kept";
  REQUIRE(ReadWhole("class Whole 1 { i64 n; }", R"({"n": 7})", &whole));
  CHECK(whole.n == 7);
  CHECK(whole.id == 1);
  CHECK(whole.tag == "kept");
}

TEST_CASE("a base that is gone is passed over, another one read") {
  Whole whole;
  REQUIRE(
      ReadWhole("class Whole 9 : Gone, Head { i64 n; }\n"
                "class Gone 1 { string s; u8 id; }\n"
                "class Head 1 { string tag; i16 id; }",
                R"({"s": "x", "Gone::id": 1, "tag": "t", "Head::id": -5,
                        "n": 6})",
                &whole));
  CHECK(whole.id == -5);
  CHECK(whole.tag == "t");
  CHECK(whole.n == 6);
}

TEST_CASE("a field that went into a base is one that was added") {
  Whole whole;
  REQUIRE(ReadWhole("class Whole 1 { i64 n; i32 id; }", R"({"n": 7, "id": 8})",
                    &whole));
  CHECK(whole.n == 7);
  CHECK(whole.id == 1);
}

TEST_CASE("classes in a class change, too") {
  Whole whole;
  whole.bodies.resize(3);
  REQUIRE(ReadWhole(
      "class Whole 1 { map<string,Body> by_name; vector<Body> bodies; "
      "Body body; }\nclass Body 0 { string more; f32 y; }",
      R"({"by_name": {"k": {"more": "a", "y": 0.5}},
          "bodies": [{"more": "", "y": 1.5}, {"more": "b", "y": -1}],
          "body": {"more": "c", "y": 9}})",
      &whole));
  CHECK(whole.body.y == 9);
  CHECK(whole.body.x == 2);
  REQUIRE(whole.bodies.size() == 2);
  CHECK(whole.bodies[0].y == 1.5);
  CHECK(whole.bodies[1].y == -1);
  // As in a new one, though the vector had elements.
  CHECK(whole.bodies[1].x == 2);
  CHECK(whole.by_name.at("k").y == 0.5);
  CHECK(whole.by_name.at("k").x == 2);
}

// A class that was renamed in, and the one of before, which was told.
struct Newer {
  std::int64_t run = 1;
  double rate_hz = 2;
  std::string note = "none";
};
struct Older {
  std::int32_t run = 3;
  float rate = 4;
};
MAPFILE_DESCRIBE_AS(Newer, "Run", 2, (), run, rate_hz, note)
MAPFILE_ALIAS(Newer, rate_hz, "frequency")
MAPFILE_ALIAS(Newer, rate_hz, "rate")
MAPFILE_ALIAS(Newer, note, "run")
MAPFILE_DESCRIBE_AS(Older, "Run", 1, (), run, rate)
MAPFILE_ALIAS(Older, rate, "rate_hz")

template <class T>
Status ReadAs(const char* text, const char* json, T* into) {
  const auto stored = Type::Parse(text);
  REQUIRE(stored);
  MemoryTypeTable types;
  const auto bytes = text::FromJson(**stored, json, types);
  REQUIRE(bytes);
  return Load(**stored, *bytes, types, into);
}

template <class From, class To>
Status Become(const From& from, To* into) {
  MemoryTypeTable types;
  const auto bytes = Store(from, types);
  REQUIRE(bytes);
  return Load(TypeOf<From>(), *bytes, types, into);
}

TEST_CASE("a field that was renamed is found by its former name") {
  Older older;
  older.run = 7;
  older.rate = 1.5F;
  Newer newer;
  REQUIRE(Become(older, &newer));
  CHECK(newer.run == 7);
  CHECK(newer.rate_hz == 1.5);  // Wider, too
  CHECK(newer.note == "none");  // "run" is another field's name
  REQUIRE(ReadAs("Run\nclass Run 1 { f64 frequency; }", R"({"frequency": 5})",
                 &newer));
  CHECK(newer.rate_hz == 5);
}

TEST_CASE("the name of before reads the new one, if it is told") {
  Older older;
  REQUIRE(ReadAs("Run\nclass Run 2 { f32 rate_hz; i32 run; string note; }",
                 R"({"rate_hz": 2.5, "run": 8, "note": "x"})", &older));
  CHECK(older.run == 8);
  CHECK(older.rate == 2.5F);
  // Narrower is as wrong under another name.
  const Status narrow = Become(Newer(), &older);
  REQUIRE(!narrow);
  CHECK(narrow.error().code() == Code::kTypeMismatch);
  CHECK(
      Has(narrow.error().message(), "run is stored as i64 and wanted as i32:"));
}

TEST_CASE("its own name goes before the others, in their order") {
  Newer newer;
  REQUIRE(ReadAs("Run\nclass Run 3 { f64 rate; f64 rate_hz; f64 frequency; }",
                 R"({"rate": 1, "rate_hz": 2, "frequency": 3})", &newer));
  CHECK(newer.rate_hz == 2);
  REQUIRE(ReadAs("Run\nclass Run 4 { f64 rate; f64 frequency; }",
                 R"({"rate": 1, "frequency": 3})", &newer));
  CHECK(newer.rate_hz == 3);
  const Status kind =
      ReadAs("Run\nclass Run 5 { string rate; }", R"({"rate": "x"})", &newer);
  REQUIRE(!kind);
  CHECK(Has(kind.error().message(),
            "rate_hz is stored as string and wanted as f64:"));
}

// The same class, before and after each kind of change.
struct Before {
  std::int32_t a = 1;
  double gone = 2;
  std::vector<float> list;
};
struct Added {
  std::int32_t extra = 5;
};
struct After : Added {
  std::vector<double> list;
  std::string fresh = "fresh";
  std::int64_t a = 3;
};
MAPFILE_DESCRIBE_AS(Added, "Added", 1, (), extra)
MAPFILE_DESCRIBE_AS(Before, "Changed", 1, (), a, gone, list)
MAPFILE_DESCRIBE_AS(After, "Changed", 2, (Added), list, fresh, a)

TEST_CASE("added, removed, reordered, widened, a base: newer reads older") {
  Before before;
  before.a = -8;
  before.list = {1.5F, 2.5F};
  After after;
  REQUIRE(Become(before, &after));
  CHECK(after.a == -8);
  CHECK(after.list == std::vector<double>{1.5, 2.5});
  CHECK(after.fresh == "fresh");
  CHECK(after.extra == 5);
}

TEST_CASE("older reads newer, as long as nothing became wider") {
  Before before;
  before.gone = 9;
  REQUIRE(
      ReadAs("Changed\nclass Changed 2 : Added { vector<f32> list; "
             "string fresh; i32 a; }\nclass Added 1 { i32 extra; }",
             R"({"list": [4], "fresh": "x", "a": 6, "extra": 7})", &before));
  CHECK(before.a == 6);
  CHECK(before.list == std::vector<float>{4});
  CHECK(before.gone == 9);
  const Status narrow = Become(After(), &before);
  REQUIRE(!narrow);
  CHECK(narrow.error().message() ==
        "a is stored as i64 and wanted as i32:\n"
        "stored                    wanted\n"
        "class Changed 2 : Added | class Changed 1\n"
        "  vector<f64> list      |   vector<f32> list\n"
        "  string fresh          <\n"
        "  i64 a                 |   i32 a\n"
        "                        >   f64 gone\n"
        "class Added 1           <\n"
        "  i32 extra             <");
}

TEST_CASE("the path to what differs is named") {
  Whole whole;
  const auto message = [&](const char* classes, const char* json) {
    const Status status = ReadWhole(classes, json, &whole);
    REQUIRE(!status);
    CHECK(status.error().code() == Code::kTypeMismatch);
    return status.error().message();
  };
  CHECK(Has(message("class Whole 1 { Body body; } class Body 1 { string y; }",
                    R"({"body": {"y": ""}})"),
            "body.y is stored as string and wanted as f64:"));
  CHECK(Has(message("class Whole 1 : Head { } class Head 1 { f64 id; }",
                    R"({"id": 1})"),
            "Head.id is stored as f64 and wanted as i32:"));
  CHECK(Has(message("class Whole 1 { vector<Body> body; } "
                    "class Body 1 { f64 x; }",
                    R"({"body": []})"),
            "body is stored as vector<Body> and wanted as Body:"));
  CHECK(Has(message("class Whole 1 { optional<i64> n; }", R"({"n": 1})"),
            "n is stored as optional<i64> and wanted as i64:"));
  CHECK(Has(message("class Whole 1 { Other body; } class Other 1 { }",
                    R"({"body": {}})"),
            "body is stored as Other and wanted as Body:"));
}

TEST_CASE("an object behind a pointer may be of another version") {
  const auto stored = Type::Parse(
      "Square\nclass Square 7 : Extra, Shape { f32 side; }\n"
      "class Extra 1 { u8 e; }\nclass Shape 7 { bytes none; }");
  REQUIRE(stored);
  MemoryTypeTable types;
  REQUIRE(types.IdOf(**stored).value() == 1);
  // {shapes, first, second, chosen, self}: first is the third word.
  HostileBytes bytes{0, 0, 1, 80, 0, 0, 0, 0, 0, 0};
  // {e and padding, none, side}
  const float side = 3;
  std::uint32_t bits = 0;
  std::memcpy(&bits, &side, sizeof(bits));
  bytes.Add(1, 0).Add(0, bits);
  Drawing drawing;
  REQUIRE(Load(TypeOf<Drawing>(), bytes.bytes(), types, &drawing));
  REQUIRE(drawing.first);
  CHECK(drawing.first->Area() == 9);
  CHECK(drawing.first->label == "");
}

}  // namespace
}  // namespace mapfile::zoo
