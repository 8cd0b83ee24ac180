#include "lib/record/claims.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/record/test_table.h"

namespace mapfile::record {
namespace {

struct World {
  World() : space(*Space::Of(t.region, &t.host)) {
    record = AddText(*t.table, "a", 'x', 10).value();
    const Block block = Block::At(t.region, record.offset).value();
    value = block.slots[0].offset;
  }

  TestTable t;
  std::optional<Space> space;
  RecordId record;
  std::uint64_t value = 0;
};

std::vector<std::string> Messages(std::vector<Finding> findings) {
  std::vector<std::string> messages;
  for (Finding& finding : findings) messages.push_back(finding.message);
  return messages;
}

bool HasOne(const std::vector<std::string>& messages, const std::string& text) {
  return std::count(messages.begin(), messages.end(), text) == 1;
}

TEST_CASE("a block is claimed once") {
  World world;
  Claims claims(*world.space);
  REQUIRE(claims.Collect());
  CHECK(claims.blocks() > 2);
  CHECK(claims.record_blocks() ==
        std::vector<std::uint64_t>{world.record.offset});
  CHECK(!claims.IsTaken(world.value));
  CHECK(claims.Take(Part::kRecord, 8, "a", "slot 0", world.value,
                    heap::Kind::kValue));
  CHECK(claims.IsTaken(world.value));
  CHECK(claims.found_nothing());
  CHECK(!claims.Take(Part::kRecord, 16, "a", "slot 1", world.value,
                     heap::Kind::kValue));
  const auto messages = Messages(std::move(claims).Finish());
  CHECK(HasOne(messages, "slot 1 shares the block at offset " +
                             std::to_string(world.value) + " with another"));
}

TEST_CASE("0 leads nowhere, other offsets to a block of the kind") {
  World world;
  Claims claims(*world.space);
  REQUIRE(claims.Collect());
  CHECK(claims.Take(Part::kRecord, 8, "a", "slot 0", 0, heap::Kind::kValue));
  CHECK(claims.found_nothing());
  for (const std::uint64_t wrong :
       {world.value + 16, world.record.offset, ~std::uint64_t{0}}) {
    CHECK(!claims.Take(Part::kRecord, 8, "a", "slot 0", wrong,
                       heap::Kind::kValue));
  }
  const auto messages = Messages(std::move(claims).Finish());
  CHECK(HasOne(messages, "slot 0 leads to offset " +
                             std::to_string(world.record.offset) +
                             ", where there is no value"));
}

TEST_CASE("what nothing leads to is found") {
  World world;
  Claims claims(*world.space);
  REQUIRE(claims.Collect());
  const auto messages = Messages(std::move(claims).Finish());
  CHECK(HasOne(messages, "nothing leads to the value at offset " +
                             std::to_string(world.value)));
  CHECK(HasOne(messages, "nothing leads to the record at offset " +
                             std::to_string(world.record.offset)));
}

TEST_CASE("a broken chain ends the walk, claims are still judged") {
  World world;
  *world.t.region.At<std::uint64_t>(world.value - 16) ^= 1 << 20;
  Claims claims(*world.space);
  CHECK(!claims.Collect());
  CHECK(!claims.Take(Part::kRecord, 8, "a", "slot 0", world.value,
                     heap::Kind::kValue));
  CHECK(claims.Take(Part::kIndex, 8, "", "the index", world.record.offset,
                    heap::Kind::kRecord));
}

}  // namespace
}  // namespace mapfile::record
