#include "lib/types/memory_type_table.h"

#include <doctest/doctest.h>

namespace mapfile {
namespace {

TEST_CASE("ids count from 1 and stay") {
  MemoryTypeTable types;
  const auto first = Type::Parse("u8").value();
  const auto second = Type::Parse("vector<u8>").value();
  CHECK(types.IdOf(*first).value() == 1);
  CHECK(types.IdOf(*second).value() == 2);
  CHECK(types.IdOf(*first).value() == 1);
  CHECK(types.TypeOf(2).value()->text() == "vector<u8>");
  CHECK(types.TypeOf(0).error().code() == Code::kCorrupt);
  CHECK(types.TypeOf(3).error().code() == Code::kCorrupt);
}

}  // namespace
}  // namespace mapfile
