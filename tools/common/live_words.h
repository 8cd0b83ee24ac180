// The words of a tool that fills objects from standard input.
#ifndef MAPFILE_TOOLS_COMMON_LIVE_WORDS_H_
#define MAPFILE_TOOLS_COMMON_LIVE_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "mapfile/status.h"
#include "tools/common/arguments.h"
#include "tools/common/live_fill.h"

namespace mapfile::tools {

// --histogram, --graph, --series, --counter, and what goes with them.
class LiveWords {
 public:
  void Define(Arguments& args);

  // Whether one of the four was given.
  bool are_given() const { return histogram_ || graph_ || series_ || counter_; }
  // InvalidArgument: several of the four, or a word that goes with them
  // without one.
  [[nodiscard]] Status Check() const;
  // What they ask for. InvalidArgument: axes that can't be.
  [[nodiscard]] Result<LiveFill> FillOf(const std::string& record) const;

 private:
  std::optional<std::string> histogram_;
  std::optional<std::uint64_t> series_;
  bool graph_ = false;
  bool counter_ = false;
  LiveFill fill_;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_LIVE_WORDS_H_
