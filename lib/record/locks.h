// The two locks of the record table, held by scope. Lock order: a record's,
// then the file's.
#ifndef MAPFILE_LIB_RECORD_LOCKS_H_
#define MAPFILE_LIB_RECORD_LOCKS_H_

#include "lib/record/table.h"

namespace mapfile::record {

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
  [[nodiscard]] Status Acquire(RecordId id);
  void Release();

  const Block& block() const { return block_; }

 private:
  Status TakeOver(RecordId id);

  Table& table_;
  Block block_;
  bool held_ = false;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_LOCKS_H_
