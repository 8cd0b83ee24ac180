// What the system said, as our errors.
#ifndef MAPFILE_LIB_OS_ERROR_H_
#define MAPFILE_LIB_OS_ERROR_H_

#include <string_view>

#include "mapfile/status.h"

namespace mapfile::os {

// The code that a caller can act on for an errno.
Code CodeOfErrno(int error);

// "`what`: No space left on device", with the code of that errno.
[[nodiscard]] tl::unexpected<Error> SystemError(std::string_view what,
                                                int error);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_ERROR_H_
