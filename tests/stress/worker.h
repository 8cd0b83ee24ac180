// Worker: what producers and consumers have in common.
#ifndef MAPFILE_TESTS_STRESS_WORKER_H_
#define MAPFILE_TESTS_STRESS_WORKER_H_

#include <random>
#include <string>

#include "mapfile/mapfile.h"
#include "tests/stress/board.h"
#include "tests/stress/pattern.h"

namespace mapfile::stress {

// A process at its seat, which works until it is killed.
struct Place {
  std::string path;
  std::uint32_t producers = 0;  // How many there are
  std::uint32_t seat = 0;
  std::uint64_t seed = 0;
};

[[noreturn]] void Produce(Board& board, const Place& place);
[[noreturn]] void Consume(Board& board, const Place& place);

class Worker {
 public:
  Worker(Board& board, Seat& seat, const Place& place)
      : board_(board), seat_(seat), place_(place), random_(place.seed) {}

 protected:
  std::uint64_t Below(std::uint64_t end) { return random_() % end; }
  std::uint32_t AnyRecord();
  Note& NoteOf(std::uint32_t record) { return board_.notes[record]; }

  void Begin(const char* operation) { seat_.operation.store(operation); }
  void End() { seat_.operations.fetch_add(1); }

  // Whether a call succeeded. Errors that others may cause at any time are
  // no faults: who keeps a lock while stopped, who removes a record.
  template <class R>
  bool Ok(const R& result) {
    if (result) return true;
    Judge(result.error());
    return false;
  }

  Board& board_;
  Seat& seat_;
  const Place place_;

 private:
  void Judge(const Error& error);

  std::mt19937_64 random_;
};

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_WORKER_H_
