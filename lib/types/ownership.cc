#include "lib/types/ownership.h"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/try.h"

namespace mapfile::internal {

Status Ownership::CheckOwners(std::size_t objects, Code code) const {
  struct Owners {
    std::size_t unique = 0;
    std::size_t shared = 0;
  };
  std::vector<Owners> owners(objects);
  for (const Link& link : links_) {
    ++(link.how == Owner::kUnique ? owners[link.owned].unique
                                  : owners[link.owned].shared);
  }
  if (owners[0].unique + owners[0].shared != 0) {
    return Fail(code, "an object in the value owns the value itself");
  }
  for (std::size_t i = 1; i < objects; ++i) {
    if (owners[i].unique > 1 || (owners[i].unique == 1 && owners[i].shared)) {
      return Fail(code, "two pointers own one object, one of them alone");
    }
    if (owners[i].unique + owners[i].shared == 0) {
      return Fail(code, "a pointer leads to an object that nothing owns");
    }
  }
  return {};
}

Status Ownership::Check(std::size_t objects, Code code) const {
  MAPFILE_RETURN_IF_ERROR(CheckOwners(objects, code));
  // Objects are taken once all their owners are, so that each one's level is
  // that of the longest way to it.
  std::vector<std::vector<std::size_t>> owned(objects);
  std::vector<std::size_t> owners(objects);
  for (const Link& link : links_) {
    owned[link.owner].push_back(link.owned);
    ++owners[link.owned];
  }
  std::vector<int> level(objects);
  std::vector<std::size_t> order = {0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t next : owned[order[i]]) {
      level[next] = std::max(level[next], level[order[i]] + 1);
      if (--owners[next] == 0) order.push_back(next);
    }
  }
  if (order.size() < objects) {
    return Fail(code, "objects own one another in a circle: one of the "
                      "pointers has to be a raw one");
  }
  const int deepest = *std::max_element(level.begin(), level.end());
  if (deepest <= kMaxOwnershipLevels) return {};
  return Fail(code, fmt::format("objects own one another through {} levels: "
                                "at most {} are allowed",
                                deepest, kMaxOwnershipLevels));
}

}  // namespace mapfile::internal
