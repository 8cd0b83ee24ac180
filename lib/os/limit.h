// The size that files of this process may have.
#ifndef MAPFILE_LIB_OS_LIMIT_H_
#define MAPFILE_LIB_OS_LIMIT_H_

#include <cstdint>

#include "mapfile/status.h"

namespace mapfile::os {

// Whether a file may be written up to `size` bytes. NoSpace, with the limit:
// past it the kernel sends SIGXFSZ, which kills.
[[nodiscard]] Status CheckFileSizeLimit(std::uint64_t size);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_LIMIT_H_
