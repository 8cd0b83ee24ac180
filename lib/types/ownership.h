// Ownership: which objects of a value own which others.
#ifndef MAPFILE_LIB_TYPES_OWNERSHIP_H_
#define MAPFILE_LIB_TYPES_OWNERSHIP_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "mapfile/internal/shape.h"
#include "mapfile/status.h"

namespace mapfile::internal {

// Destroying an object destroys what it owns, each a call deeper.
inline constexpr int kMaxOwnershipLevels = 1024;

// Objects are numbered; 0 is the value itself.
class Ownership {
 public:
  void Add(std::size_t owner, std::size_t owned, Owner how) {
    links_.push_back({owner, owned, how});
  }

  // Whether each of `objects` can be destroyed exactly once: a failure of
  // code `code` where one is owned by none, by two, in a circle, or through
  // too many levels.
  [[nodiscard]] Status Check(std::size_t objects, Code code) const;

 private:
  struct Link {
    std::size_t owner;
    std::size_t owned;
    Owner how;
  };
  Status CheckOwners(std::size_t objects, Code code) const;

  std::vector<Link> links_;
};

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_OWNERSHIP_H_
