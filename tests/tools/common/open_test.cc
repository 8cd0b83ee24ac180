#include "tools/common/open.h"

#include <filesystem>

#include "tests/tools/common/test_file.h"

namespace mapfile::tools {
namespace {

TEST_CASE_FIXTURE(TestFile, "a file that is there") {
  Put("a", "u8", "1");
  const auto opened = OpenForWriting(path);
  REQUIRE(opened);
  CHECK(opened->writable());
  CHECK(opened->Find("a"));
}

TEST_CASE("none is made") {
  const TempDir dir;
  const auto opened = OpenForWriting(dir / "none");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code() == Code::kNotFound);
  CHECK_FALSE(std::filesystem::exists(dir / "none"));
}

}  // namespace
}  // namespace mapfile::tools
