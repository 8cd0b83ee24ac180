#include <chrono>
#include <cmath>
#include <cstdio>
#include <thread>

#include "mapfile/histogram.h"
#include "mapfile/mapfile.h"

struct RunState { std::int64_t run; double rate_hz; };
MAPFILE_DESCRIBE(RunState, 1, run, rate_hz)

int main(int argc, char** argv) {
  auto file = mapfile::MapFile::Open(argc > 1 ? argv[1] : "run.map",
                                     {.mode = mapfile::Mode::kUpdate});
  if (!file) return std::fprintf(stderr, "%s\n", file.error().message().c_str());

  mapfile::Histogram1D energy("energy", mapfile::RegularAxis(64, 0, 8, "E [keV]"));
  auto record = file->Add(energy);                  // remembered, by its own name
  auto state = file->Emplace<RunState>("state");    // edited inside the file
  if (!record || !state) return 1;
  for (int i = 0; i < 1000; ++i) {
    energy.Fill(4 + std::sin(i) + std::sin(i * 1.7));
    if (!record->Update()) return 1;                // one memcpy, no system call
    (void)state->Modify([&](RunState& s) { s = {42, i / 10.0}; });
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}
