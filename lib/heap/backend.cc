#include "lib/heap/backend.h"

#include "lib/base/try.h"

namespace mapfile::heap {

// The only thread: what is left undone, one that was killed left.
Status Backend::Lock() {
  MAPFILE_ASSIGN_OR_RETURN(const bool rolled_back,
                           RollBack(region_, control_offset_));
  (void)rolled_back;
  return {};
}

}  // namespace mapfile::heap
