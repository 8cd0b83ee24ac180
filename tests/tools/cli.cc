#include "tests/tools/cli.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace mapfile::tools {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kNobody = 65534;
constexpr auto kPatience = std::chrono::seconds(20);

struct Pipe {
  Pipe() {
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  }
  int ends[2];
};

std::vector<std::string> EnvironmentOf(const RunOptions& options) {
  std::map<std::string, std::string> variables = {{"LC_ALL", "C.UTF-8"},
                                                  {"TZ", "UTC"}};
  for (const char* kept : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                           "TSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
    if (const char* value = std::getenv(kept)) variables[kept] = value;
  }
  for (const auto& [name, value] : options.environment) {
    variables[name] = value;
  }
  std::vector<std::string> lines;
  for (const auto& [name, value] : variables) {
    lines.push_back(name + "=" + value);
  }
  return lines;
}

std::vector<char*> PointersTo(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// In the child: only calls that are safe after fork.
[[noreturn]] void Execute(int program, char** argv, char** envp,
                          const RunOptions& options, int in, int out, int err) {
  ::dup2(in, STDIN_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (options.close_err) ::close(STDERR_FILENO);
  if (options.close_out) {
    ::close(STDOUT_FILENO);
  } else if (!options.out_path.empty()) {
    const int file = ::open(options.out_path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0 || ::dup2(file, STDOUT_FILENO) < 0) ::_exit(126);
  } else {
    ::dup2(out, STDOUT_FILENO);
  }
  if (options.as_nobody && ::getuid() == 0 &&
      (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 ||
       ::setuid(kNobody) != 0)) {
    ::_exit(125);
  }
  ::signal(SIGPIPE, SIG_DFL);
  ::fexecve(program, argv, envp);
  ::_exit(127);
}

struct Started {
  pid_t pid;
  int in;
  int out;
  int err;
};

// Starts a tool whose ends are `in`, `out` and `err`.
pid_t Spawn(const std::vector<std::string>& words, const RunOptions& options,
            int in, int out, int err) {
  // Opened here: nobody may not reach the place where it lies.
  const int program =
      ::open(ToolPath(words.at(0)).c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<std::string> arguments = words;
  arguments[0] = "mapfile-" + words[0];
  std::vector<std::string> environment = EnvironmentOf(options);
  const auto argv = PointersTo(arguments);
  const auto envp = PointersTo(environment);
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("fork");
  if (pid == 0) {
    Execute(program, const_cast<char**>(argv.data()),
            const_cast<char**>(envp.data()), options, in, out, err);
  }
  ::close(program);
  return pid;
}

Started Start(const std::vector<std::string>& words,
              const RunOptions& options) {
  Pipe in, out, err;
  const pid_t pid = Spawn(words, options, in.ends[0], out.ends[1], err.ends[1]);
  ::close(in.ends[0]);
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  return {pid, in.ends[1], out.ends[0], err.ends[0]};
}

// Takes what there is at `fd`; false at the end.
bool ReadSome(int fd, std::string* to) {
  char buffer[4096];
  const ssize_t size = ::read(fd, buffer, sizeof(buffer));
  if (size > 0) to->append(buffer, static_cast<std::size_t>(size));
  return size > 0;
}

int StatusOf(pid_t pid) {
  const auto end = Clock::now() + kPatience;
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) {
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (Clock::now() > end) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Feeds standard input and collects the rest, until all is said.
void Talk(const Started& tool, std::string_view in, Outcome* outcome) {
  pollfd ends[3] = {{in.empty() ? -1 : tool.in, POLLOUT, 0},
                    {tool.out, POLLIN, 0},
                    {tool.err, POLLIN, 0}};
  if (in.empty()) ::close(tool.in);
  const auto end = Clock::now() + kPatience;
  while ((ends[1].fd >= 0 || ends[2].fd >= 0) && Clock::now() < end) {
    if (::poll(ends, 3, 100) <= 0) continue;
    if (ends[0].revents != 0) {
      const ssize_t size = ::write(tool.in, in.data(), in.size());
      if (size > 0) in.remove_prefix(static_cast<std::size_t>(size));
      if (size <= 0 || in.empty()) {
        ::close(tool.in);
        ends[0].fd = -1;
      }
    }
    if (ends[1].revents != 0 && !ReadSome(tool.out, &outcome->out)) {
      ends[1].fd = -1;
    }
    if (ends[2].revents != 0 && !ReadSome(tool.err, &outcome->err)) {
      ends[2].fd = -1;
    }
  }
  if (ends[0].fd >= 0) ::close(tool.in);
}

std::string ReadLineOf(int fd) {
  std::string line;
  const auto end = Clock::now() + std::chrono::seconds(10);
  while (Clock::now() < end) {
    pollfd state = {fd, POLLIN, 0};
    if (::poll(&state, 1, 100) <= 0) continue;
    char c = 0;
    if (::read(fd, &c, 1) != 1) return line;
    line += c;
    if (c == '\n') return line;
  }
  return line;
}

}  // namespace

std::string ToolPath(const std::string& tool) {
  // Tests run in the root of their runfiles.
  return std::filesystem::absolute("tools/mapfile-" + tool);
}

Outcome Run(const std::vector<std::string>& words, const RunOptions& options) {
  ::signal(SIGPIPE, SIG_IGN);
  const Started tool = Start(words, options);
  Outcome outcome;
  Talk(tool, options.in, &outcome);
  ::close(tool.out);
  ::close(tool.err);
  outcome.status = StatusOf(tool.pid);
  return outcome;
}

std::string RunOnTerminal(const std::vector<std::string>& words, int columns,
                          const std::string& typed, const RunOptions& options) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) {
    throw std::runtime_error("posix_openpt");
  }
  const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  winsize size = {};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = 24;
  ::ioctl(master, TIOCSWINSZ, &size);
  const pid_t pid = Spawn(words, options, terminal, terminal, terminal);
  ::close(terminal);
  if (::write(master, typed.data(), typed.size()) < 0) return "";
  std::string shown;
  while (ReadSome(master, &shown)) {
  }
  ::close(master);
  StatusOf(pid);
  std::erase(shown, '\r');
  return shown;
}

Background::Background(const std::vector<std::string>& words,
                       const RunOptions& options) {
  const Started tool = Start(words, options);
  ::close(tool.in);
  pid_ = tool.pid;
  out_ = tool.out;
  err_ = tool.err;
}

Background::~Background() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  CloseOutput();
  ::close(err_);
}

std::string Background::ReadLine() { return ReadLineOf(out_); }
std::string Background::ReadErrorLine() { return ReadLineOf(err_); }

void Background::Signal(int signal) { ::kill(pid_, signal); }

void Background::CloseOutput() {
  if (out_ >= 0) ::close(out_);
  out_ = -1;
}

Outcome Background::Wait() {
  Outcome outcome;
  const auto end = Clock::now() + std::chrono::seconds(10);
  pollfd ends[2] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};
  while ((ends[0].fd >= 0 || ends[1].fd >= 0) && Clock::now() < end) {
    if (::poll(ends, 2, 100) <= 0) continue;
    if (ends[0].revents != 0 && !ReadSome(out_, &outcome.out)) ends[0].fd = -1;
    if (ends[1].revents != 0 && !ReadSome(err_, &outcome.err)) ends[1].fd = -1;
  }
  outcome.status = StatusOf(pid_);
  pid_ = -1;
  return outcome;
}

TempDir::TempDir() {
  const char* base = std::getenv("TEST_TMPDIR");
  path_ = std::string(base != nullptr ? base : "/tmp") + "/cli.XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp");
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::operator/(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteAll(const std::string& path, std::string_view data) {
  std::ofstream(path, std::ios::binary) << data;
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace mapfile::tools
