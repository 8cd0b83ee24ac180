// The files of testdata/corrupt: what each has wrong.
#ifndef MAPFILE_TESTS_DAMAGE_CORRUPT_FILES_H_
#define MAPFILE_TESTS_DAMAGE_CORRUPT_FILES_H_

#include <string>
#include <vector>

namespace mapfile::testing {

struct CorruptFile {
  std::string name;  // "heap-cycle"
  std::string what;  // One line for people
  std::string bytes;
};

// All of them, the same bytes each time.
std::vector<CorruptFile> CorruptFiles();

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_DAMAGE_CORRUPT_FILES_H_
