// Clocks, and which boot of which machine they count from.
#ifndef MAPFILE_LIB_OS_CLOCK_H_
#define MAPFILE_LIB_OS_CLOCK_H_

#include <array>
#include <cstdint>

namespace mapfile::os {

std::uint64_t MonotonicNs();  // CLOCK_MONOTONIC
std::uint64_t WallNs();       // CLOCK_REALTIME

// Both to about 4 ms, for a tenth of the price.
struct CoarseTimes {
  std::uint64_t wall_ns = 0;
  std::uint64_t mono_ns = 0;
};
CoarseTimes CoarseNow();

// Names this boot of this machine; zero where the system doesn't tell.
std::array<unsigned char, 16> BootId();

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_CLOCK_H_
