#include "lib/os/limit.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

using testing::Child;

TEST_CASE("up to the limit on the size of files, not past it") {
  Child child([] {
    const rlimit limit{8192, 8192};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    if (!CheckFileSizeLimit(0) || !CheckFileSizeLimit(8192)) return 2;
    const Status past = CheckFileSizeLimit(8193);
    if (past || past.error().code() != Code::kNoSpace) return 3;
    return past.error().message() ==
                   "would have 8193 bytes, and this process may write files "
                   "of 8192 only; raise its limit (ulimit -f)"
               ? 0
               : 4;
  });
  CHECK(child.Wait() == 0);
}

TEST_CASE("without a limit there is none") {
  Child child([] {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    if (limit.rlim_max != RLIM_INFINITY) return 0;
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    return CheckFileSizeLimit(~std::uint64_t{0}) ? 0 : 1;
  });
  CHECK(child.Wait() == 0);
}

}  // namespace
}  // namespace mapfile::os
