// What the tests of TMapFile's fourteen failures share.
#ifndef MAPFILE_TESTS_FILE_WHERE_TMAPFILE_FAILS_H_
#define MAPFILE_TESTS_FILE_WHERE_TMAPFILE_FAILS_H_

#include <csignal>
#include <string>

#include "tests/file/file_test_support.h"

namespace mapfile::testing {

// A folder in memory and the path of a file that somebody may make there.
struct Place {
  TempDir dir{true};
  std::string path = dir / "run.map";

  Result<MapFile> Update() const {
    return MapFile::Open(path, {.mode = Mode::kUpdate});
  }
  MapFile Reader() const { return Must(MapFile::Open(path)); }
};

// In a child, where a failed check would go unseen: its exit status.
inline int Failed(int line = __builtin_LINE()) { return line % 200 + 1; }

// Dies as by `kill -9`.
inline int Die() { return raise(SIGKILL); }

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_FILE_WHERE_TMAPFILE_FAILS_H_
