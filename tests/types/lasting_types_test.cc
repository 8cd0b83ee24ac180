#include "lib/types/lasting_types.h"

#include <doctest/doctest.h>

#include "tests/types/test_classes.h"

namespace mapfile::zoo {
namespace {

TEST_CASE("types of C++ types last, parsed ones do not") {
  CHECK(IsLastingType(TypeOf<Point>()));
  CHECK(IsLastingType(TypeOf<std::vector<double>>()));
  const auto parsed = Type::Parse(TypeOf<Point>().text()).value();
  CHECK(!IsLastingType(*parsed));
}

}  // namespace
}  // namespace mapfile::zoo
