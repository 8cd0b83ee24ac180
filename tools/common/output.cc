#include "tools/common/output.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "lib/text/utf8.h"

namespace mapfile::tools {
namespace {

constexpr std::size_t kBufferSize = 64 << 10;

// Writes all of `data`; the error number otherwise, 0 for none.
int WriteAll(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t written = ::write(fd, data.data(), data.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return errno;
      pollfd wait = {fd, POLLOUT, 0};
      ::poll(&wait, 1, -1);
      continue;
    }
    data.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// `message` fit for a terminal. The library has already escaped names in its
// messages, and some of them have several lines.
std::string Printable(std::string_view message, bool unicode) {
  std::string out;
  while (!message.empty()) {
    const std::size_t plain = message.find_first_of("\\\n");
    out += text::Escape(message.substr(0, plain), unicode);
    if (plain == std::string_view::npos) break;
    out += message[plain];
    message.remove_prefix(plain + 1);
  }
  return out;
}

// Reads a line of `fd` byte by byte: the rest is for others.
std::string ReadAnswer(int fd) {
  std::string answer;
  char c = 0;
  while (::read(fd, &c, 1) == 1 && c != '\n') {
    if (answer.size() < 16) answer += c;
  }
  return answer;
}

}  // namespace

void Output::Write(std::string_view data) {
  if (broken_) return;
  buffer_ += data;
  if (buffer_.size() >= kBufferSize) Flush();
}

void Output::Flush() {
  const std::string data = std::move(buffer_);
  buffer_.clear();
  if (broken_ || data.empty()) return;
  ShowTransient({});  // It may be the same terminal
  const int error = WriteAll(streams_.out, data);
  if (error == 0) return;
  broken_ = true;
  if (error == EPIPE) return;
  Complain(Error(Code::kIo,
                 fmt::format("standard output: {}", std::strerror(error))));
}

bool Output::closed() {
  if (broken_) return true;
  pollfd state = {streams_.out, 0, 0};
  if (::poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP)) != 0) {
    broken_ = true;
  }
  return broken_;
}

std::string Output::Shown(std::string_view message) const {
  std::string text(message);
  for (const std::string& word : words_) {
    const std::string line = text::Escape(word, terminal_.unicode);
    for (std::size_t at = 0; (at = text.find(word, at)) != text.npos;
         at += line.size()) {
      text.replace(at, word.size(), line);
    }
  }
  return Printable(text, terminal_.unicode);
}

bool Output::CanErase() const {
  const char* const term = std::getenv("TERM");
  return !options_.quiet && ::isatty(streams_.err) == 1 && term != nullptr &&
         std::string_view(term) != "dumb";
}

void Output::ShowTransient(std::string_view line) {
  if ((line.empty() && !has_transient_) || !CanErase()) return;
  // To the start of the line, and erase to its end.
  std::string text = "\r\x1b[K";
  if (!line.empty()) {
    text += fmt::format("{}: {}", tool_, Shown(line));
  }
  has_transient_ = !line.empty();
  WriteAll(streams_.err, text);
}

void Output::Say(std::string_view message) {
  if (options_.quiet) return;
  ShowTransient({});
  // In one piece, so that lines of several processes don't mix. If even
  // this can't be written there is nobody left to tell.
  WriteAll(streams_.err, fmt::format("{}: {}\n", tool_, Shown(message)));
}

void Output::Note(std::string_view message) {
  Flush();
  Say(message);
}

void Output::Detail(std::string_view message) {
  if (options_.verbose) Note(message);
}

void Output::Complain(const Error& error) {
  if (status_ == ExitStatus::kDone) status_ = ExitStatusOf(error.code());
  Note(error.message());
}

bool Output::Confirm(std::string_view question) {
  Flush();
  ShowTransient({});
  WriteAll(streams_.err, fmt::format("{}: {} [y/N] ", tool_, Shown(question)));
  const std::string answer = ReadAnswer(streams_.in);
  return answer == "y" || answer == "Y" || answer == "yes";
}

ExitStatus Output::Finish() {
  Flush();
  return status_;
}

}  // namespace mapfile::tools
