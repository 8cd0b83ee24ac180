// The file that the tests of what TMapFile's users know take place in.
#ifndef MAPFILE_TESTS_FILE_WORLD_H_
#define MAPFILE_TESTS_FILE_WORLD_H_

#include <string>

#include "tests/file/file_test_support.h"

namespace mapfile::testing {

// A folder in memory with a file that is open for writing.
struct World {
  TempDir dir{true};
  std::string path = dir / "run.map";
  MapFile file = Create(path, {.title = "run 42"});

  MapFile Reader() const { return Must(MapFile::Open(path)); }
};

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_FILE_WORLD_H_
