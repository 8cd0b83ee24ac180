#include "tools/common/exit_status.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace mapfile::tools {
namespace {

TEST_CASE("each code has the exit status that the manual states") {
  const std::pair<Code, int> kExpected[] = {{Code::kNotFound, 1},
                                            {Code::kTimeout, 1},
                                            {Code::kInvalidArgument, 2},
                                            {Code::kTypeMismatch, 2},
                                            {Code::kReadOnly, 3},
                                            {Code::kNoSpace, 3},
                                            {Code::kIo, 3},
                                            {Code::kNotDurable, 3},
                                            {Code::kClosed, 3},
                                            {Code::kCorrupt, 4},
                                            {Code::kVersion, 4},
                                            {Code::kExists, 5},
                                            {Code::kBusy, 5},
                                            {Code::kConflict, 5}};
  for (const auto& expected : kExpected) {
    CAPTURE(std::string(CodeName(expected.first)));
    CHECK(static_cast<int>(ExitStatusOf(expected.first)) == expected.second);
  }
}

}  // namespace
}  // namespace mapfile::tools
