// What mapfile-demo measures: the machine that it runs on.
#ifndef MAPFILE_TOOLS_MACHINE_H_
#define MAPFILE_TOOLS_MACHINE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mapfile::tools {

// Memory of the machine, from /proc/meminfo. An array of words in a fixed
// order: fit to be edited in place.
struct Memory {
  std::uint64_t total_bytes = 0;
  std::uint64_t free_bytes = 0;
  std::uint64_t available_bytes = 0;
  std::uint64_t cached_bytes = 0;
  std::uint64_t swap_used_bytes = 0;
};

// Processes that were running or waiting to run, on average.
struct Load {
  double one_minute = 0;
  double five_minutes = 0;
  double fifteen_minutes = 0;
};

// Reads of /proc. What isn't there stays zero.
Memory ParseMemory(std::string_view meminfo);
Load ParseLoad(std::string_view loadavg);

// Counters of /proc/stat, since the machine was started.
struct CpuTimes {
  struct Core {
    std::uint64_t busy = 0;
    std::uint64_t total = 0;
  };
  std::vector<Core> cores;
  std::uint64_t context_switches = 0;
};
CpuTimes ParseCpuTimes(std::string_view stat);

// Per cent of its time that each core of `now` was busy since `before`.
std::vector<double> CpuUse(const CpuTimes& before, const CpuTimes& now);

// The whole of a small file, such as those in /proc; empty if it can't be
// read.
std::string ReadSmallFile(const char* path);

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_MACHINE_H_
