#include "tools/common/output.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/tools/common/captured.h"

namespace mapfile::tools {
namespace {

TEST_CASE("data and messages take different ways") {
  Captured captured;
  captured.output.Write("data\n");
  captured.output.Note("a note");
  captured.output.Detail("a detail");
  CHECK(captured.out() == "data\n");
  CHECK(captured.err() == "tool: a note\n");
  CHECK(captured.output.Finish() == ExitStatus::kDone);
}

TEST_CASE("-q silences messages, -v adds some") {
  OutputOptions quiet;
  quiet.quiet = true;
  Captured silent(quiet);
  silent.output.Complain(Error(Code::kBusy, "busy"));
  CHECK(silent.err().empty());
  CHECK(silent.output.Finish() == ExitStatus::kConflict);
  OutputOptions verbose;
  verbose.verbose = true;
  Captured chatty(verbose);
  chatty.output.Detail("a detail");
  CHECK(chatty.err() == "tool: a detail\n");
}

TEST_CASE("the first complaint decides the exit status") {
  Captured captured;
  captured.output.Complain(Error(Code::kNotFound, "first"));
  captured.output.Complain(Error(Code::kCorrupt, "second"));
  CHECK(captured.output.Finish() == ExitStatus::kNo);
  CHECK(captured.err() == "tool: first\ntool: second\n");
}

TEST_CASE("messages reach the terminal harmless, escapes once") {
  Captured captured;
  captured.output.Note("evil\x1b[2J but \"\\x01\" stays\ntwo lines");
  CHECK(captured.err() ==
        "tool: evil\\x1b[2J but \"\\x01\" stays\ntwo lines\n");
}

TEST_CASE("a full disk is an error") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  Output output("tool", {}, {}, {-1, full, null});
  output.Write("data");
  CHECK(output.Finish() == ExitStatus::kSystem);
  CHECK(output.closed());
  ::close(full);
  ::close(null);
}

TEST_CASE("a reader that went away is none") {
  ::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  Output output("tool", {}, {}, {-1, ends[1], -1});
  CHECK_FALSE(output.closed());
  ::close(ends[0]);
  CHECK(output.closed());
  output.Write("data");
  CHECK(output.Finish() == ExitStatus::kDone);
  ::close(ends[1]);
}

TEST_CASE("much data is handed on in between") {
  Captured captured;
  const std::string line(1000, 'x');
  for (int i = 0; i < 300; ++i) captured.output.Write(line);
  CHECK(captured.out().size() == 300'000);
}

TEST_CASE("a name with a newline stays in its line") {
  Captured captured;
  captured.output.KeepInOneLine("a\nb");
  captured.output.Note("a\nb: twice, a\nb:\nand a line");
  CHECK(captured.err() == "tool: a\\nb: twice, a\\nb:\nand a line\n");
}

TEST_CASE("only a yes is a yes") {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const std::string answers = "y\nyes\nno\n\nyesterday\n";
  REQUIRE(::write(ends[1], answers.data(), answers.size()) > 0);
  ::close(ends[1]);
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  Output output("tool", {}, {}, {ends[0], null, null});
  CHECK(output.Confirm("1?"));
  CHECK(output.Confirm("2?"));
  CHECK_FALSE(output.Confirm("3?"));
  CHECK_FALSE(output.Confirm("4?"));
  CHECK_FALSE(output.Confirm("5?"));
  CHECK_FALSE(output.Confirm("the end?"));
  ::close(ends[0]);
  ::close(null);
}

}  // namespace
}  // namespace mapfile::tools
