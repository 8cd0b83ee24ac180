// Codec: all that is made once for a C++ type that is stored.
#ifndef MAPFILE_LIB_TYPES_CODEC_H_
#define MAPFILE_LIB_TYPES_CODEC_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "lib/types/plan.h"
#include "lib/types/soundness.h"
#include "mapfile/internal/shape.h"
#include "mapfile/status.h"
#include "mapfile/type.h"

namespace mapfile::internal {

struct Codec {
  explicit Codec(const Shape& s) : shape(s) {}

  const Shape& shape;
  Status status;  // Why it can't be stored at all: a wrong description
  std::shared_ptr<const Type> type;
  std::shared_ptr<const PlanSet> own;  // For `type`
  FaultToStore fault = nullptr;        // Null: nothing is looked at

  // Plans for other descriptions, by hash.
  mutable std::mutex mutex;
  mutable std::vector<std::pair<std::uint64_t, std::shared_ptr<const PlanSet>>>
      others;
};

// How values of type `stored` are read. TypeMismatch, with both
// descriptions. From any thread.
[[nodiscard]] Result<std::shared_ptr<const PlanSet>> PlanFor(
    const Codec& codec, const Type& stored);

// Where class `base` begins in an object of class `cls`; false: it isn't
// among its described bases, nor itself.
bool FindBase(const Shape& cls, const Shape& base, std::ptrdiff_t& offset);

}  // namespace mapfile::internal

#endif  // MAPFILE_LIB_TYPES_CODEC_H_
