// What the stress program is told on its command line.
#ifndef MAPFILE_TESTS_STRESS_OPTIONS_H_
#define MAPFILE_TESTS_STRESS_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace mapfile::stress {

struct Options {
  std::uint32_t producers = 3;
  std::uint32_t consumers = 3;
  std::uint64_t seconds = 60;
  std::uint64_t kills = 0;     // Goes on until there were this many
  std::uint64_t pace_ms = 40;  // Between two signals, on average
  std::uint64_t hang_seconds = 30;
  std::uint64_t seed = 0;  // 0: by the clock
  std::string directory;   // Empty: a new one in memory
};

extern const char kHelp[];

// None: the arguments are wrong, or help was asked for; `*status` is what to
// exit with.
std::optional<Options> Parse(int argc, char** argv, int* status);

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_OPTIONS_H_
