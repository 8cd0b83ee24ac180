// Claims: which part of the table leads to which block of the heap.
#ifndef MAPFILE_LIB_RECORD_CLAIMS_H_
#define MAPFILE_LIB_RECORD_CLAIMS_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "lib/record/space.h"
#include "mapfile/check.h"

namespace mapfile::record {

// Collects what a look at the table finds. Each block of the table's is to
// be claimed by exactly one part of it.
class Claims {
 public:
  // Borrows the space.
  explicit Claims(const Space& space) : space_(space) {}

  // Takes note of the heap's blocks; false: their chain is broken, so that
  // only what is led to can be looked at.
  bool Collect();

  void Add(Finding finding);
  void Add(Part part, std::uint64_t offset, std::string record,
           std::string message) {
    Add({part, offset, std::move(record), std::move(message)});
  }

  // `where`, a word of the part `part` (of `record`, if that isn't empty),
  // leads to a block of `kind` at `offset`; 0 leads nowhere. False: there is
  // no such block, or another has it already; `who` begins the sentence.
  bool Take(Part part, std::uint64_t where, const std::string& record,
            const std::string& who, std::uint64_t offset, heap::Kind kind);

  bool IsTaken(std::uint64_t offset) const;

  // Record blocks in the heap, in the order of their offsets.
  const std::vector<std::uint64_t>& record_blocks() const {
    return record_blocks_;
  }
  std::uint64_t blocks() const { return count_; }
  bool found_nothing() const { return findings_.empty(); }

  // Blocks that nothing leads to are findings, too.
  std::vector<Finding> Finish() &&;

  // Where `word`, inside the region, lies in the file.
  template <class T>
  std::uint64_t OffsetOf(const T& word) const {
    return static_cast<std::uint64_t>(
        reinterpret_cast<const std::byte*>(&word) - space_.region->base());
  }

 private:
  struct Claim {
    heap::Kind kind;
    int claims = 0;
  };
  const Space& space_;
  bool whole_ = false;
  std::uint64_t count_ = 0;
  std::unordered_map<std::uint64_t, Claim> blocks_;
  std::vector<std::uint64_t> record_blocks_;
  std::vector<Finding> findings_;
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_CLAIMS_H_
