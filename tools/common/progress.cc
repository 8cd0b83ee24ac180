#include "tools/common/progress.h"

#include <fmt/format.h>

namespace mapfile::tools {

void ProgressLine::Show(std::string_view phase, std::uint64_t done,
                        std::uint64_t total) {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kPause;
  const double part =
      total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
  output_.ShowTransient(fmt::format("{} {:.0f}%", phase, 100 * part));
}

}  // namespace mapfile::tools
