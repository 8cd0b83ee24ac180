#include "lib/record/births.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace mapfile::record {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

// One round of a radix sort: stable, by the digit at bit `shift`.
void SortByDigit(const std::vector<Born>& from, unsigned shift,
                 std::vector<Born>& to) {
  const auto digit = [shift](const Born& born) {
    return born.birth >> shift & (kDigits - 1);
  };
  std::array<std::size_t, kDigits> places = {};
  for (const Born& born : from) ++places[digit(born)];
  std::size_t sum = 0;
  for (std::size_t& place : places) {
    const std::size_t count = place;
    place = sum;
    sum += count;
  }
  for (const Born& born : from) to[places[digit(born)]++] = born;
}

bool IsSameBirth(const Born& a, const Born& b) { return a.birth == b.birth; }

bool IsBefore(const Born& a, const Born& b) {
  return a.birth != b.birth ? a.birth < b.birth : a.id.offset < b.id.offset;
}

}  // namespace

// Births are small numbers: two rounds put 100,000 records in order.
void SortByBirth(std::vector<Born>& records) {
  std::uint64_t largest = 0;
  for (const Born& born : records) largest = std::max(largest, born.birth);
  std::vector<Born> aside(records.size());
  for (unsigned shift = 0; shift < std::bit_width(largest);
       shift += kDigitBits) {
    SortByDigit(records, shift, aside);
    records.swap(aside);
  }
  const bool has_twins = std::adjacent_find(records.begin(), records.end(),
                                            IsSameBirth) != records.end();
  if (has_twins) std::sort(records.begin(), records.end(), IsBefore);
}

}  // namespace mapfile::record
