#include "tests/stress/options.h"

#include <charconv>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "tests/stress/board.h"

namespace mapfile::stress {

const char kHelp[] =
    R"(Usage: mapfile_stress [--seconds N] [--kills N] [OPTION]...

Puts one map file under fire: producers and consumers, each a process of its
own, make random calls on shared and own records, on the title and the heap,
while random ones of them are killed (SIGKILL) or stopped for a while
(SIGSTOP). Each value tells whether it is one version or a mix; a note beside
the file says which versions must not be lost.

  --seconds N       at least so long (60)
  --kills N         and until so many were killed (0)
  --producers N     processes that write, 1 to 16 (3)
  --consumers N     processes that read, 1 to 16 (3)
  --pace MS         time between two signals, on average (40)
  --hang SECONDS    a call that takes longer, not counting time in which
                    anybody was stopped, is a hang (30)
  --seed N          of all that is random, but for the scheduler (the clock)
  --directory DIR   where the file is made (a new one in /dev/shm); removed
                    at the end unless something was found
  --help            this text

It reports calls, kills, kills that left a lock held (their locks were taken
over and what they left was finished), and what must be 0: torn reads,
generations that went back, lost versions, unexpected errors, hangs, faults
of the file at the end, blocks that leaked. Exit status: 0 if all of these
are 0, 1 if not, 2 for a wrong option.
)";

namespace {

bool Number(std::string_view text, std::uint64_t least, std::uint64_t most,
            std::uint64_t& into) {
  const char* const end = text.data() + text.size();
  std::uint64_t value = 0;
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || at != end || value < least || value > most) {
    return false;
  }
  into = value;
  return true;
}

bool Set(Options& options, std::string_view name, std::string_view value) {
  constexpr std::uint64_t kMost = 1'000'000'000;
  std::uint64_t seats = 0;
  if (name == "--seconds") return Number(value, 0, kMost, options.seconds);
  if (name == "--kills") return Number(value, 0, kMost, options.kills);
  if (name == "--pace") return Number(value, 1, kMost, options.pace_ms);
  if (name == "--hang") return Number(value, 1, kMost, options.hang_seconds);
  if (name == "--seed") return Number(value, 0, UINT64_MAX, options.seed);
  if (name == "--directory") {
    options.directory = value;
    return !value.empty();
  }
  if (!Number(value, 1, kMostSeats, seats)) return false;
  if (name == "--producers") options.producers = static_cast<uint32_t>(seats);
  if (name == "--consumers") options.consumers = static_cast<uint32_t>(seats);
  return name == "--producers" || name == "--consumers";
}

}  // namespace

std::optional<Options> Parse(int argc, char** argv, int* status) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help") {
      std::fputs(kHelp, stdout);
      *status = 0;
      return std::nullopt;
    }
    if (i + 1 == argc || !Set(options, name, argv[++i])) {
      std::fprintf(stderr, "mapfile_stress: wrong option '%s'; see --help\n",
                   argv[i]);
      *status = 2;
      return std::nullopt;
    }
  }
  if (options.seed == 0) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    options.seed = static_cast<std::uint64_t>(now.tv_nsec) + 1;
  }
  return options;
}

}  // namespace mapfile::stress
