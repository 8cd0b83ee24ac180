// Table: the records of a map file, by name and by handle.
//
// All its state lies in the region: another process's Table on the same bytes
// is the same table. Reading takes no lock and never writes a byte. Writing
// takes the record's lock, adding and removing the file's; both through Host,
// both survive a kill of their owner at any instruction: see man/mapfile.5,
// PUBLICATION. Lock order: a record's, then the file's; the file's is never
// held while a record's is waited for.
//
// All calls may come from any thread. The region's bytes are untrusted: what
// contradicts itself is Corrupt, never a crash or a hang.
#ifndef MAPFILE_LIB_RECORD_TABLE_H_
#define MAPFILE_LIB_RECORD_TABLE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/region.h"
#include "lib/format/layout.h"
#include "lib/heap/allocator.h"
#include "lib/record/host.h"
#include "lib/record/index.h"
#include "lib/record/space.h"
#include "lib/record/types.h"
#include "mapfile/check.h"
#include "mapfile/status.h"

namespace mapfile::record {

class Table {
 public:
  // Writes an empty table into a region whose FileHeader and heap are there
  // already. Nobody else may look yet. NoSpace.
  [[nodiscard]] static Status Format(Region& region);

  // Uses the table in `region`, whose FileHeader the caller has validated.
  // Borrows both. Without a host it only reads: all other calls are
  // ReadOnly. Corrupt: parts of the file lie outside of it.
  [[nodiscard]] static Result<std::unique_ptr<Table>> Attach(Region& region,
                                                             Host* host);

  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // --- Reading ------------------------------------------------------------

  // The record called `name`: any 1 to 255 bytes, else InvalidArgument. O(1)
  // in the number of records. NotFound, Corrupt.
  [[nodiscard]] Result<RecordId> Find(std::string_view name) const;

  // All records in the order of their insertion. Those added or removed
  // meanwhile may be in it or not. Corrupt.
  [[nodiscard]] Result<std::vector<RecordId>> List() const;

  // What is known of a record, all at one moment. NotFound: it was removed.
  // Corrupt.
  [[nodiscard]] Result<Summary> Info(RecordId id) const;

  // Its generation, for the price of two loads. NotFound: it was removed.
  [[nodiscard]] Result<Generation> CurrentGeneration(RecordId id) const;

  // The generations that it keeps, the current one first; none: it was
  // removed, or its published word is damaged.
  std::vector<Generation> Generations(RecordId id) const;

  // Shows a version to `visit`, again if it changed under it, and returns
  // what `visit` returned. NotFound: the record was removed, or that
  // generation isn't kept. Corrupt: its bytes lie outside of the file, fail
  // their checksum, or were lost in a crash. Busy: it changed 10,000 times.
  [[nodiscard]] Status Read(RecordId id, const ReadOptions& options,
                            Visit visit) const;

  // The file's title. Corrupt.
  [[nodiscard]] Result<std::string> Title() const;

  // A hint that Info() of that record is wanted soon.
  void Prefetch(RecordId id) const;

  // The number of live records. Approximate while others add and remove.
  std::uint64_t live() const;

  // --- Writing: ReadOnly, Busy, NoSpace, Corrupt --------------------------

  // Adds a record with its first version: nobody ever sees it without one.
  // `fill` runs under the file's lock and must not call this table's writing
  // functions (Busy). `*first` gets the generation of that version. Exists.
  // InvalidArgument: name, slots or texts.
  [[nodiscard]] Result<RecordId> Add(std::string_view name,
                                     const Properties& properties,
                                     std::uint32_t type_id, std::uint64_t size,
                                     Fill fill, Generation* first = nullptr);

  // Makes what `fill` writes the next version and returns its generation.
  // `fill` runs under the record's lock and must not write this record
  // (Busy). On any failure the current version stays. NotFound: it was
  // removed. Conflict, naming both: if_generation isn't the current one.
  [[nodiscard]] Result<Generation> Publish(RecordId id, std::uint64_t size,
                                           std::uint32_t type_id, Fill fill,
                                           const PublishOptions& options = {});

  // Makes an edited copy of the current version the next one. As Publish.
  [[nodiscard]] Result<Generation> Modify(RecordId id, Edit edit,
                                          const PublishOptions& options = {});

  // Adds `n` to the u64 at byte `at` of the current version, in place: no new
  // version, nobody is woken. Returns the sum. Conflict: `generation` isn't
  // the current one, or no longer, since one with a checksum is copied first.
  // InvalidArgument: `at` is no multiple of 8, or outside.
  [[nodiscard]] Result<std::uint64_t> Count(RecordId id, Generation generation,
                                            std::uint64_t at, std::uint64_t n);

  // Ends a record; whoever waits for it is woken. NotFound.
  [[nodiscard]] Status Remove(RecordId id);
  // All that List() shows, one by one; not those added meanwhile.
  [[nodiscard]] Status RemoveAll();

  // Replace what is said about a record, or the file. Atomic for readers
  // and kills. NotFound, InvalidArgument: too long.
  [[nodiscard]] Status SetAttributes(RecordId id, const Attributes& attributes);
  [[nodiscard]] Status SetRecordTitle(RecordId id, std::string_view title);
  [[nodiscard]] Status SetTitle(std::string_view title);

  // --- Locks and recovery -------------------------------------------------

  // Finishes what owners that died left undone: the heap's journal, a block
  // not linked, records half added or removed. To be called, by whoever has
  // just got the file's lock, before anything else; the table's own calls
  // do. Idempotent, and cheap where there is nothing to do. Busy: this
  // thread is inside an Add.
  [[nodiscard]] Status Recover();

  // --- Sync ---------------------------------------------------------------

  // Stores the checksum of the current version, unless it has one already,
  // and returns its generation. Its writers wait meanwhile. NotFound.
  [[nodiscard]] Result<Generation> ChecksumCurrent(RecordId id);
  // The same for all versions that are kept.
  [[nodiscard]] Status ChecksumKept(RecordId id);

  // The version `generation` is on its medium: writers spare its slot.
  // NotFound: it isn't kept any more. NotDurable: a record with 2 slots has
  // none to spare.
  [[nodiscard]] Status SetDurable(RecordId id, Generation generation);

  struct Repairs {
    std::uint64_t records = 0;   // Looked at
    std::uint64_t restored = 0;  // Fell back to an older, checksummed version
    std::uint64_t damaged = 0;   // Lost: Read says Corrupt until the next Put
    std::uint64_t relisted = 0;  // The index had forgotten them
  };
  // Puts the table in order after a crash of the machine, when pages reached
  // the medium in any order. Keeps of each record the newest version whose
  // checksum holds; one that isn't the current one gets a new generation, so
  // that generations never go back. The caller keeps other writers out.
  [[nodiscard]] Result<Repairs> RepairAfterCrash();

  // --- Waiting, see wait.h ------------------------------------------------

  // Changes with each version of the record and when it is removed: look at
  // it, then at CurrentGeneration(), then sleep on it. NotFound.
  [[nodiscard]] Result<const std::uint32_t*> WaitWord(RecordId id) const;
  // Changes with each publication while somebody asked for wake-ups through
  // FileNotifyWord(), and whenever a record is added or removed.
  const std::uint32_t* FileWaitWord() const;
  // Where to ask for wake-ups. Writable only if the notify page is.
  std::uint32_t* NotifyWord(RecordId id) const;
  std::uint32_t* FileNotifyWord() const;

  // --- Checking -----------------------------------------------------------

  // Compares records, index, lists and the heap's blocks with each other:
  // takes the file's lock where there is a host. A sentence for each fault;
  // none: whole, and every block of the table's is in use exactly once.
  [[nodiscard]] Result<std::vector<std::string>> Check();

  // The same as findings, without a lock: what others change meanwhile looks
  // like damage. Damage of every kind is named, none ends the look.
  struct Census {
    std::uint64_t blocks = 0;  // Of the heap
    std::uint64_t records = 0;
    std::uint64_t types = 0;
  };
  std::vector<Finding> Examine(Census* census) const;

  // Entries looked at to find `name`, for tests and statistics.
  std::uint64_t Probes(std::string_view name) const;

 private:
  friend class TypeStore;
  class FileLock;
  class RecordLock;

  explicit Table(const Space& space) : space_(space), index_(space_) {}

  Status FirstVersion(const Block& block, std::uint32_t type_id,
                      std::uint64_t size, Fill fill);
  RecordId Reveal(const Block& block, std::uint64_t* entry, std::uint64_t hash);
  Status FinishDying();
  Status FinishOne(const Block& block);
  Status FinishAdd(const Block& block);

  [[gnu::cold, gnu::noinline]] Status GrowSlot(std::uint32_t owner,
                                               format::SlotHeader& slot,
                                               std::uint64_t size);
  Result<std::span<std::byte>> OpenSlot(const Block& block,
                                        format::SlotHeader& slot,
                                        std::uint64_t size);
  Result<Generation> PublishLocked(RecordLock& lock, std::uint64_t size,
                                   std::uint32_t type_id, Fill fill,
                                   const PublishOptions& options);
  [[nodiscard]] Status PublishCopy(RecordLock& lock, const Version& version);
  void CountUpdate(std::uint64_t offset, std::uint64_t size);
  void AnnounceStructure();
  void WakeRecord(const Block& block, std::uint64_t mono_ns);
  void WakeFile(std::uint64_t mono_ns, bool structure);

  Status RepairOne(RecordId id, Repairs& repairs);
  Result<std::vector<RecordId>> LiveBlocks() const;

  Space space_;
  Index index_;
  // Under the file's lock: inside Add, whose record recovery would take for
  // abandoned.
  std::atomic<bool> adding_ = false;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_TABLE_H_
