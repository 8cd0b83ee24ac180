// The largest block that the program allocated at once, for tests of counts
// and sizes that can't be believed.
#ifndef MAPFILE_TESTS_TYPES_LARGEST_ALLOCATION_H_
#define MAPFILE_TESTS_TYPES_LARGEST_ALLOCATION_H_

#include <cstddef>

namespace mapfile {

// Since the last call, by this thread.
std::size_t TakeLargestAllocation();

}  // namespace mapfile

#endif  // MAPFILE_TESTS_TYPES_LARGEST_ALLOCATION_H_
