// mapfile_stress: one map file under fire. See --help (options.cc) for what
// it does, and CONTRIBUTING.md for what it has shown.
//
//     bazel run //tests/stress:mapfile_stress -- --seconds 1200
//
// The processes are forks of this one: supervisor (fire.cc), producers and
// consumers. Values carry a pattern (pattern.cc), so that any mix of two
// versions shows. What must not be lost is noted beside the file in memory
// that all share (board.h): a producer notes each generation that a call has
// returned and a consumer looks at the note before it reads; of a producer's
// own records, whose serial numbers rise by one, the value must be one that
// was begun and none older than the last one that was stored for certain.
#include <sys/mman.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>

#include "tests/stress/audit.h"
#include "tests/stress/fire.h"

namespace mapfile::stress {
namespace {

using Clock = Fire::Clock;

Board* SharedBoard() {
  void* const memory = mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : new (memory) Board{};
}

std::string MakeDirectory(const Options& options) {
  std::string name = (options.directory.empty() ? std::string("/dev/shm")
                                                : options.directory) +
                     "/mapfile-stress-XXXXXX";
  return mkdtemp(name.data()) == nullptr ? std::string() : name;
}

std::uint64_t Sum(const Seat (&seats)[kMostSeats],
                  std::atomic<std::uint64_t> Seat::*count) {
  std::uint64_t sum = 0;
  for (const Seat& seat : seats) sum += (seat.*count).load();
  return sum;
}

void Line(const char* name, std::uint64_t value, const char* remark = "") {
  std::printf("%-24s %12" PRIu64 "%s\n", name, value, remark);
}

// Prints a line for what must be 0.
bool IsZero(const char* name, std::uint64_t value) {
  Line(name, value, value == 0 ? "" : "  WRONG");
  return value == 0;
}

bool Report(const Board& board, const Score& score,
            const Result<Findings>& findings) {
  Line("calls of producers", Sum(board.producers, &Seat::operations));
  Line("  that gave way", Sum(board.producers, &Seat::busy));
  Line("calls of consumers", Sum(board.consumers, &Seat::operations));
  Line("  that gave way", Sum(board.consumers, &Seat::busy));
  Line("syncs to the medium", board.syncs.load());
  Line("kills", score.kills);
  Line("  seen to leave a lock", score.recoveries);
  Line("stops", score.stops);
  bool good = IsZero("torn reads", board.torn.load());
  good &= IsZero("backward steps", board.backward.load());
  good &= IsZero("lost versions", board.lost.load());
  good &= IsZero("unexpected errors", board.errors.load());
  good &= IsZero("crashes", score.crashes);
  good &= IsZero("hangs", score.hangs);
  if (!findings) {
    std::printf("WRONG: %s\n", findings.error().message().c_str());
    return false;
  }
  good &= IsZero("faults of the file", findings->faults.size());
  good &= IsZero("leaked blocks", findings->leaked_blocks);
  Line("ms for the next writer", findings->next_writer_ms);
  for (const std::string& fault : findings->faults) {
    std::printf("%s\n", fault.c_str());
  }
  if (board.first_fault[0] != 0) std::printf("first: %s\n", board.first_fault);
  return good;
}

Result<Score> Burn(const Options& options, const std::string& path,
                   Board& board) {
  Status made = MakeFile(path, options.producers);
  if (!made) return Fail(std::move(made).error());
  auto observer = Observer::Of(path);
  if (!observer) return Fail(std::move(observer).error());
  Fire fire(options, path, board, *std::move(observer));
  const auto begin = Clock::now();
  auto progress = begin;
  while (Clock::now() - begin < std::chrono::seconds(options.seconds) ||
         fire.score().kills < options.kills) {
    fire.Turn();
    if (Clock::now() - progress < std::chrono::seconds(60)) continue;
    progress = Clock::now();
    std::fprintf(stderr, "%" PRIu64 " kills, %" PRIu64 " calls\n",
                 fire.score().kills, Sum(board.producers, &Seat::operations));
  }
  fire.End();
  return fire.score();
}

int Main(const Options& options) {
  std::printf("seed %" PRIu64 "\n", options.seed);
  std::fflush(stdout);
  Board* const board = SharedBoard();
  const std::string directory = MakeDirectory(options);
  if (board == nullptr || directory.empty()) {
    std::perror("mapfile_stress");
    return 1;
  }
  const std::string path = directory + "/stress.map";
  const auto score = Burn(options, path, *board);
  if (!score) {
    std::fprintf(stderr, "%s\n", score.error().message().c_str());
    return 1;
  }
  std::error_code ignored;
  // What was found is looked at in a copy: the file stays as it was left.
  const std::string copy = directory + "/audit.map";
  std::filesystem::copy_file(path, copy, ignored);
  if (!Report(*board, *score, Audit(copy, options.producers))) {
    std::printf("the file as it was left: %s\n", path.c_str());
    return 1;
  }
  std::filesystem::remove_all(directory, ignored);
  return 0;
}

}  // namespace
}  // namespace mapfile::stress

int main(int argc, char** argv) {
  int status = 0;
  const auto options = mapfile::stress::Parse(argc, argv, &status);
  return options ? mapfile::stress::Main(*options) : status;
}
