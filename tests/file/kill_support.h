// Kills a process at every step of an operation on a real map file, and looks
// at what is left. The steps are those of lib/base/step.h.
#ifndef MAPFILE_TESTS_FILE_KILL_SUPPORT_H_
#define MAPFILE_TESTS_FILE_KILL_SUPPORT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "mapfile/mapfile.h"

namespace mapfile::testing {

inline std::string Text(char c, std::size_t size) {
  return std::string(size, c);
}

// From here on, the steps of this process count.
void Arm();

// What is done to a file, at `path`, by a process that may die of it.
struct Operation {
  const char* name;
  // Makes the file as it is before; null: there is none.
  std::function<void(MapFile& file)> prepare;
  // Opens the file, calls Arm(), and acts.
  std::function<Status(const std::string& path)> run;
  bool on_disk = false;  // Elsewhere than in memory
  bool durable = false;
  // Changes the bytes of the file as it is before.
  std::function<void(std::string& image)> tamper = {};
};

// An operation on a file that is open for writing.
Operation Edit(const char* name, std::function<void(MapFile&)> prepare,
               std::function<Status(MapFile&)> act);

// Of everything that can be seen of a file: what is in it, whole.
struct State {
  bool exists = false;
  std::map<std::string, std::string> values;  // By record
  std::map<std::string, Generation> generations;
  std::string title;
  std::uint64_t user_blocks = 0;  // Of the heap
};

// Runs the operation, killed at one of its steps after the other, and each
// time checks readers, the next writer and the file; then the same for a kill
// of the one who recovers. A sample of the steps, or all of them: see
// WantsAll() in kill_support.cc. Returns the number of steps.
int KillAtEveryStep(const Operation& operation);

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_FILE_KILL_SUPPORT_H_
