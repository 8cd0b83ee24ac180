// Every picture is as it was when people looked at it.
//
// After a wanted change: bazel run //tests/pictures:make -- DIRECTORY, look
// at what git diff shows, and commit it.
#include "tests/pictures/pictures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/pictures/family.h"
#include "tests/support/process.h"

namespace mapfile::pictures {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The heading of the first picture in which both differ.
std::string FirstDifference(const std::string& a, const std::string& b) {
  const auto where = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto at = static_cast<std::size_t>(where.first - a.begin());
  const std::size_t heading = a.rfind("$ ", at);
  if (heading == std::string::npos) return "byte " + std::to_string(at);
  return a.substr(heading, a.find('\n', heading) - heading);
}

TEST_CASE("pictures are those that were looked at") {
  const testing::TempDir dir(true);
  const std::string path = dir / "family.map";
  REQUIRE(MakeFamily(path));
  const auto file = MapFile::Open(path);
  REQUIRE(file);
  const auto pictures = DrawAll(*file);
  REQUIRE_MESSAGE(pictures,
                  (pictures ? std::string() : pictures.error().message()));
  for (const auto& picture : *pictures) {
    const std::string golden = ReadAll("testdata/pictures/" + picture.first);
    INFO(picture.first, ": ", FirstDifference(picture.second, golden));
    CHECK((picture.second == golden));
  }
}

TEST_CASE("pictures fit their terminal") {
  for (const char* name : {"80x24.ascii.txt", "120x40.ascii.txt"}) {
    CAPTURE(name);
    std::ifstream in(std::string("testdata/pictures/") + name);
    const std::size_t width = name[0] == '8' ? 80 : 120;
    const int height = name[0] == '8' ? 24 : 40;
    std::string line;
    int lines = 0;
    bool listed = false;
    while (std::getline(in, line)) {
      CAPTURE(line);
      const bool heading = line.starts_with("$ ");
      lines = heading ? 0 : lines + 1;
      // A list below the picture is as long as asked for.
      if (heading) listed = line.find("--max-elements") != std::string::npos;
      // The heading stands for the two lines around a picture.
      if (!listed) CHECK(lines <= height - 1);
      if (!heading) CHECK(line.size() <= width);
      for (const char c : line) CHECK(static_cast<signed char>(c) >= ' ');
    }
  }
}

}  // namespace
}  // namespace mapfile::pictures
