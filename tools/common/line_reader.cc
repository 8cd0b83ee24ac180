#include "tools/common/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "lib/base/try.h"

namespace mapfile::tools {
namespace {

constexpr std::size_t kChunk = 64 << 10;

tl::unexpected<Error> InputError(int error) {
  return Fail(Code::kIo,
              std::string("standard input: ") + std::strerror(error));
}

}  // namespace

Result<LineReader::State> LineReader::Next(
    std::optional<std::chrono::milliseconds> wait) {
  if (TakeLine()) return State::kLine;
  if (is_over_) return State::kEnd;
  pollfd in = {fd_, POLLIN, 0};
  const int ready = ::poll(&in, 1, wait ? static_cast<int>(wait->count()) : -1);
  if (ready < 0 && errno != EINTR) return InputError(errno);
  if (ready <= 0) return State::kNotYet;
  MAPFILE_RETURN_IF_ERROR(Fill());
  if (TakeLine()) return State::kLine;
  return is_over_ ? State::kEnd : State::kNotYet;
}

bool LineReader::TakeLine() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  const std::size_t end = rest.find('\n');
  if (end != std::string_view::npos) {
    line_ = rest.substr(0, end);
    begin_ += end + 1;
    return true;
  }
  if (!is_over_ || rest.empty()) return false;
  line_ = rest;
  begin_ = buffer_.size();
  return true;
}

Status LineReader::Fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  if (buffer_.size() > kMostBytes) {
    return Fail(Code::kNoSpace, "standard input: a line has more than " +
                                    std::to_string(kMostBytes) + " bytes");
  }
  const std::size_t former = buffer_.size();
  buffer_.resize(former + kChunk);
  const ssize_t size = ::read(fd_, buffer_.data() + former, kChunk);
  const int error = errno;
  buffer_.resize(former + (size > 0 ? static_cast<std::size_t>(size) : 0));
  if (size == 0) is_over_ = true;
  if (size < 0 && error != EINTR && error != EAGAIN) return InputError(error);
  return {};
}

}  // namespace mapfile::tools
