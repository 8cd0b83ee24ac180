// A small map file of known bytes, to be spoilt before it is looked at.
#ifndef MAPFILE_TESTS_FILE_SPECIMEN_FILE_H_
#define MAPFILE_TESTS_FILE_SPECIMEN_FILE_H_

#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "lib/file/subject.h"
#include "tests/damage/specimen.h"
#include "tests/file/file_test_support.h"

namespace mapfile::testing {

struct SpecimenFile {
  explicit SpecimenFile(bool of_this_boot = true)
      : bytes(MakeSpecimen(of_this_boot)) {
    if (of_this_boot) Sign();
  }

  // Makes it this file, and not a copy of another.
  void Sign() {
    Write();
    struct stat status = {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    editor.header().device = status.st_dev;
    editor.header().inode = status.st_ino;
  }

  // Makes the file of the bytes as they are now.
  void Write() const {
    std::ofstream(path, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  file::Subject Open(os::Access access = os::Access::kRead) const {
    Write();
    return Must(file::OpenSubject(path, access));
  }
  // Looking at a file must not change it.
  bool IsUntouched() const {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}) == bytes;
  }
  // Where the word is in the file.
  template <class T>
  std::uint64_t OffsetOf(const T& word) const {
    return static_cast<std::uint64_t>(reinterpret_cast<const char*>(&word) -
                                      bytes.data());
  }

  const TempDir dir{true};
  const std::string path = dir / "a.map";
  std::string bytes;
  Editor editor{bytes};
};

// Parts that were moved, and lie in each other: each for itself could be.
inline void EntangleParts(SpecimenFile& specimen) {
  format::FileHeader& header = specimen.editor.header();
  const std::uint64_t elsewhere = format::kWritersOffset + format::kPageSize;
  std::memcpy(&specimen.bytes[elsewhere], &specimen.editor.heap(),
              format::kHeapControlSize);
  header.heap_offset = elsewhere;
  header.records_offset += 64;
  header.data_offset += format::kPageSize;
}

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_FILE_SPECIMEN_FILE_H_
