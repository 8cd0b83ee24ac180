// A library with a static map file, for handles_test to load and unload.
#include <optional>

#include "mapfile/mapfile.h"

namespace {
std::optional<mapfile::MapFile> file;
}  // namespace

extern "C" int StartPlugin(const char* path) {
  auto opened = mapfile::MapFile::Open(path, {.mode = mapfile::Mode::kUpdate});
  if (!opened) return 1;
  file.emplace(*opened);
  return file->Put("plugin", 1) ? 0 : 2;
}
