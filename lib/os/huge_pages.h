// Huge pages, for memory that is about to be filled.
#ifndef MAPFILE_LIB_OS_HUGE_PAGES_H_
#define MAPFILE_LIB_OS_HUGE_PAGES_H_

#include <cstddef>

namespace mapfile::os {

// Asks the kernel to back memory that nobody has touched yet by huge pages:
// the first touch of a small one takes 2 us on a virtual machine, which adds
// up for a long list. Small blocks are left alone. Advice:
// where the kernel has none to give, nothing changes.
void PreferHugePages(void* memory, std::size_t size);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_HUGE_PAGES_H_
