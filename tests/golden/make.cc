// Writes golden files: bazel run //tests/golden:make -- DIRECTORY
//
// For a release only: files of released versions are never made again.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "lib/format/layout.h"
#include "tests/golden/contents.h"

MAPFILE_REGISTER(mapfile::zoo::Square)

namespace mapfile::golden {
namespace {

template <class R>
void Check(const R& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::exit(1);
}

MapFile Create(const std::string& path, bool durable = false) {
  auto file = MapFile::Open(path, {.mode = Mode::kCreate,
                                   .max_size_bytes = 1_MiB,
                                   .title = "golden",
                                   .durable = durable});
  Check(file);
  return *file;
}

// Values of every kind, history, a removed record, properties.
void MakeValues(const std::string& path) {
  MapFile file = Create(path);
  Check(file.Put("everything", MakeEverything()));
  Check(file.Put("cycle", MakeCycle()));
  zoo::Drawing drawing;
  auto square = std::make_unique<zoo::Square>();
  square->label = "big";
  square->side = 3;
  drawing.chosen = square.get();
  drawing.shapes.push_back(std::move(square));
  Check(file.Put("a/path/drawing", drawing));
  const Histogram1D histogram = MakeHistogram();
  AddOptions described;
  described.title = "a title";
  described.unit = "keV";
  described.description = "a description";
  described.period = std::chrono::milliseconds(250);
  Check(file.Add(histogram, described));
  Check(file.Put("removed", 1.5));
  Check(file.Remove("removed"));
  Check(file.Emplace<zoo::Point>("point", {3, 4}, {.slots = 2}));
  for (std::uint64_t i = 0; i < 5; ++i) Check(file.Put("count", kCount + i));
  Check(file.Close());
}

// The machine went down: the boot id is none that any machine has.
void GoDown(const std::string& path) {
  std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(offsetof(format::FileHeader, boot_id));
  bytes.write("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f",
              16);
}

// A durable file whose producer was killed after a Sync and more.
void MakeKilled(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    MapFile file = Create(path, true);
    Check(file.Put("synced", std::string("kept")));
    Check(file.Put("changed", std::string("old")));
    Check(file.Sync());
    Check(file.Put("changed", std::string("new")));
    Check(file.Put("late", std::string("lost")));
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  GoDown(path);
}

int Make(const std::string& directory) {
  Check(Create(directory + "/empty.map").Close());
  MakeValues(directory + "/values.map");
  MakeKilled(directory + "/killed.map");
  return 0;
}

}  // namespace
}  // namespace mapfile::golden

int main(int argc, char** argv) {
  if (argc == 2) return mapfile::golden::Make(argv[1]);
  std::fprintf(stderr, "usage: make DIRECTORY\n");
  return 2;
}
