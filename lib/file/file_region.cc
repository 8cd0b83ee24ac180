#include "lib/file/file_region.h"

#include <string>

#include "lib/base/atomic.h"
#include "lib/base/step.h"
#include "lib/base/try.h"

namespace mapfile::file {

Result<std::unique_ptr<FileRegion>> FileRegion::Map(
    const os::File& file, const Options& options,
    std::uint64_t writers_offset) {
  std::unique_ptr<FileRegion> region(new FileRegion(file, options));
  MAPFILE_RETURN_IF_ERROR(region->Begin());
  region->first_base_ = region->base();
  constexpr std::uint64_t kSize =
      format::kWriterSlots * sizeof(format::WriterSlot);
  if (writers_offset % alignof(format::WriterSlot) != 0 ||
      !region->Contains(writers_offset, kSize)) {
    return Fail(Code::kCorrupt, "its header puts the writer slots at offset " +
                                    std::to_string(writers_offset) +
                                    ", not inside the file");
  }
  region->writers_ = {reinterpret_cast<format::WriterSlot*>(
                          region->first_base_ + writers_offset),
                      format::kWriterSlots};
  return region;
}

Status FileRegion::Grow(std::uint64_t size) {
  Refresh();
  MAPFILE_RETURN_IF_ERROR(Mapping::Grow(size));
  MAPFILE_STEP("grow: allocated");
  // Release: the bytes are there before others may touch them. The lock is
  // held, so that nobody else stores here; a size is never taken back.
  if (LoadRelaxed(header().size) < this->size()) {
    StoreRelease(header().size, this->size());
  }
  MAPFILE_STEP("grow: published");
  return {};
}

void FileRegion::Refresh() const {
  const std::uint64_t size = LoadAcquire(header().size);
  if (size <= this->size() || size % format::kPageSize != 0) return;
  // Where it fails the bytes stay outside, which the caller reports.
  const Status reached = const_cast<FileRegion*>(this)->Extend(size);
  is_cramped_.store(!reached && reached.error().code() == Code::kNoSpace,
                    std::memory_order_relaxed);
}

void FileRegion::MapNotifyPage(std::uint64_t offset) {
  auto writable = file_.Reopen(os::Access::kReadWrite);
  if (!writable) return;
  auto page = os::Page::Map(*writable, offset, options_.guard_bus_errors);
  if (page) notify_page_ = *std::move(page);
}

std::uint32_t* FileRegion::WritableNotifyWord(std::uint32_t* word) {
  if (options_.access == os::Access::kReadWrite) return word;
  const auto offset = static_cast<std::uint64_t>(
      reinterpret_cast<std::byte*>(word) - first_base_);
  const std::uint64_t place = offset % format::kPageSize;
  std::call_once(notify_once_,
                 [this, offset, place] { MapNotifyPage(offset - place); });
  if (notify_page_ == nullptr) return nullptr;
  return reinterpret_cast<std::uint32_t*>(notify_page_->base() + place);
}

}  // namespace mapfile::file
