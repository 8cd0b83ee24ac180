// FileHost: the record table's locks, clocks and wake-ups, for a real file.
#ifndef MAPFILE_LIB_FILE_FILE_HOST_H_
#define MAPFILE_LIB_FILE_FILE_HOST_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "lib/file/file_region.h"
#include "lib/os/tenancy.h"
#include "lib/os/writer_lock.h"
#include "lib/record/host.h"

namespace mapfile::file {

// Writes as the tenant of one writer slot at a time. All calls from any
// thread; BecomeWriter() and Resign() while nobody uses the locks.
class FileHost : public record::Host {
 public:
  // Borrows the file and its region.
  FileHost(const os::File& file, FileRegion& region,
           std::chrono::milliseconds lock_timeout);

  // Claims a slot. Busy: all are taken. On a new boot, and in a copy, its
  // incarnation leaves those behind that the medium may have lost.
  [[nodiscard]] Status BecomeWriter(bool is_new_boot);
  // Says that what this writer did is complete.
  void SignOff();
  // Gives the slot back; without SignOff(), as a dead process does.
  void Resign();
  bool is_writer() const { return is_writer_.load(std::memory_order_acquire); }

  bool TryLock(std::uint64_t* word) override;
  Result<bool> Lock(std::uint64_t* word) override;
  void Unlock(std::uint64_t* word) override;
  void Abandon(std::uint64_t* word) override;
  record::Times Now() override;
  void Wake(const std::uint32_t* word) override;

  // The file's lock for a user, who keeps it between calls. Until the last
  // EndUserLock() of this thread, its calls find that lock theirs already.
  [[nodiscard]] Result<bool> BeginUserLock(std::chrono::milliseconds timeout);
  // InvalidArgument: this thread doesn't have it.
  [[nodiscard]] Status EndUserLock();
  // Gives it back for whichever thread forgot to.
  void DropUserLock();

 private:
  bool IsUsers(const std::uint64_t* word) const;

  const os::File& file_;
  FileRegion& region_;
  const std::chrono::milliseconds lock_timeout_;
  os::WriterLock lock_;
  std::optional<os::Tenancy> tenancy_;
  std::atomic<bool> is_writer_ = false;
  // The thread that has the file's lock for a user; its own depth.
  std::atomic<std::thread::id> user_{};
  int user_depth_ = 0;
};

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_FILE_HOST_H_
