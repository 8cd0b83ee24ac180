#include "tools/machine.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace mapfile::tools {
namespace {

// Takes the next word, up to blanks, from the front of `text`.
std::string_view NextWord(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

template <class T>
T NextNumber(std::string_view& text) {
  const std::string_view word = NextWord(text);
  T number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

std::string_view NextLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// user, nice, system, idle, iowait, irq, softirq, steal.
CpuTimes::Core ParseCore(std::string_view line) {
  CpuTimes::Core core;
  for (int i = 0; i < 8; ++i) {
    const auto ticks = NextNumber<std::uint64_t>(line);
    core.total += ticks;
    if (i != 3 && i != 4) core.busy += ticks;
  }
  return core;
}

}  // namespace

Memory ParseMemory(std::string_view meminfo) {
  Memory memory;
  std::uint64_t swap_total = 0;
  std::uint64_t swap_free = 0;
  while (!meminfo.empty()) {
    std::string_view line = NextLine(meminfo);
    const std::string_view key = NextWord(line);
    const std::uint64_t bytes = NextNumber<std::uint64_t>(line) * 1024;
    if (key == "MemTotal:") memory.total_bytes = bytes;
    if (key == "MemFree:") memory.free_bytes = bytes;
    if (key == "MemAvailable:") memory.available_bytes = bytes;
    if (key == "Cached:") memory.cached_bytes = bytes;
    if (key == "SwapTotal:") swap_total = bytes;
    if (key == "SwapFree:") swap_free = bytes;
  }
  memory.swap_used_bytes = swap_total - std::min(swap_free, swap_total);
  return memory;
}

Load ParseLoad(std::string_view loadavg) {
  Load load;
  load.one_minute = NextNumber<double>(loadavg);
  load.five_minutes = NextNumber<double>(loadavg);
  load.fifteen_minutes = NextNumber<double>(loadavg);
  return load;
}

CpuTimes ParseCpuTimes(std::string_view stat) {
  CpuTimes times;
  while (!stat.empty()) {
    std::string_view line = NextLine(stat);
    const std::string_view key = NextWord(line);
    // "cpu" alone is the sum of all.
    if (key.starts_with("cpu") && key.size() > 3) {
      times.cores.push_back(ParseCore(line));
    }
    if (key == "ctxt") times.context_switches = NextNumber<std::uint64_t>(line);
  }
  return times;
}

std::vector<double> CpuUse(const CpuTimes& before, const CpuTimes& now) {
  std::vector<double> use;
  for (std::size_t i = 0; i < now.cores.size(); ++i) {
    CpuTimes::Core old;
    if (i < before.cores.size()) old = before.cores[i];
    const CpuTimes::Core& core = now.cores[i];
    // Some kernels' idle times go back a little.
    const bool valid = core.total > old.total && core.busy >= old.busy;
    use.push_back(valid ? 100.0 * static_cast<double>(core.busy - old.busy) /
                              static_cast<double>(core.total - old.total)
                        : 0.0);
  }
  return use;
}

std::string ReadSmallFile(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace mapfile::tools
