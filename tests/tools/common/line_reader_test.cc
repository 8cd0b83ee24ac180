#include "tools/common/line_reader.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace mapfile::tools {
namespace {

using State = LineReader::State;
constexpr std::chrono::milliseconds kNoWait{0};

struct Input {
  Input() { REQUIRE(pipe(ends) == 0); }
  ~Input() {
    close(ends[0]);
    End();
  }
  void Write(const std::string& text) const {
    REQUIRE(write(ends[1], text.data(), text.size()) ==
            static_cast<ssize_t>(text.size()));
  }
  void End() {
    if (ends[1] >= 0) close(ends[1]);
    ends[1] = -1;
  }
  int ends[2];
};

std::string Next(LineReader& reader) {
  const auto state = reader.Next(kNoWait);
  if (!state) return "error: " + state.error().message();
  if (*state == State::kLine) return "line: " + std::string(reader.line());
  return *state == State::kEnd ? "end" : "not yet";
}

TEST_CASE("lines, however they come") {
  Input input;
  LineReader reader(input.ends[0]);
  CHECK(Next(reader) == "not yet");
  input.Write("a\n\nbc");
  CHECK(Next(reader) == "line: a");
  CHECK(Next(reader) == "line: ");
  CHECK(Next(reader) == "not yet");
  input.Write("d\ne");
  CHECK(Next(reader) == "line: bcd");
  CHECK(Next(reader) == "not yet");
  input.End();
  CHECK(Next(reader) == "line: e");
  CHECK(Next(reader) == "end");
  CHECK(Next(reader) == "end");
}

TEST_CASE("a line without end is an error, not all memory") {
  Input input;
  LineReader reader(input.ends[0]);
  const std::string part(32 << 10, 'x');
  std::string last = "not yet";
  for (int i = 0; i < 100 && last == "not yet"; ++i) {
    input.Write(part);
    last = Next(reader);
  }
  CHECK(last == "error: standard input: a line has more than 1048576 bytes");
}

TEST_CASE("what can't be read is an error") {
  const int directory = open("/", O_RDONLY | O_CLOEXEC);
  LineReader reader(directory);
  CHECK(Next(reader) == "error: standard input: Is a directory");
  close(directory);
}

}  // namespace
}  // namespace mapfile::tools
