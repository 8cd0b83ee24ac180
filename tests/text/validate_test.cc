#include "lib/text/validate.h"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

// A value with a part of every kind.
constexpr std::string_view kType =
    "All\n"
    "class All 1 : Base { array<string,2> names; vector<vector<u16>> table; "
    "map<string,bytes> blobs; optional<Part> maybe; variant<i64,string> "
    "either; "
    "Part* first; vector<Part*> parts; }\n"
    "class Base 1 { bool on; f64 x; }\n"
    "class Part 1 { u8 n; string text; Part* next; }";
constexpr std::string_view kJson =
    R"({"on": true, "x": 1.5, "names": ["one", "two"],
        "table": [[1, 2, 3], [], [4]], "blobs": {"k": "AAEC"},
        "maybe": {"n": 1, "text": "t", "next": null},
        "either": {"index": 1, "value": "chosen"},
        "first": {"$id": 1, "n": 2, "text": "u",
                  "next": {"n": 3, "text": "v", "next": {"$ref": 1}}},
        "parts": [{"$ref": 1}, null]})";

Status Validate(Sample& sample) {
  return text::Validate(*sample.type, sample.bytes, sample.types);
}

// Where the parts of a value lead to something else; 0 for none.
struct Damage {
  std::string_view type;
  std::string_view json;
  std::size_t at;
  std::uint64_t word;
};

TEST_CASE("values of all kinds are such values") {
  Sample all(kType, kJson);
  CHECK(Validate(all).has_value());
  Sample run(kRunType, R"({"run": 1, "rate_hz": 2, "note": "n",
                           "hits": [1, 2], "on": true, "shift": null})");
  CHECK(Validate(run).has_value());
  Sample number("u8", "7");
  CHECK(Validate(number).has_value());
}

TEST_CASE("what leads nowhere is Corrupt, and says so") {
  const Damage kCases[] = {
      {"string", "\"text\"", 0, 1000},
      {"string", "\"text\"", 8, 1ull << 60},
      {"bytes", "\"AAEC\"", 0, ~0ull},
      {"vector<f64>", "[1, 2]", 8, 3},
      {"vector<string>", R"(["a", "b"])", 16, 1000},
      {"array<string,2>", R"(["a", "b"])", 16, 1000},
      {"map<u64,string>", R"([[1, "a"]])", 24, 1000},
      {"map<string,u64>", R"({"a": 1})", 16, 1000},
      {"optional<u8>", "1", 8, 2},
      {"variant<u8,u16>", R"({"index": 0, "value": 1})", 0, 2},
      {"variant<u8,u16>", R"({"index": 0, "value": 1})", 8, 1000},
      {"variant<u8,string>", R"({"index": 1, "value": "a"})", 16, 1000},
      {"A\nclass A 1 : B { }\nclass B 1 { string s; }", R"({"s": "a"})", 0,
       1000},
      {"A*\nclass A 1 { u64 x; }", R"({"x": 1})", 0, 77},
      {"A*\nclass A 1 { u64 x; }", R"({"x": 1})", 8, 1000},
      {"A*\nclass A 1 { string s; }", R"({"s": "a"})", 16, 1000},
  };
  for (const Damage& damage : kCases) {
    CAPTURE(std::string(damage.type));
    CAPTURE(damage.at);
    Sample sample(damage.type, damage.json);
    REQUIRE(Validate(sample).has_value());
    REQUIRE(damage.at + 8 <= sample.bytes.size());
    std::memcpy(sample.bytes.data() + damage.at, &damage.word, 8);
    const Status valid = Validate(sample);
    REQUIRE(!valid);
    CHECK(valid.error().code() == Code::kCorrupt);
    CHECK(valid.error().message() != "");
  }
}

TEST_CASE("a pointer to an object of another class is Corrupt") {
  Sample sample("A*\nclass A 1 { u64 x; }", R"({"x": 1})");
  const std::uint64_t other =
      sample.types.IdOf(*ParseType("B\nclass B 1 { u64 x; }")).value();
  std::memcpy(sample.bytes.data(), &other, 8);
  const Status valid = Validate(sample);
  REQUIRE(!valid);
  CHECK(valid.error().code() == Code::kCorrupt);
  CHECK(valid.error().message().find("a pointer to A leads to B") !=
        std::string::npos);
}

TEST_CASE("a value is whole only with its last byte") {
  Sample sample(kType, kJson);
  const std::vector<std::byte> whole = sample.bytes;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    sample.bytes.assign(whole.begin(), whole.begin() + size);
    // Padding at the end belongs to no part.
    if (Validate(sample)) CHECK(whole.size() - size < 8);
  }
}

TEST_CASE("what it accepts can be shown, whatever was damaged") {
  Sample sample(kType, kJson);
  const std::vector<std::byte> whole = sample.bytes;
  std::mt19937 random(5);
  int refused = 0;
  for (int round = 0; round < 6000; ++round) {
    CAPTURE(round);
    sample.bytes = whole;
    for (int i = 0; i < 3; ++i) {
      sample.bytes[random() % whole.size()] ^= std::byte(1 << (random() % 8));
    }
    const Status valid = Validate(sample);
    const auto json = ToJson(*sample.type, sample.bytes, sample.types);
    if (!valid) {
      ++refused;
      CHECK(valid.error().code() == Code::kCorrupt);
    } else {
      CHECK_MESSAGE(json, (json ? "" : json.error().message()));
    }
  }
  CHECK(refused > 1000);
}

TEST_CASE("a chain of any length is walked to its end") {
  const auto type = ParseType("Node\nclass Node 1 { string s; Node* next; }");
  ListTypes types;
  const std::uint64_t id = types.IdOf(*type).value();
  constexpr std::uint64_t kCount = 100'000;
  constexpr std::uint64_t kSize = 32;
  std::vector<std::byte> bytes(kSize * kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) {
    // The last one leads to the first one again.
    const std::uint64_t next = kSize * ((i + 1) % kCount);
    std::memcpy(bytes.data() + kSize * i + 16, &id, 8);
    std::memcpy(bytes.data() + kSize * i + 24, &next, 8);
  }
  CHECK(Validate(*type, bytes, types).has_value());
  const std::uint64_t count = 1ull << 40;
  std::memcpy(bytes.data() + kSize * (kCount - 1) + 8, &count, 8);
  const Status valid = Validate(*type, bytes, types);
  REQUIRE(!valid);
  CHECK(valid.error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::text
