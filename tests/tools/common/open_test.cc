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

TEST_CASE("a file to try things with has no name, nor leaves one") {
  const TempDir dir;
  {
    auto scratch = OpenScratch(dir / "a.map");
    REQUIRE(scratch);
    REQUIRE(scratch->Put("n", 1.5));
    CHECK(std::filesystem::is_empty(dir.path()));
    CHECK(OpenScratch(dir / "a.map")->path() != scratch->path());
    // As one that was killed before it took the name away.
    REQUIRE(MapFile::Open(scratch->path(), {.mode = Mode::kCreate}));
  }
  CHECK(!std::filesystem::is_empty(dir.path()));
  // Whoever makes a file beside it tidies up.
  REQUIRE(MapFile::Open(dir / "a.map", {.mode = Mode::kCreate}));
  REQUIRE(MapFile::Open(dir / "a.map", {.mode = Mode::kRecreate}));
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path())) {
    CHECK(entry.path().filename() == "a.map");
    ++files;
  }
  CHECK(files == 1);
}

}  // namespace
}  // namespace mapfile::tools
