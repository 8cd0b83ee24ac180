#include "lib/file/waiting.h"

#include <algorithm>
#include <string>

#include "lib/base/atomic.h"
#include "lib/base/try.h"
#include "lib/file/info.h"
#include "lib/file/load.h"
#include "lib/file/producers.h"
#include "lib/os/clock.h"
#include "lib/os/futex.h"
#include "lib/record/wait.h"

namespace mapfile::file {
namespace {

using std::chrono::nanoseconds;

// Where nobody can be asked for a wake-up, sleep no longer than this.
constexpr std::uint64_t kBlindSleepNs = 10'000'000;

// The end of a time-out that may be longer than the clock can count.
class Deadline {
 public:
  explicit Deadline(nanoseconds timeout) {
    const std::uint64_t now = os::MonotonicNs();
    const std::uint64_t count =
        timeout.count() > 0 ? static_cast<std::uint64_t>(timeout.count()) : 0;
    end_ns_ = count > UINT64_MAX - now ? UINT64_MAX : now + count;
  }
  std::uint64_t LeftNs() const {
    const std::uint64_t now = os::MonotonicNs();
    return now < end_ns_ ? end_ns_ - now : 0;
  }

 private:
  std::uint64_t end_ns_;
};

tl::unexpected<Error> TimedOut() {
  return Fail(Code::kTimeout, "nothing was published in the time given");
}

tl::unexpected<Error> Replaced() {
  return Fail(Code::kConflict,
              "nothing more will be published: another file has taken its "
              "place; open it again");
}

// One turn of sleep on `word`, which held `value` before the caller looked at
// what it waits for. False: a signal came.
bool Sleep(const std::uint32_t* word, std::uint32_t value, bool asked,
           std::uint64_t left_ns) {
  const std::uint64_t longest = asked ? record::kMaxSleepNs : kBlindSleepNs;
  return os::FutexWait(word, value, std::min(longest, left_ns)) !=
         os::FutexResult::kInterrupted;
}

// Asks for wake-ups; false where this process may not.
bool Ask(std::uint32_t* notify) {
  if (notify == nullptr) return false;
  record::AskForWake(notify, os::MonotonicNs());
  return true;
}

bool IsReplaced(const Core& core) {
  return LoadAcquire(core.header().replaced) == format::kReplacedNow;
}

bool IsTransient(const Error& error) { return error.code() == Code::kNotFound; }

}  // namespace

Result<Generation> WaitForRecord(Core& core, record::RecordId id,
                                 Generation seen, nanoseconds timeout) {
  const Deadline deadline(timeout);
  std::uint32_t* const notify =
      core.region().WritableNotifyWord(core.table().NotifyWord(id));
  MAPFILE_ASSIGN_OR_RETURN(const std::uint32_t* word,
                           core.table().WaitWord(id));
  for (;;) {
    const bool asked = Ask(notify);
    const std::uint32_t value = LoadAcquire(*word);
    MAPFILE_ASSIGN_OR_RETURN(const Generation now,
                             core.table().CurrentGeneration(id));
    if (now > seen) return now;
    MAPFILE_RETURN_IF_ERROR(core.Usable());
    if (IsReplaced(core)) return Replaced();
    const std::uint64_t left_ns = deadline.LeftNs();
    if (left_ns == 0) return TimedOut();
    Sleep(word, value, asked, left_ns);
  }
}

Result<Generation> WaitForName(Core& core, std::string_view name,
                               Generation seen, nanoseconds timeout) {
  const Deadline deadline(timeout);
  std::uint64_t activity = Activity(core);
  std::string storage;
  auto id = FindNamed(core, name, storage);
  for (;;) {
    Result<Generation> found =
        id ? WaitForRecord(core, *id, seen, nanoseconds(deadline.LeftNs()))
           : Fail(std::move(id).error());
    // Not there yet, or removed while it was waited for: it may come again.
    if (found || !IsTransient(found.error())) return found;
    if (IsReplaced(core)) return Replaced();
    const std::uint64_t left_ns = deadline.LeftNs();
    if (left_ns == 0) {
      return Fail(Code::kTimeout, "there was no such record in the time given");
    }
    auto changed = WaitForActivity(core, activity, nanoseconds(left_ns));
    if (!changed && changed.error().code() != Code::kTimeout) {
      return Fail(std::move(changed).error());
    }
    activity = Activity(core);
    id = core.table().Find(name);
  }
}

std::uint64_t Activity(const Core& core) {
  // The dead first: what one of them published is there once it is dead.
  const std::uint64_t tenants = TenantsAndDeaths(core);
  return tenants + Updates(core) +
         Atomic(core.header().structure_generation)
             .load(std::memory_order_seq_cst) +
         (IsReplaced(core) ? 1 : 0);
}

Result<std::uint64_t> WaitForActivity(Core& core, std::uint64_t seen,
                                      nanoseconds timeout) {
  const Deadline deadline(timeout);
  std::uint32_t* const notify =
      core.region().WritableNotifyWord(core.table().FileNotifyWord());
  const std::uint32_t* const word = core.table().FileWaitWord();
  for (;;) {
    const bool asked = Ask(notify);
    const std::uint32_t value = LoadAcquire(*word);
    const std::uint64_t now = Activity(core);
    if (now != seen) return now;
    MAPFILE_RETURN_IF_ERROR(core.Usable());
    const std::uint64_t left_ns = deadline.LeftNs();
    if (left_ns == 0) return TimedOut();
    if (!Sleep(word, value, asked, left_ns)) return now;
  }
}

}  // namespace mapfile::file
