#include "tools/common/input.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

TEST_CASE("what is written is read back, shorter content too") {
  const TempDir dir;
  const std::string bytes("\0\xff\n end", 7);
  REQUIRE(WriteFile(dir / "x", "something longer", -1));
  REQUIRE(WriteFile(dir / "x", bytes, -1));
  CHECK(ReadFile(dir / "x", 100).value() == bytes);
}

TEST_CASE("input without end is refused") {
  const auto endless = ReadFile("/dev/zero", 1 << 20);
  REQUIRE_FALSE(endless);
  CHECK(endless.error().code() == Code::kNoSpace);
  CHECK(endless.error().message().starts_with("/dev/zero: has more than"));
}

TEST_CASE("errors name the path") {
  const TempDir dir;
  const auto missing = ReadFile(dir / "none", 100);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code() == Code::kNotFound);
  CHECK(missing.error().message() ==
        (dir / "none") + ": No such file or directory");
  CHECK(ReadFile(dir.path(), 100).error().code() == Code::kIo);
  CHECK(WriteFile(dir.path(), "x", -1).error().code() == Code::kIo);
  const auto full = WriteFile("/dev/full", "x", -1);
  REQUIRE_FALSE(full);
  CHECK(full.error().code() == Code::kNoSpace);
}

TEST_CASE("the map file itself is not overwritten") {
  const TempDir dir;
  WriteAll(dir / "x", "precious");
  const int fd = ::open((dir / "x").c_str(), O_RDONLY | O_CLOEXEC);
  const auto refused = WriteFile(dir / "x", "junk", fd);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == Code::kInvalidArgument);
  CHECK(ReadAll(dir / "x") == "precious");
  ::close(fd);
}

}  // namespace
}  // namespace mapfile::tools
