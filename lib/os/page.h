// Page: one page of a file, writable, whatever else is mapped how.
#ifndef MAPFILE_LIB_OS_PAGE_H_
#define MAPFILE_LIB_OS_PAGE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "lib/os/bus_guard.h"
#include "lib/os/file.h"
#include "mapfile/status.h"

namespace mapfile::os {

class Page {
 public:
  static constexpr std::uint64_t kSize = 4096;

  // The page at `offset`, a multiple of kSize. The file need not stay open.
  // Where bus errors are guarded, who writes to a page that was lost misses
  // nothing; else it is killed. A child of this process doesn't have it. Io,
  // NoSpace: cannot be mapped.
  [[nodiscard]] static Result<std::unique_ptr<Page>> Map(
      const File& file, std::uint64_t offset, bool guard_bus_errors = true);
  Page(std::byte* base, bool guard_bus_errors);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  ~Page();

  std::byte* base() const { return base_; }

 private:
  std::byte* base_;
  const std::uint64_t fork_count_;  // Where it was made: a child hasn't got it
  std::atomic<bool> lost_ = false;
  std::optional<BusGuard> guard_;
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_PAGE_H_
