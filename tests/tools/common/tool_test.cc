#include "tools/common/tool.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <new>
#include <string>
#include <vector>

#include "tests/tools/cli.h"

namespace mapfile::tools {
namespace {

class Fake : public Tool {
 public:
  explicit Fake(std::function<Status(Output&)> run) : run_(std::move(run)) {}
  std::string name() const override { return "mapfile-fake"; }
  std::string summary() const override { return "Fakes."; }
  void Define(Arguments& args) override {
    args.Positional("FILE", &file_, "a file");
  }
  Status Run(Output& output) override { return run_(output); }

 private:
  std::string file_;
  std::function<Status(Output&)> run_;
};

struct Ended {
  int status;
  std::string out;
  std::string err;
};

// Runs Main() in a process of its own. `prepare` runs there before.
Ended RunMain(
    std::function<Status(Output&)> run,
    std::vector<const char*> argv = {"fake", "file"},
    const std::function<void()>& prepare = [] {}) {
  const TempDir dir;
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
    ::dup2(::open((dir / "out").c_str(), flags, 0600), STDOUT_FILENO);
    ::dup2(::open((dir / "err").c_str(), flags, 0600), STDERR_FILENO);
    prepare();
    Fake fake(std::move(run));
    ::_exit(Main(fake, static_cast<int>(argv.size()), argv.data()));
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadAll(dir / "out"),
          ReadAll(dir / "err")};
}

TEST_CASE("what a tool returns becomes message and exit status") {
  const Ended good = RunMain([](Output& output) -> Status {
    output.Write("data\n");
    return {};
  });
  CHECK(good.status == 0);
  CHECK(good.out == "data\n");
  CHECK(good.err.empty());
  const Ended bad = RunMain([](Output&) -> Status {
    return Fail(Code::kCorrupt, "file: not a map file");
  });
  CHECK(bad.status == 4);
  CHECK(bad.err == "mapfile-fake: file: not a map file\n");
}

TEST_CASE("words that are wrong, --help, --version") {
  const auto never = [](Output&) -> Status {
    return Fail(Code::kIo, "it ran");
  };
  const Ended wrong = RunMain(never, {"fake"});
  CHECK(wrong.status == 2);
  CHECK(wrong.err ==
        "mapfile-fake: FILE is missing\n"
        "mapfile-fake: try 'mapfile-fake --help'\n");
  const Ended help = RunMain(never, {"fake", "--help"});
  CHECK(help.status == 0);
  CHECK(help.out.starts_with("Usage: mapfile-fake [OPTION...] FILE\n"));
  const Ended version = RunMain(never, {"fake", "--version"});
  CHECK(version.status == 0);
  CHECK(version.out.starts_with("mapfile-fake (mapfile) "));
}

TEST_CASE("no memory") {
  const Ended none = RunMain([](Output&) -> Status { throw std::bad_alloc(); });
  CHECK(none.status == 3);
  CHECK(none.err == "mapfile-fake: out of memory\n");
}

TEST_CASE("closed standard descriptors are taken, so that no file gets them") {
  const Ended closed = RunMain(
      [](Output& output) -> Status {
        const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (fd <= STDERR_FILENO) return Fail(Code::kBusy, "a low descriptor");
        output.Write("lost");
        return {};
      },
      {"fake", "file"},
      [] {
        ::close(STDIN_FILENO);
        ::close(STDOUT_FILENO);
      });
  CHECK(closed.status == 3);
  CHECK(closed.err == "mapfile-fake: standard output: Bad file descriptor\n");
}

}  // namespace
}  // namespace mapfile::tools
