// Processes and folders for tests.
#ifndef MAPFILE_TESTS_SUPPORT_PROCESS_H_
#define MAPFILE_TESTS_SUPPORT_PROCESS_H_

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>

namespace mapfile::testing {

// A child of fork() that runs a function and exits with what it returns.
// Killed when it goes out of scope.
class Child {
 public:
  template <class F>
  explicit Child(F&& run) : pid_(fork()) {
    if (pid_ == 0) _exit(static_cast<int>(run()));
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  ~Child() {
    if (pid_ > 0) Kill();
  }

  pid_t pid() const { return pid_; }
  void Signal(int signal) const { kill(pid_, signal); }

  // Its exit status; minus the signal that ended it.
  int Wait() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  int Kill() {
    Signal(SIGCONT);
    Signal(SIGKILL);
    return Wait();
  }

 private:
  pid_t pid_;
};

// A folder of its own, gone with the object.
class TempDir {
 public:
  // In memory (/dev/shm) or wherever tests may write.
  explicit TempDir(bool in_memory = false) {
    const char* base = std::getenv("TEST_TMPDIR");
    if (in_memory || base == nullptr) base = in_memory ? "/dev/shm" : "/tmp";
    std::string name = std::string(base) + "/mapfile-test-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  TempDir(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const {
    return path_ + "/" + name;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A number that a process tells another one, once or often.
class Pipe {
 public:
  Pipe() {
    if (pipe(ends_) != 0) std::abort();
  }
  Pipe(const Pipe&) = delete;
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  void Tell(std::int64_t number = 1) const {
    if (write(ends_[1], &number, sizeof number) != sizeof number) std::abort();
  }
  // Sleeps until there is one.
  std::int64_t Hear() const {
    std::int64_t number = -1;
    while (read(ends_[0], &number, sizeof number) < 0) {
    }
    return number;
  }

 private:
  int ends_[2];
};

// Makes `directory` one that everybody may look into, and this process, if it
// is root's, one that may write to no file of root's.
inline void OpenToNobody(const std::string& directory) {
  std::filesystem::permissions(directory, std::filesystem::perms{0755});
}
inline bool BecomeNobody() {
  if (getuid() != 0) return true;
  return setgid(65534) == 0 && setuid(65534) == 0;
}

// Waits until the condition holds; false after five seconds.
template <class F>
bool Eventually(F&& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

}  // namespace mapfile::testing

#endif  // MAPFILE_TESTS_SUPPORT_PROCESS_H_
