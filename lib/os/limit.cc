#include "lib/os/limit.h"

#include <sys/resource.h>

#include <string>

namespace mapfile::os {

Status CheckFileSizeLimit(std::uint64_t size) {
  rlimit limit{};
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur >= size) {
    return {};
  }
  return Fail(Code::kNoSpace,
              "would have " + std::to_string(size) +
                  " bytes, and this process may write files of " +
                  std::to_string(limit.rlim_cur) +
                  " only; raise its limit (ulimit -f)");
}

}  // namespace mapfile::os
