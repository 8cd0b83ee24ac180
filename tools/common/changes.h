// Changes: what happened to the selected records of a map file.
#ifndef MAPFILE_TOOLS_COMMON_CHANGES_H_
#define MAPFILE_TOOLS_COMMON_CHANGES_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "mapfile/mapfile.h"
#include "mapfile/status.h"
#include "tools/common/selection.h"

namespace mapfile::tools {

struct Change {
  enum class Kind { kPresent, kAdded, kUpdated, kRemoved };
  Kind kind = Kind::kPresent;
  std::string name;
  Generation generation = 0;  // Of kRemoved: the last one seen
};
const char* ChangeName(Change::Kind kind);

// Each Look() tells what has changed since the one before. Versions that came
// and went between two looks are passed over: the latest one is reported.
class Changes {
 public:
  // Borrows both.
  Changes(const MapFile& file, const Selection& selection)
      : file_(file), selection_(selection), activity_(file.activity()) {}

  // The first one returns all selected records, as kPresent.
  [[nodiscard]] Result<std::vector<Change>> Look();

  // Tells that `generation` was read, which may be newer than the look was.
  void Saw(const std::string& name, Generation generation);

  // Sleeps until another look is worth it, `timeout` has passed or a signal
  // has come.
  [[nodiscard]] Status Sleep(std::chrono::nanoseconds timeout);

 private:
  const MapFile& file_;
  const Selection& selection_;
  std::uint64_t activity_;
  bool looked_ = false;
  std::unordered_map<std::string, Generation> seen_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_CHANGES_H_
