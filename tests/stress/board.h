// Board: what the processes of the stress program tell each other beside the
// map file. It lies in memory that they share and that no kill can harm.
#ifndef MAPFILE_TESTS_STRESS_BOARD_H_
#define MAPFILE_TESTS_STRESS_BOARD_H_

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace mapfile::stress {

inline constexpr std::uint32_t kMostSeats = 16;  // Producers or consumers
inline constexpr std::uint32_t kShared = 8;      // Odd ones come and go
inline constexpr std::uint32_t kBlocks = 4;      // Edited in place by all
inline constexpr std::uint32_t kOwn = 4;         // Of each producer
inline constexpr std::uint32_t kRecords = kShared + kBlocks + kMostSeats * kOwn;

inline std::uint32_t OwnRecord(std::uint32_t seat, std::uint32_t i) {
  return kShared + kBlocks + seat * kOwn + i;
}
inline bool IsBlock(std::uint32_t record) {
  return record >= kShared && (record < kShared + kBlocks ||
                               (record - kShared - kBlocks) % kOwn == kOwn - 1);
}
inline bool IsOwn(std::uint32_t record) { return record >= kShared + kBlocks; }
inline bool MayVanish(std::uint32_t record) {
  return record < kShared && record % 2 == 1;
}
std::string NameOf(std::uint32_t record);

// What is known of a record beside the file.
struct Note {
  // A generation that some call has returned: from then on, no older one may
  // be current.
  std::atomic<std::uint64_t> generation;
  // Of the serial numbers of a producer's own record: the last one that was
  // begun, and the last one that was stored for certain.
  std::atomic<std::uint64_t> begun;
  std::atomic<std::uint64_t> done;

  void Returned(std::uint64_t now) {
    std::uint64_t seen = generation.load();
    while (seen < now && !generation.compare_exchange_weak(seen, now)) {
    }
  }
};

// A place for one process after the other.
struct Seat {
  std::atomic<std::uint64_t> operations;
  std::atomic<std::uint64_t> busy;     // Calls that gave way to others
  std::atomic<const char*> operation;  // Literals: all are forks of one
};

struct Board {
  Note notes[kRecords];
  Seat producers[kMostSeats];
  Seat consumers[kMostSeats];
  std::atomic<std::uint64_t> torn;      // Mixes of versions
  std::atomic<std::uint64_t> backward;  // Generations that went back
  std::atomic<std::uint64_t> lost;      // Published versions that are gone
  std::atomic<std::uint64_t> errors;    // Calls that failed without reason
  std::atomic<std::uint64_t> syncs;
  char first_fault[512];

  void Fault(std::atomic<std::uint64_t>& count, std::string_view what) {
    if (count.fetch_add(1) == 0 && first_fault[0] == 0) {
      std::strncpy(first_fault, std::string(what).c_str(),
                   sizeof first_fault - 1);
    }
  }
};

}  // namespace mapfile::stress

#endif  // MAPFILE_TESTS_STRESS_BOARD_H_
