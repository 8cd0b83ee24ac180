// Mapping: a file in memory, up to the size that it may ever have.
#ifndef MAPFILE_LIB_OS_MAPPING_H_
#define MAPFILE_LIB_OS_MAPPING_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "lib/base/region.h"
#include "lib/os/bus_guard.h"
#include "lib/os/file.h"
#include "mapfile/status.h"

namespace mapfile::os {

// Shares a file's bytes with all who have mapped it. Addresses behind the
// file's end are reserved, so that growing never moves anything; where the
// address space is limited (ulimit -v), only the file's size is mapped, and
// growing adds another mapping beside the old ones. A child of this process
// doesn't have the mapping.
class Mapping : public Region {
 public:
  struct Options {
    Access access = Access::kRead;
    std::uint64_t size = 0;      // Bytes of the file that may be touched
    std::uint64_t max_size = 0;  // It never becomes longer; multiple of 4096
    std::uintptr_t address = 0;  // Preferred, if it is free; 0: anywhere
    bool guard_bus_errors = true;
  };

  // Borrows the file for as long as it lives. NoSpace: no address space.
  [[nodiscard]] static Result<std::unique_ptr<Mapping>> Map(
      const File& file, const Options& options);
  ~Mapping() override;

  // Makes the file and the mapping longer; one caller at a time, who holds
  // the file's lock. NoSpace, with the way out.
  [[nodiscard]] Status Grow(std::uint64_t size) override;

  // Takes notice that somebody else made the file at least `size` long. Any
  // thread. Corrupt: it isn't; NoSpace: no address space.
  [[nodiscard]] Status Extend(std::uint64_t size);

  // Whether bytes were lost under it: by a truncation, or to the medium.
  bool poisoned() const { return poisoned_.load(std::memory_order_acquire); }

 protected:
  Mapping(const File& file, const Options& options);
  Status Begin();

 private:
  struct Piece {
    void* base = nullptr;
    std::uint64_t size = 0;
    std::unique_ptr<BusGuard> guard;
  };
  Status AddPiece(std::uint64_t size, std::uintptr_t address);
  Status Reserve(std::uint64_t size, std::uintptr_t address);
  Status Reach(std::uint64_t size);

  const File& file_;
  const Options options_;
  const std::uint64_t fork_count_;  // Where it was made: a child hasn't got it
  std::mutex mutex_;                // Guards what follows
  std::vector<Piece> pieces_;       // The last one is in use
  std::atomic<bool> poisoned_ = false;
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_MAPPING_H_
