#include "tools/common/numbers.h"

#include <doctest/doctest.h>

#include <cmath>

namespace mapfile::tools {
namespace {

TEST_CASE("numbers of a line") {
  CHECK(ParseNumbers("")->empty());
  CHECK(*ParseNumbers(" 1,-2.5;3e2\t+4\r") ==
        std::vector<double>{1, -2.5, 300, 4});
  CHECK(std::isinf(ParseNumbers("1e400")->front()));
  CHECK(ParseNumbers("1e-400")->front() == 0);
  CHECK(std::isnan(ParseNumbers("nan")->front()));
  for (const char* text : {"a", "1x", "1 2 b", "0x", "--1", "+", "+-1"}) {
    CAPTURE(text);
    const auto numbers = ParseNumbers(text);
    CHECK(!numbers);
  }
}

TEST_CASE("a name and its number") {
  CHECK(ParseCount(" a ")->name == "a");
  CHECK(ParseCount("a")->number == 1);
  CHECK(ParseCount("a 0\r")->number == 0);
  CHECK(ParseCount("a 18446744073709551615")->number == UINT64_MAX);
  CHECK(ParseCount("")->name.empty());
  for (const char* text : {"a b", "a -1", "a 1.5", "a 1 2"}) {
    CAPTURE(text);
    const bool is_count = ParseCount(text).has_value();
    CHECK_FALSE(is_count);
  }
}

}  // namespace
}  // namespace mapfile::tools
