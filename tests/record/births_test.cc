#include "lib/record/births.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace mapfile::record {
namespace {

// Offsets tell them apart.
std::vector<std::uint64_t> OffsetsInOrder(std::vector<Born> records) {
  SortByBirth(records);
  std::vector<std::uint64_t> offsets;
  for (const Born& born : records) offsets.push_back(born.id.offset);
  return offsets;
}

TEST_CASE("nothing and one thing are in order") {
  CHECK(OffsetsInOrder({}).empty());
  CHECK(OffsetsInOrder({{7, {64, 1}}}) == std::vector<std::uint64_t>{64});
}

TEST_CASE("records come in the order of their births") {
  for (const std::uint64_t step :
       {std::uint64_t{1}, std::uint64_t{1000}, std::uint64_t{1} << 50}) {
    CAPTURE(step);
    std::vector<Born> records;
    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 0; i < 5000; ++i) {
      records.push_back({i * step, {64 * (5000 - i), 1}});
      expected.push_back(64 * (5000 - i));
    }
    std::shuffle(records.begin(), records.end(), std::minstd_rand(1));
    CHECK(OffsetsInOrder(records) == expected);
  }
}

TEST_CASE("births may be any numbers") {
  const std::uint64_t last = ~std::uint64_t{0};
  CHECK(OffsetsInOrder({{last, {1, 1}}, {0, {2, 1}}, {last - 1, {3, 1}}}) ==
        std::vector<std::uint64_t>{2, 3, 1});
}

TEST_CASE("of one birth, the offset decides") {
  CHECK(OffsetsInOrder({{5, {30, 1}},
                        {5, {10, 1}},
                        {4, {99, 1}},
                        {5, {30, 1}},
                        {5, {20, 1}}}) ==
        std::vector<std::uint64_t>{99, 10, 20, 30, 30});
}

}  // namespace
}  // namespace mapfile::record
