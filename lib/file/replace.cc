// RECREATE: a new file in the place of an old one.
#include <utility>

#include "lib/base/atomic.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/file/create.h"
#include "lib/file/join.h"
#include "lib/file/path_state.h"
#include "lib/os/futex.h"

namespace mapfile::file {
namespace {

using format::ReplacedWord;

// The old file's header says that it is about to be replaced, from Make()
// until this goes out of scope without Done().
class Announcement {
 public:
  explicit Announcement(Core& old)
      : old_(old),
        mine_(ReplacedWord::Announce(old.host()->writer_slot(),
                                     old.host()->incarnation())) {}
  Announcement(const Announcement&) = delete;
  Announcement& operator=(const Announcement&) = delete;
  ~Announcement() {
    // Not there any more, or not yet: then it isn't taken back. The
    // announcement of a dead one may have been kept: the path tells.
    std::uint64_t expected = mine_;
    if (!Atomic(old_.header().replaced)
             .compare_exchange_strong(expected, former_)) {
      return;
    }
    MAPFILE_STEP("replace: taken back");
  }

  // Busy: a living process is about to do the same, and doesn't come to an
  // end. Conflict: another one has done it.
  Status Make() {
    do {
      MAPFILE_RETURN_IF_ERROR(WaitForReplacement(old_));
      former_ = LoadAcquire(old_.header().replaced);
      if (ReplacedWord::State(former_) == format::kReplacedNow) {
        return Fail(Code::kConflict, "another file has taken its place");
      }
      // Announced again since the wait, by a living one.
      if (former_ != format::kNotReplaced && old_.IsBeingReplaced()) continue;
    } while (!Announce());
    MAPFILE_STEP("replace: announced");
    // It may have been done by one that was killed before it could say so.
    if (PathStateOf(old_) == PathState::kReplaced) {
      return Fail(Code::kConflict, "another file has taken its place");
    }
    return {};
  }

  // Whoever reads or writes the old file learns that it is history.
  void Done() {
    StoreRelease(old_.header().replaced, std::uint64_t{format::kReplacedNow});
    MAPFILE_STEP("replace: done");
    Atomic(old_.header().activity).fetch_add(1, std::memory_order_seq_cst);
    os::FutexWake(old_.table().FileWaitWord(), INT32_MAX);
  }

 private:
  // seq_cst: before the look at other writers, who enter themselves before
  // they look here.
  bool Announce() {
    return Atomic(old_.header().replaced)
        .compare_exchange_strong(former_, mine_);
  }

  Core& old_;
  const std::uint64_t mine_;
  std::uint64_t former_ = format::kNotReplaced;
};

}  // namespace

Result<std::shared_ptr<Core>> Replace(Core& old, const Options& options) {
  // As one of its writers, so that no other replaces it at the same time
  // unseen, and so that new writers see the announcement.
  MAPFILE_RETURN_IF_ERROR(old.host()->BecomeWriter(false));
  Announcement announcement(old);
  MAPFILE_RETURN_IF_ERROR(announcement.Make());
  const std::string other = OtherWriter(old);
  if (!other.empty() && !options.force) {
    return Fail(Code::kBusy, "a living producer (" + other +
                                 ") has it open; stop it first, or force "
                                 "the replacement");
  }
  // The old file's permissions are copied below; never more before that.
  Options narrow = options;
  narrow.permissions = 0600;
  MAPFILE_ASSIGN_OR_RETURN(std::shared_ptr<Core> fresh,
                           Prepare(old.path(), narrow));
  fresh->file().CopyOwnership(old.file());
  MAPFILE_RETURN_IF_ERROR(
      fresh->file().Publish(old.path(), os::File::IfExists::kReplace));
  announcement.Done();
  if (options.durable) {
    MAPFILE_RETURN_IF_ERROR(os::File::SyncDirectoryOf(old.path()));
  }
  return fresh;
}

PathState PathStateOf(const Core& core) {
  const auto now = os::IdentityOf(core.absolute_path());
  if (!now) {
    return now.error().code() == Code::kNotFound ? PathState::kRemoved
                                                 : PathState::kSame;
  }
  return *now == core.file().identity() ? PathState::kSame
                                        : PathState::kReplaced;
}

}  // namespace mapfile::file
