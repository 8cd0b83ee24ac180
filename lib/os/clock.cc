#include "lib/os/clock.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <charconv>

namespace mapfile::os {
namespace {

std::uint64_t Read(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

std::uint64_t MonotonicNs() { return Read(CLOCK_MONOTONIC); }
std::uint64_t WallNs() { return Read(CLOCK_REALTIME); }

// Both tick together, so that one tells whether the other has.
CoarseTimes CoarseNow() {
  static constinit thread_local CoarseTimes last;
  const std::uint64_t mono_ns = Read(CLOCK_MONOTONIC_COARSE);
  if (mono_ns != last.mono_ns) last = {Read(CLOCK_REALTIME_COARSE), mono_ns};
  return last;
}

// The kernel tells it as "fc3b0e5c-....\n": 16 bytes in hex, with dashes.
std::array<unsigned char, 16> BootId() {
  std::array<unsigned char, 16> id{};
  const int fd =
      open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return id;
  std::array<char, 64> text{};
  const ssize_t size = read(fd, text.data(), text.size());
  close(fd);
  const char* at = text.data();
  const char* const end = at + (size > 0 ? size : 0);
  for (unsigned char& byte : id) {
    if (at < end && *at == '-') ++at;
    if (end - at < 2) return {};
    if (std::from_chars(at, at + 2, byte, 16).ptr != at + 2) return {};
    at += 2;
  }
  return id;
}

}  // namespace mapfile::os
