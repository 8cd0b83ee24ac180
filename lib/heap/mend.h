// Mend: a broken chain of blocks, closed again.
#ifndef MAPFILE_LIB_HEAP_MEND_H_
#define MAPFILE_LIB_HEAP_MEND_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lib/base/region.h"
#include "lib/heap/allocator.h"
#include "mapfile/status.h"

namespace mapfile::heap {

// What other parts of the file say of a block.
struct Hint {
  std::uint64_t size = 0;  // Usable bytes, at least
  Kind kind = Kind::kUser;
  std::uint32_t owner = 0;
};
using Hints = std::map<std::uint64_t, Hint>;  // By the usable bytes' offset

struct HeapPlace {
  std::uint64_t control_offset = 0;
  std::uint64_t data_offset = 0;
};

// Makes every block's header hold: from what is left of it, from `hints`, or
// from where the next block begins; then makes lists and counts afresh. The
// region is private to the caller. Returns what was done, in sentences.
// Corrupt: there is no heap that could be mended.
[[nodiscard]] Result<std::vector<std::string>> Mend(Region& region,
                                                    const HeapPlace& place,
                                                    const Hints& hints);

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_MEND_H_
