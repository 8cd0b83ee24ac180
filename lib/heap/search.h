// Search: which free block to take.
#ifndef MAPFILE_LIB_HEAP_SEARCH_H_
#define MAPFILE_LIB_HEAP_SEARCH_H_

#include <cstdint>

#include "lib/heap/blocks.h"

namespace mapfile::heap {

// What a block is wanted for.
struct Wanted {
  std::uint64_t size = 0;   // With its header; a multiple of 16
  std::uint64_t align = 0;  // Of its usable bytes

  // The size of a free block that has room for it wherever it lies.
  std::uint64_t Worst() const {
    return align <= format::kBlockAlign ? size
                                        : size + align + format::kMinBlockSize;
  }
};

struct Found {
  BlockView block;          // Free; at == 0: there is none
  std::uint64_t start = 0;  // Where in it the header of the new one goes
};

// A free block with room for it, among the smallest that have it: first a
// few of just that size, then any of the next size up. Looks at a bounded
// number of blocks, more of them only before it gives up.
Fault Search(const Blocks& blocks, const Wanted& wanted, Found& found);

}  // namespace mapfile::heap

#endif  // MAPFILE_LIB_HEAP_SEARCH_H_
