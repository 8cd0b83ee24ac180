// A map file with values of any class, for tests.
#ifndef MAPFILE_TESTS_TOOLS_COMMON_TEST_FILE_H_
#define MAPFILE_TESTS_TOOLS_COMMON_TEST_FILE_H_

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "mapfile/mapfile.h"
#include "mapfile/text.h"
#include "tests/tools/cli.h"

namespace mapfile::tools {

inline MapFile Create(const std::string& path) {
  Options options;
  options.mode = Mode::kCreate;
  auto file = MapFile::Open(path, options);
  REQUIRE(file);
  return *file;
}

class TestFile {
 public:
  TestFile() : path(dir / "run.map"), file(Create(path)) {}

  Generation Put(std::string_view name, std::string_view type,
                 std::string_view json) {
    const auto parsed = Type::Parse(type);
    REQUIRE(parsed);
    const auto bytes = FromJson(file, **parsed, json);
    REQUIRE(bytes);
    const auto generation = file.PutRaw(name, **parsed, *bytes);
    REQUIRE(generation);
    return *generation;
  }
  std::string Json(std::string_view name) const {
    const auto raw = file.GetRaw(name);
    return raw ? ToJson(file, *raw).value() : raw.error().message();
  }

  const TempDir dir;
  const std::string path;
  MapFile file;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TESTS_TOOLS_COMMON_TEST_FILE_H_
