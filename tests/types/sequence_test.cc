#include "lib/types/sequence.h"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include "lib/types/codec.h"
#include "lib/types/writer.h"
#include "mapfile/internal/shape_of.h"
#include "tests/types/hostile_bytes.h"

namespace mapfile::internal {
namespace {

template <class T>
const Plan& PlanOf() {
  return *CodecOf<T>().own->root;
}

// The bytes that a walk over the plan writes.
template <class T>
std::vector<std::byte> Walked(const T& value) {
  MemoryTypeTable types;
  std::vector<std::byte> bytes(
      ValueWriter(types, nullptr).Write(CodecOf<T>(), &value).value());
  REQUIRE(ValueWriter(bytes, types, nullptr).Write(CodecOf<T>(), &value));
  return bytes;
}

template <class T>
void CheckSame(const T& value) {
  REQUIRE(PlanOf<T>().is_sequence);
  const Sequence sequence(PlanOf<T>());
  const std::vector<std::byte> walked = Walked(value);
  REQUIRE(sequence.Size(&value) == walked.size());
  // Where bytes were before: all of them are written.
  std::vector<std::byte> bytes(walked.size(), std::byte{0xee});
  REQUIRE(sequence.Write(&value, bytes));
  CHECK(bytes == walked);
  T read;
  REQUIRE(sequence.Load(bytes, &read));
  CHECK(read == value);
  bytes.emplace_back();
  CHECK(!sequence.Write(&value, bytes));
}

TEST_CASE("the same bytes as by a walk over the plan") {
  for (const std::size_t n : {0, 1, 3, 63, 64, 1000}) {
    CAPTURE(n);
    CheckSame(std::string(n, 'x'));
    CheckSame(std::vector<std::byte>(n, std::byte{7}));
    CheckSame(std::vector<std::uint8_t>(n, 7));
    CheckSame(std::vector<std::int16_t>(n, -7));
    CheckSame(std::vector<double>(n, 0.5));
    CheckSame(std::vector<zoo::Point>(n, zoo::Point{}));
  }
}

TEST_CASE("other shapes are no sequences") {
  CHECK(!PlanOf<double>().is_sequence);
  CHECK(!PlanOf<std::vector<bool>>().is_sequence);
  CHECK(!PlanOf<std::vector<std::string>>().is_sequence);
}

TEST_CASE("damaged bytes leave the object as it was") {
  constexpr std::uint64_t kHuge = ~std::uint64_t{0};
  constexpr std::uint64_t kContent = 0x6d6d6d6d6d6d6d6d;
  const Sequence text(PlanOf<std::string>());
  const Sequence numbers(PlanOf<std::vector<double>>());
  std::string word = "old";
  std::vector<double> values = {1, 2};
  for (const auto& words : {std::pair{std::uint64_t{16}, std::uint64_t{9}},
                            {17, 8},
                            {kHuge, 1},
                            {kHuge - 7, 8},
                            {16, kHuge},
                            {0, 17},
                            {0, kHuge / 8 + 2},
                            {kHuge, kHuge}}) {
    CAPTURE(words.first);
    CAPTURE(words.second);
    const zoo::HostileBytes bytes{words.first, words.second, kContent};
    CHECK(!text.Load(bytes.bytes(), &word));
    CHECK(!numbers.Load(bytes.bytes(), &values));
  }
  CHECK(!text.Load(zoo::HostileBytes{16, 1}.bytes().first(15), &word));
  CHECK(word == "old");
  CHECK(values == std::vector<double>{1, 2});
  CHECK(text.Load(zoo::HostileBytes{16, 8, kContent}.bytes(), &word));
  CHECK(word == "mmmmmmmm");
  // Nothing is anywhere.
  CHECK(numbers.Load(zoo::HostileBytes{kHuge, 0}.bytes(), &values));
  CHECK(values.empty());
}

}  // namespace
}  // namespace mapfile::internal
