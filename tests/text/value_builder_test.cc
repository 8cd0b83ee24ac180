#include "lib/text/value_builder.h"

#include <doctest/doctest.h>

#include "tests/text/test_types.h"

namespace mapfile::text {
namespace {

std::uint64_t WordAt(const std::vector<std::byte>& bytes, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof(word));
  return word;
}

TEST_CASE("numbers begin on a cache line, other things where they may") {
  ValueBuilder builder(32);
  const auto numbers = ParseType("vector<f64>");
  const auto strings = ParseType("vector<string>");
  CHECK(builder.AppendElements(0, numbers->root(), 2) == 64);
  CHECK(builder.size() == 80);
  CHECK(builder.AppendElements(16, strings->root(), 1) == 80);
  builder.AppendText(80, "abc");
  CHECK(builder.Append(4, 4) == 100);
  const auto bytes = builder.Take();
  CHECK(bytes.size() == 104);
  CHECK(WordAt(bytes, 0) == 64);
  CHECK(WordAt(bytes, 8) == 2);
  CHECK(WordAt(bytes, 16) == 80);
  CHECK(WordAt(bytes, 80) == 96);
  CHECK(WordAt(bytes, 88) == 3);
  CHECK(bytes[98] == std::byte{'c'});
  CHECK(bytes[99] == std::byte{0});
}

TEST_CASE("nothing has offset and count zero") {
  ValueBuilder builder(16);
  builder.AppendText(0, "");
  CHECK(builder.AppendElements(0, ParseType("vector<u8>")->root(), 0) == 0);
  CHECK(builder.Take() == std::vector<std::byte>(16));
}

TEST_CASE("a value without classes has no table") {
  NoTypes types;
  CHECK(types.IdOf(*ParseType("u8")).error().code() == Code::kInvalidArgument);
  CHECK(types.TypeOf(1).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile::text
