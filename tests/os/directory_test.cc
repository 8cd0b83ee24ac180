#include "lib/os/directory.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/support/process.h"

namespace mapfile::os {
namespace {

TEST_CASE("a path's directory") {
  CHECK(DirectoryOf("a/b/c") == "a/b");
  CHECK(DirectoryOf("/a/b") == "/a");
  CHECK(DirectoryOf("c") == ".");
  CHECK(DirectoryOf("/c") == "/");
  CHECK(DirectoryOf("./c") == ".");
  CHECK(DirectoryOf("../c") == "..");
  CHECK(DirectoryOf("") == ".");
  // The system takes them for the same.
  CHECK(DirectoryOf("a//c") == "a/");
  CHECK(DirectoryOf("a/") == "a");
}

TEST_CASE("open to all is what everybody may write to, but not delete from") {
  const testing::TempDir dir;
  const std::string path = dir.path();
  for (const auto& [mode, is_open] : {std::pair{01777, true},
                                      {01737, true},
                                      {01773, true},
                                      {0777, false},
                                      {01775, false},
                                      {01755, false},
                                      {0700, false}}) {
    const int octal = mode;  // For clang: a binding isn't captured
    CAPTURE(octal);
    REQUIRE(chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
    CHECK(IsOpenToAll(path) == is_open);
  }
  CHECK(!IsOpenToAll(dir / "none"));
}

TEST_CASE("a link to a directory is looked at where it leads") {
  const testing::TempDir dir;
  std::filesystem::create_directory(dir / "all");
  REQUIRE(chmod((dir / "all").c_str(), 01777) == 0);
  std::filesystem::create_symlink(dir / "all", dir / "link");
  CHECK(IsOpenToAll(dir / "link"));
}

}  // namespace
}  // namespace mapfile::os
