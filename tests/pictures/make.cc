// Makes golden pictures: bazel run //tests/pictures:make -- DIRECTORY
//
// DIRECTORY is testdata/pictures, or one to look at first. The map file that
// they show, family.map, comes with them; it is not kept.
#include <cstdio>
#include <fstream>
#include <string>

#include "lib/base/try.h"
#include "tests/pictures/family.h"
#include "tests/pictures/pictures.h"

namespace mapfile::pictures {
namespace {

Status Make(const std::string& directory) {
  const std::string path = directory + "/family.map";
  MAPFILE_RETURN_IF_ERROR(MakeFamily(path));
  MAPFILE_ASSIGN_OR_RETURN(const MapFile file, MapFile::Open(path));
  MAPFILE_ASSIGN_OR_RETURN(const auto pictures, DrawAll(file));
  for (const auto& [name, picture] : pictures) {
    std::ofstream out(directory + "/" + name, std::ios::binary);
    if (!(out << picture).flush()) {
      return Fail(Code::kIo, directory + "/" + name + ": can't be written");
    }
  }
  return {};
}

}  // namespace
}  // namespace mapfile::pictures

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "Usage: make DIRECTORY\n");
    return 2;
  }
  const mapfile::Status made = mapfile::pictures::Make(argv[1]);
  if (!made) std::fprintf(stderr, "%s\n", made.error().message().c_str());
  return made ? 0 : 3;
}
