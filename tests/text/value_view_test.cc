#include "lib/text/value_view.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

void Poke(std::vector<std::byte>& bytes, std::size_t at, std::uint64_t word) {
  std::memcpy(bytes.data() + at, &word, sizeof(word));
}

// The code of what following the root's only link comes to.
template <class Follow>
Code CodeOf(const Sample& sample, Follow follow) {
  Sample copy = sample;
  ValueReader reader(copy.bytes, copy.types);
  const auto root = reader.Root(*copy.type);
  if (!root) return root.error().code();
  const auto found = follow(reader, *root);
  REQUIRE(!found);
  return found.error().code();
}

TEST_CASE("scalars of every kind") {
  for (const char* kind : {"bool", "i8", "i16", "i32", "i64", "u8", "u16",
                           "u32", "u64", "f32", "f64"}) {
    const bool truth = std::string_view(kind) == "bool";
    Sample sample(kind, truth ? "true" : "1");
    ValueReader reader(sample.bytes, sample.types);
    const auto root = reader.Root(*sample.type);
    REQUIRE(root);
    CHECK(root->Number() == 1);
    CHECK(IsScalar(root->kind()));
    CHECK(IsNumber(root->kind()) == !truth);
  }
}

TEST_CASE("elements, text, alternatives, fields") {
  Sample sample("A\nclass A 1 { map<u8,string> m; variant<u8,i64> v; }",
                R"({"m": [[3, "x"], [5, "yz"]],
                    "v": {"index": 1, "value": -7}})");
  ValueReader reader(sample.bytes, sample.types);
  const auto root = reader.Root(*sample.type);
  const auto fields = reader.FieldsOf(*root);
  REQUIRE(fields);
  const auto map = reader.ElementsOf(reader.Field(*root, (*fields)->fields[0]));
  REQUIRE(map);
  CHECK(map->count == 2);
  CHECK((*map)[1].Load<std::uint8_t>() == 5);
  CHECK(reader.TextOf(map->Mapped(1)).value() == "yz");
  const auto chosen =
      reader.AlternativeOf(reader.Field(*root, (*fields)->fields[1]));
  REQUIRE(chosen);
  CHECK(chosen->index == 1);
  CHECK(chosen->value.Load<std::int64_t>() == -7);
}

TEST_CASE("offsets and counts beyond the value") {
  const auto elements = [](ValueReader& reader, const ValueView& view) {
    return reader.ElementsOf(view);
  };
  for (const std::uint64_t word :
       {std::uint64_t{1} << 63, ~std::uint64_t{0}, std::uint64_t{81},
        ~std::uint64_t{0} / 8 + 1}) {
    Sample sample("vector<u64>", "[1, 2]");
    Poke(sample.bytes, 0, word);
    CHECK(CodeOf(sample, elements) == Code::kCorrupt);
    Sample count("vector<u64>", "[1, 2]");
    Poke(count.bytes, 8, word);
    CHECK(CodeOf(count, elements) == Code::kCorrupt);
  }
  Sample optional("optional<u8>", "1");
  optional.bytes.resize(100);
  Poke(optional.bytes, 8, 2);
  CHECK(CodeOf(optional, elements) == Code::kCorrupt);
  Sample cut("vector<u64>", "[]");
  cut.bytes.resize(15);
  CHECK(CodeOf(cut, elements) == Code::kCorrupt);
}

TEST_CASE("alternatives and pointers that don't exist") {
  Sample variant("variant<u8,u8>", R"({"index": 0, "value": 1})");
  const auto alternative = [](ValueReader& reader, const ValueView& view) {
    return reader.AlternativeOf(view);
  };
  Poke(variant.bytes, 0, 2);
  CHECK(CodeOf(variant, alternative) == Code::kCorrupt);
  Poke(variant.bytes, 0, 1);
  Poke(variant.bytes, 8, 17);
  CHECK(CodeOf(variant, alternative) == Code::kCorrupt);

  Sample pointer("A*\nclass A 1 { u64 x; }", R"({"x": 1})");
  const auto target = [](ValueReader& reader, const ValueView& view) {
    return reader.TargetOf(view);
  };
  Poke(pointer.bytes, 8, 17);
  CHECK(CodeOf(pointer, target) == Code::kCorrupt);
  Poke(pointer.bytes, 8, 16);
  Poke(pointer.bytes, 0, 99);
  CHECK(CodeOf(pointer, target) == Code::kCorrupt);
  // A type of the table, but of a class that isn't an A.
  Poke(pointer.bytes, 0,
       pointer.types.IdOf(*ParseType("B\nclass B 1 { u64 x; }")).value());
  CHECK(CodeOf(pointer, target) == Code::kCorrupt);
}

TEST_CASE("a cycle that is followed without care ends") {
  Sample sample("A*\nclass A 1 { A* a; }", R"({"$id": 1, "a": {"$ref": 1}})");
  ValueReader reader(sample.bytes, sample.types);
  auto pointer = reader.Root(*sample.type);
  int steps = 0;
  for (;; ++steps) {
    const auto object = reader.TargetOf(*pointer);
    if (!object) {
      CHECK(object.error().code() == Code::kInvalidArgument);
      break;
    }
    const auto fields = reader.FieldsOf(*object);
    if (!fields) break;
    *pointer = reader.Field(*object, (*fields)->fields[0]);
  }
  CHECK(steps > 0);
  CHECK(steps <= kMaxDepth);
}

TEST_CASE("work is bounded by the bytes there are") {
  Sample sample("vector<u8>", "[1, 2, 3]");
  sample.bytes.resize(1 << 20);
  Poke(sample.bytes, 0, 0);
  Poke(sample.bytes, 8, 1 << 20);
  ValueReader reader(sample.bytes, sample.types);
  const auto root = reader.Root(*sample.type);
  int visits = 0;
  while (reader.ElementsOf(*root) && visits < 1000) ++visits;
  CHECK(visits < 20);
  reader.LiftBound();
  CHECK(reader.ElementsOf(*root).has_value());
}

}  // namespace
}  // namespace mapfile::text
