// FileRegion: a map file's bytes, as its table and heap see them.
#ifndef MAPFILE_LIB_FILE_FILE_REGION_H_
#define MAPFILE_LIB_FILE_FILE_REGION_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "lib/format/layout.h"
#include "lib/os/mapping.h"
#include "lib/os/page.h"
#include "mapfile/status.h"

namespace mapfile::file {

// A mapping that keeps to the size in the file's header: it tells others of
// its growth there, and takes notice of theirs. All calls from any thread,
// Grow() by the holder of the file's lock.
class FileRegion : public os::Mapping {
 public:
  // A mapping of a file whose header was checked, and puts the writer slots
  // at `writers_offset`: the header's word may be changed while others go by
  // it. Borrows the file. NoSpace: no address space; Corrupt.
  [[nodiscard]] static Result<std::unique_ptr<FileRegion>> Map(
      const os::File& file, const Options& options,
      std::uint64_t writers_offset);

  format::FileHeader& header() const {
    return *reinterpret_cast<format::FileHeader*>(first_base_);
  }
  std::span<format::WriterSlot> writers() const { return writers_; }

  [[nodiscard]] Status Grow(std::uint64_t size) override;
  void Refresh() const override;

  // Whether the file grew and this process had no address space to follow:
  // what lies there is not wrong, but out of reach.
  bool is_cramped() const {
    return is_cramped_.load(std::memory_order_relaxed);
  }

  // A place to store the notify word at `word` of this mapping: `word`
  // itself where the mapping can be written, else in a mapping of that page
  // alone, made at the first call; null where this process has no
  // permission to write the file.
  std::uint32_t* WritableNotifyWord(std::uint32_t* word);

 private:
  FileRegion(const os::File& file, const Options& options)
      : Mapping(file, options), file_(file), options_(options) {}
  void MapNotifyPage(std::uint64_t offset);

  const os::File& file_;
  const Options options_;
  std::byte* first_base_ = nullptr;  // Stays mapped if the region moves
  std::span<format::WriterSlot> writers_;
  mutable std::atomic<bool> is_cramped_ = false;
  std::once_flag notify_once_;
  std::unique_ptr<os::Page> notify_page_;
};

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_FILE_REGION_H_
