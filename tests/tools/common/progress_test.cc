#include "tools/common/progress.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "tests/tools/common/captured.h"

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;

// A terminal, seen from both sides.
class Screen {
 public:
  Screen() : master_(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)) {
    REQUIRE(::grantpt(master_) == 0);
    REQUIRE(::unlockpt(master_) == 0);
    slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(slave_ >= 0);
    termios raw;
    REQUIRE(::tcgetattr(slave_, &raw) == 0);
    ::cfmakeraw(&raw);
    REQUIRE(::tcsetattr(slave_, TCSANOW, &raw) == 0);
    ::setenv("TERM", "xterm", 1);
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  ~Screen() {
    ::close(slave_);
    ::close(master_);
  }

  Output MakeOutput(OutputOptions options = {}) const {
    return {"tool", {}, std::move(options), {-1, -1, slave_}};
  }
  // What was written to it since the last look.
  std::string Read() const {
    char text[4096];
    const ssize_t size = ::read(master_, text, sizeof text);
    return {text, size < 0 ? 0 : static_cast<std::size_t>(size)};
  }

 private:
  const int master_;
  int slave_ = -1;
};

const std::string kErase = "\r\x1b[K";

struct Seen {
  std::string text;
  Clock::time_point begin;  // Just before it was shown
  Clock::time_point end;
};

// Shows it until it is to be seen.
Seen ShowUntilSeen(ProgressLine& line, const Screen& screen, std::uint64_t done,
                   std::uint64_t total) {
  Seen seen;
  while (seen.text.empty()) {
    seen.begin = Clock::now();
    line.Show("values", done, total);
    seen.text = screen.Read();
  }
  seen.end = Clock::now();
  return seen;
}

TEST_CASE("it shows once there was work for half a second, and goes away") {
  const Screen screen;
  Output output = screen.MakeOutput();
  {
    const Clock::time_point begin = Clock::now();
    ProgressLine line(output);
    const Seen first = ShowUntilSeen(line, screen, 42, 100);
    CHECK(first.text == kErase + "tool: values 42%");
    CHECK(first.end - begin >= std::chrono::milliseconds(500));
    // Ten times a second at most: a busy machine only makes it less.
    const Seen second = ShowUntilSeen(line, screen, 3, 4);
    CHECK(second.text == kErase + "tool: values 75%");
    CHECK(second.end - first.begin >= std::chrono::milliseconds(100));
    const Seen third = ShowUntilSeen(line, screen, 0, 0);
    CHECK(third.text == kErase + "tool: values 100%");
  }
  CHECK(screen.Read() == kErase);
}

TEST_CASE("the next message takes its place") {
  const Screen screen;
  Output output = screen.MakeOutput();
  {
    ProgressLine line(output);
    ShowUntilSeen(line, screen, 1, 2);
    output.Note("a message");
    CHECK(screen.Read() == kErase + "tool: a message\n");
  }
  // There is nothing to erase any more.
  CHECK(screen.Read() == "");
}

TEST_CASE("only a terminal shows it, and only without -q") {
  const Screen screen;
  const Screen other;
  Captured captured;
  OutputOptions options;
  options.quiet = true;
  Output quiet = other.MakeOutput(options);
  Output output = screen.MakeOutput();
  // Begun before, these have had their time as soon as that one is seen.
  ProgressLine no_terminal(captured.output);
  ProgressLine no_messages(quiet);
  ProgressLine line(output);
  ShowUntilSeen(line, screen, 1, 2);
  no_terminal.Show("values", 1, 2);
  no_messages.Show("values", 1, 2);
  CHECK(captured.err() == "");
  CHECK(other.Read() == "");
}

}  // namespace
}  // namespace mapfile::tools
