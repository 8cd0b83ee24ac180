// LineReader: lines of an input that may take its time.
#ifndef MAPFILE_TOOLS_COMMON_LINE_READER_H_
#define MAPFILE_TOOLS_COMMON_LINE_READER_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mapfile/status.h"

namespace mapfile::tools {

class LineReader {
 public:
  enum class State { kLine, kNotYet, kEnd };

  // Borrows the descriptor.
  explicit LineReader(int fd) : fd_(fd) {}

  // The next line: until it is there, `wait` is over (none: however long it
  // takes), the input ends or a signal comes (kNotYet). The last line may
  // lack its newline. Io; NoSpace: a line of more than kMostBytes.
  [[nodiscard]] Result<State> Next(
      std::optional<std::chrono::milliseconds> wait);
  // What Next() found, without newline; valid until it is called again.
  std::string_view line() const { return line_; }

  static constexpr std::size_t kMostBytes = 1 << 20;

 private:
  bool TakeLine();
  [[nodiscard]] Status Fill();

  const int fd_;
  std::string buffer_;
  std::size_t begin_ = 0;  // Of what wasn't handed out yet
  std::string_view line_;
  bool is_over_ = false;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_LINE_READER_H_
