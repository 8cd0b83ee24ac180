// Makes a map file to draw: bazel run //tests/pictures:make_family -- FILE
#include <cstdio>

#include "tests/pictures/family.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "Usage: make_family FILE\n");
    return 2;
  }
  const mapfile::Status made = mapfile::pictures::MakeFamily(argv[1]);
  if (!made) std::fprintf(stderr, "%s\n", made.error().message().c_str());
  return made ? 0 : 3;
}
