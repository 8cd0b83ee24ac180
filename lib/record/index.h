// Index: finds records by the hash of their names.
//
// An open-addressing table of 64-bit words in a block of the heap. A reader
// looks at it without a lock: entries never move, a removal leaves a
// tombstone, and a table that got too full is replaced by a new one at once.
#ifndef MAPFILE_LIB_RECORD_INDEX_H_
#define MAPFILE_LIB_RECORD_INDEX_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/record/births.h"
#include "lib/record/space.h"
#include "lib/record/types.h"
#include "mapfile/status.h"

namespace mapfile::record {

// Errors of all calls: Corrupt. Those that change the index need the file's
// lock; the others none.
class Index {
 public:
  static constexpr std::uint32_t kInitialLog2 = 6;

  // Borrows the space.
  explicit Index(const Space& space) : space_(space) {}

  std::uint64_t Hash(std::string_view name) const;

  // The live record called `name`. Misses count only if the index didn't
  // move meanwhile. NotFound.
  [[nodiscard]] Result<RecordId> Find(std::string_view name) const;

  // All live records with their births, in no order; each once unless the
  // index is damaged. Survives concurrent changes.
  [[nodiscard]] Result<std::vector<Born>> List() const;

  std::uint64_t Probes(std::string_view name) const;

  // --- Under the file's lock ----------------------------------------------

  // Allocates the first, empty table. NoSpace.
  [[nodiscard]] Status Format();

  // Makes room for one more entry: at a load of 3/4 a new table takes over,
  // twice the size unless tombstones were the load. NoSpace.
  [[nodiscard]] Status Reserve();

  // Where Insert() will put a name of this hash; after Reserve().
  [[nodiscard]] Result<std::uint64_t*> FreeEntry(std::uint64_t hash) const;

  // The entry that leads to the record at `offset`; null if there is none.
  [[nodiscard]] Result<std::uint64_t*> EntryOf(std::uint64_t hash,
                                               std::uint64_t offset) const;

  // Makes the entry lead to a record: the moment from which it exists.
  void Insert(std::uint64_t* place, std::uint64_t hash, std::uint64_t offset);

  // Takes the entry out: the moment from which the record doesn't exist.
  [[nodiscard]] Status Erase(std::uint64_t* place);

  // Counts the entries afresh, after a kill between two counts.
  [[nodiscard]] Status Recount();

  // A new table with exactly these records. NoSpace.
  [[nodiscard]] Status Rebuild(const std::vector<RecordId>& records);

 private:
  // A table as it was found: all its entries lie inside the region.
  struct View {
    std::uint64_t offset = 0;
    std::uint64_t number = 0;
    std::uint64_t* entries = nullptr;
    std::uint64_t mask = 0;
  };
  std::optional<View> Load() const;
  std::optional<Born> Look(std::uint64_t entry) const;
  // The record of the entry some places behind `i`.
  void PrefetchAhead(const View& view, std::uint64_t i) const;
  Result<View> Require() const;
  bool IsInForce(const View& view) const;
  // For those who change it: inside its own block, too.
  Result<View> RequireBlock() const;
  std::optional<RecordId> Match(std::uint64_t entry, std::uint64_t hash,
                                std::string_view name) const;
  std::optional<RecordId> Probe(const View& view, std::uint64_t hash,
                                std::string_view name) const;
  Result<View> Build(std::uint32_t log2_capacity);
  Status Replace(const View& fresh, std::uint64_t live);
  Status Copy(const View& from, const View& to, std::uint64_t& live) const;
  static Status Place(const View& view, std::uint64_t hash, std::uint64_t entry,
                      std::uint64_t& steps);
  void Count(std::int64_t live, std::int64_t used);

  const Space& space_;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_INDEX_H_
