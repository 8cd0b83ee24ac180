#include "lib/os/error.h"

#include <cerrno>
#include <string>
#include <system_error>

namespace mapfile::os {

Code CodeOfErrno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return Code::kNotFound;
    case EEXIST: return Code::kExists;
    case EROFS: return Code::kReadOnly;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case ENOMEM: return Code::kNoSpace;
    case EISDIR:
    case ENAMETOOLONG: return Code::kInvalidArgument;
    default: return Code::kIo;
  }
}

tl::unexpected<Error> SystemError(std::string_view what, int error) {
  return Fail(CodeOfErrno(error), std::string(what) + ": " +
                                      std::generic_category().message(error));
}

}  // namespace mapfile::os
