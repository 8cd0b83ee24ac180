// CopyShared: copies bytes that another process may be changing.
#ifndef MAPFILE_LIB_BASE_COPY_H_
#define MAPFILE_LIB_BASE_COPY_H_

#include <cstddef>

namespace mapfile {

// Copies `size` bytes of which either side may lie in a shared mapping and
// change meanwhile. The compiler can't look into it, so it can't read a byte
// twice or move the copy across the stamps around it; a torn result is the
// caller's to detect. Under the thread sanitizer it copies relaxed atomic
// words. The ranges must not overlap.
void CopyShared(void* to, const void* from, std::size_t size);

}  // namespace mapfile

#endif  // MAPFILE_LIB_BASE_COPY_H_
