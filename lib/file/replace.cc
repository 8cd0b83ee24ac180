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

// The old file's header says that it is about to be replaced, until this
// goes out of scope without Done().
class Announcement {
 public:
  explicit Announcement(Core& old) : old_(old) {
    std::uint64_t former = format::kNotReplaced;
    is_mine_ = Atomic(old_.header().replaced)
                   .compare_exchange_strong(former, format::kReplacing);
    MAPFILE_STEP("replace: announced");
  }
  Announcement(const Announcement&) = delete;
  Announcement& operator=(const Announcement&) = delete;
  ~Announcement() {
    // What another one announced is not taken back.
    if (done_ || !is_mine_) return;
    std::uint64_t former = format::kReplacing;
    Atomic(old_.header().replaced)
        .compare_exchange_strong(former, format::kNotReplaced);
  }

  // Whoever reads or writes the old file learns that it is history.
  void Done() {
    done_ = true;
    StoreRelease(old_.header().replaced, std::uint64_t{format::kReplacedNow});
    MAPFILE_STEP("replace: done");
    Atomic(old_.header().activity).fetch_add(1, std::memory_order_seq_cst);
    os::FutexWake(old_.table().FileWaitWord(), INT32_MAX);
  }

 private:
  Core& old_;
  bool is_mine_ = false;
  bool done_ = false;
};

}  // namespace

Result<std::shared_ptr<Core>> Replace(Core& old, const Options& options) {
  // As one of its writers, so that no other replaces it at the same time
  // unseen, and so that new writers see the announcement.
  MAPFILE_RETURN_IF_ERROR(old.host()->BecomeWriter(false));
  Announcement announcement(old);
  // It may have been done already, before this one was a writer: then the
  // new file's writers are those to look out for.
  if (PathStateOf(old) == PathState::kReplaced) {
    return Fail(Code::kConflict, "another file has taken its place");
  }
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
