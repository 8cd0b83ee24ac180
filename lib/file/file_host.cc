#include "lib/file/file_host.h"

#include <climits>

#include "lib/base/try.h"
#include "lib/os/clock.h"
#include "lib/os/futex.h"

namespace mapfile::file {

FileHost::FileHost(const os::File& file, FileRegion& region,
                   std::chrono::milliseconds lock_timeout)
    : file_(file),
      region_(region),
      lock_timeout_(lock_timeout),
      lock_(file, region.writers()) {}

Status FileHost::BecomeWriter(bool is_new_boot) {
  MAPFILE_ASSIGN_OR_RETURN(
      auto tenancy, os::Tenancy::Claim(file_, region_.writers(), is_new_boot));
  tenancy_.emplace(std::move(tenancy));
  SetWriter(tenancy_->slot(), tenancy_->incarnation());
  lock_.SetTenant(writer_slot(), incarnation());
  is_writer_.store(true, std::memory_order_release);
  return {};
}

void FileHost::SignOff() { tenancy_->Leave(); }

void FileHost::Resign() {
  if (!is_writer()) return;
  is_writer_.store(false, std::memory_order_release);
  tenancy_.reset();
}

bool FileHost::IsUsers(const std::uint64_t* word) const {
  return word == &region_.header().lock &&
         user_.load(std::memory_order_relaxed) == std::this_thread::get_id();
}

bool FileHost::TryLock(std::uint64_t* word) {
  return !IsUsers(word) && lock_.TryLock(word);
}

Result<bool> FileHost::Lock(std::uint64_t* word) {
  if (IsUsers(word)) {
    ++user_depth_;
    return false;
  }
  return lock_.Lock(word, lock_timeout_);
}

void FileHost::Unlock(std::uint64_t* word) {
  if (IsUsers(word)) {
    --user_depth_;
  } else {
    lock_.Unlock(word);
  }
}

void FileHost::Abandon(std::uint64_t* word) { lock_.Abandon(word); }

record::Times FileHost::Now() {
  const os::CoarseTimes now = os::CoarseNow();
  return {.wall_ns = now.wall_ns, .mono_ns = now.mono_ns};
}

void FileHost::Wake(const std::uint32_t* word) { os::FutexWake(word, INT_MAX); }

Result<bool> FileHost::BeginUserLock(std::chrono::milliseconds timeout) {
  std::uint64_t* const word = &region_.header().lock;
  if (IsUsers(word)) {
    ++user_depth_;
    return false;
  }
  auto taken = lock_.Lock(word, timeout);
  if (taken) {
    user_depth_ = 1;
    user_.store(std::this_thread::get_id(), std::memory_order_relaxed);
  }
  return taken;
}

Status FileHost::EndUserLock() {
  std::uint64_t* const word = &region_.header().lock;
  if (!IsUsers(word)) {
    return Fail(Code::kInvalidArgument, "this thread doesn't hold its lock");
  }
  if (--user_depth_ == 0) DropUserLock();
  return {};
}

void FileHost::DropUserLock() {
  if (user_.load(std::memory_order_relaxed) == std::thread::id()) return;
  user_.store(std::thread::id(), std::memory_order_relaxed);
  lock_.Unlock(&region_.header().lock);
}

}  // namespace mapfile::file
