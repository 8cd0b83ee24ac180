#include "lib/types/ownership.h"

#include <doctest/doctest.h>

#include <string>

namespace mapfile::internal {
namespace {

struct Link {
  std::size_t owner;
  std::size_t owned;
  Owner how = Owner::kUnique;
};

// Empty where all is well.
std::string Judge(std::size_t objects, std::initializer_list<Link> links,
                  Code code = Code::kCorrupt) {
  Ownership ownership;
  for (const Link& link : links) {
    ownership.Add(link.owner, link.owned, link.how);
  }
  const Status status = ownership.Check(objects, code);
  if (status) return "";
  CHECK(status.error().code() == code);
  return status.error().message();
}

TEST_CASE("a value alone, a tree, and what is shared") {
  CHECK(Judge(1, {}) == "");
  CHECK(Judge(4, {{0, 1}, {0, 2}, {2, 3}}) == "");
  CHECK(Judge(3, {{0, 1, Owner::kShared},
                  {0, 2},
                  {2, 1, Owner::kShared},
                  {0, 1, Owner::kShared}}) == "");
}

TEST_CASE("nothing owns the value itself") {
  CHECK(Judge(2, {{0, 1}, {1, 0}}) ==
        "an object in the value owns the value itself");
  CHECK(Judge(1, {{0, 0, Owner::kShared}}) ==
        "an object in the value owns the value itself");
}

TEST_CASE("who owns alone is alone") {
  constexpr char kTwo[] = "two pointers own one object, one of them alone";
  CHECK(Judge(2, {{0, 1}, {0, 1}}) == kTwo);
  CHECK(Judge(2, {{0, 1}, {0, 1, Owner::kShared}}) == kTwo);
  CHECK(Judge(2, {{0, 1, Owner::kShared}, {0, 1}}) == kTwo);
}

TEST_CASE("everything is owned") {
  CHECK(Judge(2, {}) == "a pointer leads to an object that nothing owns");
  CHECK(Judge(3, {{0, 2}}, Code::kInvalidArgument) ==
        "a pointer leads to an object that nothing owns");
}

TEST_CASE("circles are refused, off the way from the value, too") {
  const std::string circle =
      "objects own one another in a circle: one of the "
      "pointers has to be a raw one";
  CHECK(Judge(2, {{1, 1}}) == circle);
  CHECK(Judge(3, {{0, 1}, {1, 2, Owner::kShared}, {2, 2, Owner::kShared}}) ==
        circle);
  CHECK(Judge(4, {{0, 1}, {2, 3}, {3, 2}}) == circle);
}

std::string JudgeChain(std::size_t levels) {
  Ownership ownership;
  for (std::size_t i = 0; i < levels; ++i) {
    ownership.Add(i, i + 1, Owner::kShared);
    // A short cut doesn't make it shallow.
    ownership.Add(0, i + 1, Owner::kShared);
  }
  const Status status = ownership.Check(levels + 1, Code::kCorrupt);
  return status ? "" : status.error().message();
}

TEST_CASE("the longest way to an object is what counts") {
  CHECK(JudgeChain(kMaxOwnershipLevels) == "");
  CHECK(JudgeChain(kMaxOwnershipLevels + 1) ==
        "objects own one another through 1025 levels: at most 1024 are "
        "allowed");
}

}  // namespace
}  // namespace mapfile::internal
