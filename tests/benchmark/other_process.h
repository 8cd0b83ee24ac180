// A process beside the benchmark.
#ifndef MAPFILE_TESTS_BENCHMARK_OTHER_PROCESS_H_
#define MAPFILE_TESTS_BENCHMARK_OTHER_PROCESS_H_

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/benchmark/stores.h"

namespace mapfile::benchmarks {

// Runs `action(ready)`, which never returns, in a child until destroyed; the
// constructor returns once the child has called ready().
class OtherProcess {
 public:
  template <class Action>
  explicit OtherProcess(Action action) {
    int ready[2];
    if (pipe(ready) != 0) GiveUp("no pipe");
    child_ = fork();
    if (child_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      action([&] { return write(ready[1], "", 1) == 1; });
      _exit(1);
    }
    char byte = 0;
    if (child_ < 0 || read(ready[0], &byte, 1) != 1) GiveUp("no process");
    close(ready[0]);
    close(ready[1]);
  }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;
  ~OtherProcess() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }

 private:
  pid_t child_;
};

}  // namespace mapfile::benchmarks

#endif  // MAPFILE_TESTS_BENCHMARK_OTHER_PROCESS_H_
