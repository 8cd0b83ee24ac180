#include "lib/base/region.h"

#include <string>

namespace mapfile {

Status Region::Grow(std::uint64_t size) {
  if (size <= this->size()) return {};
  return Fail(Code::kNoSpace, "the region holds " +
                                  std::to_string(this->size()) + " bytes and " +
                                  std::to_string(size) + " are needed");
}

}  // namespace mapfile
