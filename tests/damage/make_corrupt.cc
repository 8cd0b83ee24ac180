// Writes the files of testdata/corrupt into the folder that is named:
//
//     bazel run //tests/damage:make_corrupt -- $PWD/testdata/corrupt
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/damage/corrupt_files.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_corrupt FOLDER\n");
    return 2;
  }
  const std::string folder = argv[1];
  for (const auto& file : mapfile::testing::CorruptFiles()) {
    std::ofstream out(folder + "/" + file.name + ".map", std::ios::binary);
    out.write(file.bytes.data(),
              static_cast<std::streamsize>(file.bytes.size()));
    if (!out.flush()) {
      std::fprintf(stderr, "cannot write %s.map\n", file.name.c_str());
      return 3;
    }
    std::printf("%-24s%s\n", file.name.c_str(), file.what.c_str());
  }
  return 0;
}
