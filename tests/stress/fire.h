// Fire: starts the processes, kills and stops them, and watches for hangs.
#ifndef MAPFILE_TESTS_STRESS_FIRE_H_
#define MAPFILE_TESTS_STRESS_FIRE_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/stress/audit.h"
#include "tests/stress/board.h"
#include "tests/stress/options.h"

namespace mapfile::stress {

struct Score {
  std::uint64_t kills = 0;
  std::uint64_t stops = 0;
  std::uint64_t recoveries = 0;  // Kills that left a lock held, as far as seen
  std::uint64_t hangs = 0;
  std::uint64_t crashes = 0;  // Processes that ended by themselves
};

class Fire {
 public:
  using Clock = std::chrono::steady_clock;

  Fire(const Options& options, const std::string& path, Board& board,
       Observer observer);
  ~Fire();

  // One turn: a signal to somebody, and a look at everybody.
  void Turn();

  // Kills all that are left.
  void End();

  const Score& score() const { return score_; }

 private:
  struct Process {
    Process(bool produces, std::uint32_t place)
        : is_producer(produces), seat(place) {}

    bool is_producer;
    std::uint32_t seat;
    pid_t pid = -1;
    bool is_stopped = false;
    Clock::time_point goes_on;                // When it is stopped
    std::uint64_t operations = 0;             // At the last look
    std::chrono::nanoseconds quiet_since{0};  // On the quiet clock
  };

  void Start(Process& process);
  void Kill(Process& process);
  void Stop(Process& process);
  void LetGoOn(Clock::time_point now);
  void Watch();
  void Reap();
  Seat& SeatOf(const Process& process);

  const Options options_;
  const std::string path_;
  Board& board_;
  Observer observer_;
  std::mt19937_64 random_;
  std::vector<Process> processes_;
  Score score_;
  // Counts only while nobody is stopped: who waits for a stopped one, or is
  // one, is no hang.
  std::chrono::nanoseconds quiet_{0};
  Clock::time_point last_look_;
};

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_FIRE_H_
