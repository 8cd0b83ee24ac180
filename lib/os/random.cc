#include "lib/os/random.h"

#include <sys/random.h>

#include <cerrno>

#include "lib/os/clock.h"

namespace mapfile::os {

std::uint64_t RandomBits() {
  std::uint64_t bits = 0;
  // Eight bytes come whole or not at all.
  while (getrandom(&bits, sizeof bits, 0) != sizeof bits) {
    if (errno == EINTR) continue;
    // A kernel without the call: names still differ, which is all we need.
    return MonotonicNs() * 0x9e3779b97f4a7c15;
  }
  return bits;
}

}  // namespace mapfile::os
