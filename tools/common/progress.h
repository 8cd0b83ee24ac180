// ProgressLine: how far a long call is, for whoever watches the terminal.
#ifndef MAPFILE_TOOLS_COMMON_PROGRESS_H_
#define MAPFILE_TOOLS_COMMON_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string_view>

#include "tools/common/output.h"

namespace mapfile::tools {

// Shows "mapfile-check: values 42%" on standard error if that is a terminal,
// once the work has taken half a second, ten times a second at most. The
// next message takes its place; so does the end of this object.
class ProgressLine {
 public:
  // Borrows the output.
  explicit ProgressLine(Output& output)
      : output_(output), next_(Clock::now() + kPatience) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() { output_.ShowTransient({}); }

  void Show(std::string_view phase, std::uint64_t done, std::uint64_t total);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kPatience{500};
  static constexpr std::chrono::milliseconds kPause{100};

  Output& output_;
  Clock::time_point next_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_PROGRESS_H_
