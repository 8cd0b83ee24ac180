// An Output whose data and messages can be looked at.
#ifndef MAPFILE_TESTS_TOOLS_COMMON_CAPTURED_H_
#define MAPFILE_TESTS_TOOLS_COMMON_CAPTURED_H_

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "tools/common/output.h"

namespace mapfile::tools {

class Captured {
 public:
  explicit Captured(OutputOptions options = {}, Terminal terminal = {})
      : out_(::memfd_create("out", 0)),
        err_(::memfd_create("err", 0)),
        output("tool", terminal, std::move(options), {-1, out_, err_}) {}
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;
  ~Captured() {
    ::close(out_);
    ::close(err_);
  }

  std::string out() {
    output.Flush();
    return Contents(out_);
  }
  std::string err() { return Contents(err_); }

 private:
  static std::string Contents(int fd) {
    std::string text(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
    const ssize_t size = ::pread(fd, text.data(), text.size(), 0);
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

  const int out_;
  const int err_;

 public:
  Output output;
};

}  // namespace mapfile::tools

#endif  // MAPFILE_TESTS_TOOLS_COMMON_CAPTURED_H_
