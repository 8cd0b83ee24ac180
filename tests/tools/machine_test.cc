#include "tools/machine.h"

#include <doctest/doctest.h>

namespace mapfile::tools {
namespace {

TEST_CASE("memory") {
  const Memory memory = ParseMemory(
      "MemTotal:       24689764 kB\nMemFree:  100 kB\nMemAvailable: 200 kB\n"
      "Cached:            50 kB\nSwapCached: 7 kB\nSwapTotal: 30 kB\n"
      "SwapFree:          10 kB\n");
  CHECK(memory.total_bytes == 24689764ull * 1024);
  CHECK(memory.free_bytes == 100 * 1024);
  CHECK(memory.available_bytes == 200 * 1024);
  CHECK(memory.cached_bytes == 50 * 1024);
  CHECK(memory.swap_used_bytes == 20 * 1024);
  CHECK(ParseMemory("").total_bytes == 0);
}

TEST_CASE("load") {
  const Load load = ParseLoad("0.50 1.25 2.00 3/456 789\n");
  CHECK(load.one_minute == 0.5);
  CHECK(load.five_minutes == 1.25);
  CHECK(load.fifteen_minutes == 2.0);
}

TEST_CASE("cores and context switches") {
  const CpuTimes before = ParseCpuTimes(
      "cpu  300 0 0 300 0 0 0 0 0 0\ncpu0 100 0 0 100 0 0 0 0 0 0\n"
      "cpu1 200 0 0 200 0 0 0 0 0 0\nctxt 1000\n");
  const CpuTimes now = ParseCpuTimes(
      "cpu0 150 0 0 150 0 0 0 0 0 0\ncpu1 200 0 0 210 0 0 0 0 0 0\n"
      "intr 5 5\nctxt 1500\n");
  CHECK(now.cores.size() == 2);
  CHECK(now.context_switches == 1500);
  CHECK(CpuUse(before, now) == std::vector<double>{50, 0});
  // Time stood still, or a core went away.
  CHECK(CpuUse(now, now) == std::vector<double>{0, 0});
  CHECK(CpuUse(now, before) == std::vector<double>{0, 0});
}

TEST_CASE("this machine") {
  CHECK(ParseMemory(ReadSmallFile("/proc/meminfo")).total_bytes > 0);
  CHECK_FALSE(ParseCpuTimes(ReadSmallFile("/proc/stat")).cores.empty());
  CHECK(ReadSmallFile("/proc/nothing").empty());
}

}  // namespace
}  // namespace mapfile::tools
