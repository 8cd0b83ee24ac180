#include "lib/heap/backend.h"

namespace mapfile::heap {

// The only thread: what is left undone, one that was killed left.
Status Backend::Lock() { return allocator_.Recover(); }

}  // namespace mapfile::heap
