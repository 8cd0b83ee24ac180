// Values that other versions of a class stored, read as this one.
#include <doctest/doctest.h>

#include <cstring>
#include <string>

#include "tests/types/hostile_bytes.h"
#include "tests/types/read_as.h"

namespace mapfile::zoo {
namespace {

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
