#include "lib/os/error.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>

namespace mapfile::os {
namespace {

TEST_CASE("an errno's code says what the caller can do") {
  for (const int absent : {ENOENT, ENOTDIR}) {
    CHECK(CodeOfErrno(absent) == Code::kNotFound);
  }
  CHECK(CodeOfErrno(EEXIST) == Code::kExists);
  CHECK(CodeOfErrno(EROFS) == Code::kReadOnly);
  for (const int full : {ENOSPC, EDQUOT, EFBIG, ENOMEM}) {
    CHECK(CodeOfErrno(full) == Code::kNoSpace);
  }
  for (const int wrong : {EISDIR, ENAMETOOLONG}) {
    CHECK(CodeOfErrno(wrong) == Code::kInvalidArgument);
  }
  for (const int other : {EIO, EACCES, EMFILE, ELOOP, 0, -1, 9999}) {
    CHECK(CodeOfErrno(other) == Code::kIo);
  }
}

TEST_CASE("the message has what failed and why") {
  const Status failed = SystemError("cannot open", EROFS);
  CHECK(failed.error().code() == Code::kReadOnly);
  CHECK(failed.error().message() == "cannot open: Read-only file system");
  const Status odd = SystemError("cannot open", 9999);
  CHECK(odd.error().message().starts_with("cannot open: "));
}

}  // namespace
}  // namespace mapfile::os
