#include "lib/text/shared_objects.h"

#include <doctest/doctest.h>

#include <cstring>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

TEST_CASE("types that can have pointers") {
  CHECK(LeadsToPointer(ParseType(kGraphType)->root()));
  CHECK(LeadsToPointer(
      ParseType("map<u8,optional<A>>\nclass A 1 : B { }\n"
                "class B 1 { variant<u8,C*> c; }\nclass C 1 { }")
          ->root()));
  CHECK(!LeadsToPointer(ParseType(kRunType)->root()));
}

TEST_CASE("objects are numbered as they are met, if they are shared") {
  Sample sample("array<Node*,4>\nclass Node 1 { i32 n; }",
                R"([{"n": 1}, {"$id": 7, "n": 2}, {"$ref": 7}, null])");
  ValueReader reader(sample.bytes, sample.types);
  auto shared = SharedObjects::Find(*sample.type, reader);
  REQUIRE(shared);
  const auto pointers = reader.ElementsOf(*reader.Root(*sample.type));
  REQUIRE(pointers);
  const auto meet = [&](std::uint64_t i) {
    const auto object = reader.TargetOf((*pointers)[i]);
    REQUIRE(object);
    return shared->Meet(*object);
  };
  CHECK(meet(0).id == 0);
  const auto second = meet(1);
  CHECK(second.id == 1);
  CHECK(second.first);
  const auto third = meet(2);
  CHECK(third.id == 1);
  CHECK(!third.first);
}

TEST_CASE("a chain of any length") {
  // 100,000 nodes of {i32 n; Node* next;}, 24 bytes each.
  const auto type = ParseType("Node\nclass Node 1 { i32 n; Node* next; }");
  ListTypes types;
  const std::uint32_t id = types.IdOf(*type).value();
  constexpr std::uint64_t kCount = 100'000;
  std::vector<std::byte> bytes(24 * kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const std::uint64_t next = i + 1 < kCount ? 24 * (i + 1) : 0;
    std::memcpy(&bytes[24 * i + 8], &id, sizeof(id));
    std::memcpy(&bytes[24 * i + 16], &next, sizeof(next));
  }
  ValueReader reader(bytes, types);
  CHECK(SharedObjects::Find(*type, reader).has_value());
}

}  // namespace
}  // namespace mapfile::text
