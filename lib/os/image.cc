#include "lib/os/image.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>

#include "lib/base/try.h"
#include "lib/os/error.h"

namespace mapfile::os {
namespace {

constexpr std::uint64_t kPage = 4096;

std::uint64_t RoundUp(std::uint64_t size) {
  return (size + kPage - 1) / kPage * kPage;
}

}  // namespace

Image::Image(const File& file, std::uint64_t size, std::uint64_t max_size)
    : Region(nullptr, size),
      file_(file),
      max_size_(RoundUp(std::max({size, max_size, kPage}))) {}

Result<std::unique_ptr<Image>> Image::Map(const File& file, std::uint64_t size,
                                          std::uint64_t max_size) {
  std::unique_ptr<Image> image(new Image(file, size, max_size));
  MAPFILE_RETURN_IF_ERROR(image->Begin());
  return image;
}

Status Image::Begin() {
  void* const base = mmap(nullptr, max_size_, PROT_READ,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) {
    return SystemError("no room in this process's address space (ulimit -v)",
                       errno);
  }
  start_ = static_cast<std::byte*>(base);
  SetBase(start_);
  guard_ = std::make_unique<BusGuard>(base, max_size_, poisoned_);
  MAPFILE_ASSIGN_OR_RETURN(const std::uint64_t length, file_.Size());
  return MapFilePages(std::min(RoundUp(length), max_size_));
}

Image::~Image() {
  guard_.reset();
  if (start_ != nullptr) munmap(start_, max_size_);
}

// The pages up to `to` show the file. Those that do already stay.
Status Image::MapFilePages(std::uint64_t to) {
  if (to <= mapped_) return {};
  void* const at = start_ + mapped_;
  // Linux shows the file's present bytes in a private page until the page is
  // stored to.
  if (mmap(at, to - mapped_, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
           file_.fd(), static_cast<off_t>(mapped_)) == MAP_FAILED) {
    return SystemError("cannot be mapped into this process's memory", errno);
  }
  mapped_ = to;
  return {};
}

Status Image::MakePrivate() {
  if (mprotect(start_, max_size_, PROT_READ | PROT_WRITE) != 0) {
    return SystemError("no memory for a private copy", errno);
  }
  private_ = true;
  return {};
}

Status Image::Grow(std::uint64_t size) {
  if (size <= this->size()) return {};
  if (!private_ || size > max_size_) return Region::Grow(size);
  SetSize(size);
  return {};
}

void Image::Refresh() const {
  if (private_) return;
  const std::lock_guard lock(mutex_);
  const auto length = file_.Size();
  if (!length || *length <= size() || *length > max_size_) return;
  auto* self = const_cast<Image*>(this);
  // Where it fails the bytes stay outside, which the caller reports.
  if (self->MapFilePages(RoundUp(*length))) self->SetSize(*length);
}

}  // namespace mapfile::os
