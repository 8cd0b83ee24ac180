// The two locks of the record table, held by scope. Lock order: a record's,
// then the file's.
#ifndef MAPFILE_LIB_RECORD_LOCKS_H_
#define MAPFILE_LIB_RECORD_LOCKS_H_

#include "lib/base/try.h"
#include "lib/record/table.h"

namespace mapfile::record {

// The error of a table without a host.
[[nodiscard, gnu::cold]] tl::unexpected<Error> ReadOnly();

// The file's lock; whoever gets it has finished what a dead owner left.
class Table::FileLock {
 public:
  explicit FileLock(Table& table) : table_(table) {}
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() { Release(); }

  // ReadOnly, Busy, Corrupt.
  [[nodiscard]] Status Acquire();
  void Release();

 private:
  Table& table_;
  bool held_ = false;
};

// A live record's lock; the record can't be removed while it is held.
class Table::RecordLock {
 public:
  explicit RecordLock(Table& table) : table_(table) {}
  RecordLock(const RecordLock&) = delete;
  RecordLock& operator=(const RecordLock&) = delete;
  ~RecordLock() { Release(); }

  // ReadOnly, Busy, Corrupt, NotFound.
  [[nodiscard]] Status Acquire(RecordId id) {
    const Space& space = table_.space_;
    if (space.host == nullptr) return ReadOnly();
    MAPFILE_RETURN_IF_ERROR(Resolve(space, id, block_));
    held_ = space.host->TryLock(&block_.header->lock);
    if (!held_) [[unlikely]] {
      MAPFILE_RETURN_IF_ERROR(WaitFor(table_, block_, id));
      held_ = true;
    }
    // Removing takes this lock too: what is live now stays so.
    if (block_.incarnation() == id.incarnation) return {};
    Release();
    return Removed();
  }
  void Release() {
    if (!held_) return;
    held_ = false;
    table_.space_.host->Unlock(&block_.header->lock);
  }

  const Block& block() const { return block_; }

 private:
  // Takes the lock, or none: an error. Values, so that a lock which is free
  // lives in registers.
  [[gnu::cold]] static Status WaitFor(Table& table, Block block, RecordId id);
  static Status TakeOver(Table& table, const Block& block, RecordId id);

  Table& table_;
  Block block_;
  bool held_ = false;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_LOCKS_H_
