#include "tests/stress/fire.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/stress/worker.h"

namespace mapfile::stress {

using std::chrono::milliseconds;

Fire::Fire(const Options& options, const std::string& path, Board& board,
           Observer observer)
    : options_(options),
      path_(path),
      board_(board),
      observer_(std::move(observer)),
      random_(options.seed),
      last_look_(Clock::now()) {
  for (std::uint32_t i = 0; i < options.producers; ++i) {
    processes_.emplace_back(true, i);
  }
  for (std::uint32_t i = 0; i < options.consumers; ++i) {
    processes_.emplace_back(false, i);
  }
  for (Process& process : processes_) Start(process);
}

Fire::~Fire() { End(); }

Seat& Fire::SeatOf(const Process& process) {
  return process.is_producer ? board_.producers[process.seat]
                             : board_.consumers[process.seat];
}

void Fire::Start(Process& process) {
  const Place place{.path = path_,
                    .producers = options_.producers,
                    .seat = process.seat,
                    .seed = random_()};
  process.pid = fork();
  if (process.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    process.is_producer ? Produce(board_, place) : Consume(board_, place);
  }
  process.is_stopped = false;
  process.quiet_since = quiet_;
}

// Every other one is stopped first, so that what it holds can be seen.
void Fire::Kill(Process& process) {
  if (random_() % 2 == 0) {
    kill(process.pid, SIGSTOP);
    int status = 0;
    waitpid(process.pid, &status, WUNTRACED);
    if (!WIFSTOPPED(status)) {
      process.pid = -1;
      return Reap();
    }
    if (observer_.HoldsLock(process.pid)) ++score_.recoveries;
  }
  kill(process.pid, SIGKILL);
  waitpid(process.pid, nullptr, 0);
  ++score_.kills;
  Start(process);
}

void Fire::Stop(Process& process) {
  if (process.is_stopped) return;
  kill(process.pid, SIGSTOP);
  ++score_.stops;
  process.is_stopped = true;
  // Short ones mostly: others have work to do as well.
  const std::uint64_t ms = 1 + random_() % (random_() % 8 == 0 ? 1000 : 30);
  process.goes_on = Clock::now() + milliseconds(ms);
}

void Fire::LetGoOn(Clock::time_point now) {
  for (Process& process : processes_) {
    if (!process.is_stopped || process.goes_on > now) continue;
    kill(process.pid, SIGCONT);
    process.is_stopped = false;
  }
}

// Those that ended by themselves: none should.
void Fire::Reap() {
  for (Process& process : processes_) {
    int status = 0;
    if (process.pid > 0 &&
        waitpid(process.pid, &status, WNOHANG) != process.pid) {
      continue;
    }
    ++score_.crashes;
    std::fprintf(stderr, "a process ended in '%s', wait status %#x\n",
                 SeatOf(process).operation.load(), status);
    Start(process);
  }
}

void Fire::Watch() {
  const Clock::time_point now = Clock::now();
  const bool is_quiet =
      std::none_of(processes_.begin(), processes_.end(),
                   [](const Process& p) { return p.is_stopped; });
  // A look that came late, since this process had to wait, counts little.
  if (is_quiet) {
    quiet_ +=
        std::min<std::chrono::nanoseconds>(now - last_look_, milliseconds(200));
  }
  last_look_ = now;
  for (Process& process : processes_) {
    const std::uint64_t operations = SeatOf(process).operations.load();
    if (operations != process.operations) {
      process.operations = operations;
      process.quiet_since = quiet_;
    } else if (quiet_ - process.quiet_since >
               std::chrono::seconds(options_.hang_seconds)) {
      ++score_.hangs;
      std::fprintf(stderr, "a process hangs in '%s'\n",
                   SeatOf(process).operation.load());
      Kill(process);
    }
  }
}

void Fire::Turn() {
  std::this_thread::sleep_for(
      std::chrono::microseconds(random_() % (2000 * options_.pace_ms + 1)));
  LetGoOn(Clock::now());
  Reap();
  Process& process = processes_[random_() % processes_.size()];
  random_() % 4 == 0 ? Stop(process) : Kill(process);
  Watch();
}

void Fire::End() {
  for (Process& process : processes_) {
    if (process.pid <= 0) continue;
    kill(process.pid, SIGKILL);
    waitpid(process.pid, nullptr, 0);
    process.pid = -1;
  }
}

}  // namespace mapfile::stress
