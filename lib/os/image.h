// Image: a private view of a file that need not be what it should be.
#ifndef MAPFILE_LIB_OS_IMAGE_H_
#define MAPFILE_LIB_OS_IMAGE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

#include "lib/base/region.h"
#include "lib/os/bus_guard.h"
#include "lib/os/file.h"
#include "mapfile/status.h"

namespace mapfile::os {

// Shows the file's bytes as others change them, until MakePrivate(); from
// then on what is stored here changes the image alone, page by page. Behind
// the end of the file the image is zeroes. Needs read permission only.
class Image : public Region {
 public:
  // `size`: of the image, whatever the file's is; 2^46 at most. It may grow
  // to `max_size`, rounded up to pages: with the file where that is longer,
  // with zeroes through Grow(). Borrows the file. NoSpace: no address space.
  [[nodiscard]] static Result<std::unique_ptr<Image>> Map(
      const File& file, std::uint64_t size, std::uint64_t max_size);
  ~Image() override;

  // From here on the image may be stored to. NoSpace.
  [[nodiscard]] Status MakePrivate();

  [[nodiscard]] Status Grow(std::uint64_t size) override;
  void Refresh() const override;

  // Whether bytes were lost under it: by a truncation, or to the medium.
  bool poisoned() const { return poisoned_.load(std::memory_order_acquire); }

 private:
  Image(const File& file, std::uint64_t size, std::uint64_t max_size);
  Status Begin();
  Status MapFilePages(std::uint64_t to);

  const File& file_;
  const std::uint64_t max_size_;
  std::byte* start_ = nullptr;
  std::uint64_t mapped_ = 0;  // Bytes that show the file
  bool private_ = false;
  mutable std::mutex mutex_;  // Of Refresh()
  std::atomic<bool> poisoned_ = false;
  std::unique_ptr<BusGuard> guard_;
};

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_IMAGE_H_
