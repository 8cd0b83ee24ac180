// Mender: the steps of MendTable().
#ifndef MAPFILE_LIB_RECORD_MENDER_H_
#define MAPFILE_LIB_RECORD_MENDER_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lib/record/index.h"
#include "lib/record/mend.h"
#include "lib/record/version.h"

namespace mapfile::record {

class Mender {
 public:
  // Borrows all.
  Mender(const Space& space, ValueJudge& judge, const MendOptions& options,
         Mended& mended)
      : space_(space),
        index_(space_),
        judge_(judge),
        options_(options),
        mended_(mended) {}

  [[nodiscard]] Status Run();

 private:
  void Did(std::string action) { mended_.actions.push_back(std::move(action)); }
  // Whether something may be given up; takes note of it either way.
  bool Drop(Dropped dropped);
  template <class T>
  bool Set(T& word, T value);

  // The block of that kind at `offset`, which nothing else leads to.
  bool Claim(std::uint64_t offset, heap::Kind kind);
  // Nothing leads to it any more, if it was the present record that did.
  void ReleaseClaim(std::uint64_t offset);
  Status FreeUnclaimed();
  std::vector<std::uint64_t> BlocksOf(heap::Kind kind) const;

  // Types.
  Status MendTypes();
  Status SortTypes();
  std::map<std::uint64_t, std::uint64_t> PlacesInList(std::uint64_t most) const;
  void PlaceTypes(const std::vector<std::uint64_t>& good, std::uint64_t blocks,
                  std::vector<std::uint64_t>& stray);
  bool IsGoodType(std::uint64_t offset);
  Status ReplaceType(std::uint64_t offset, std::uint32_t id);

  // Records.
  Status MendRecords();
  void CollectIndexed();
  Status MendRecord(std::uint64_t offset);
  bool MendShape(std::uint64_t offset);
  void MendName(const Block& block);
  bool IsAlive(const Block& block) const;
  void MendTexts(const Block& block);
  void MendSlots(const Block& block);
  static bool IsShared(const Block& block, const format::SlotHeader& slot);
  void MendSlot(const Block& block, std::uint32_t i);
  std::uint64_t LostBuffer(const Block& block) const;
  Status Judge(const Block& block, const format::SlotHeader& slot) const;
  bool MendGeneration(const Block& block, const Current& current);
  static std::uint32_t NewestSlot(const Block& block);
  bool MendPublished(const Block& block);
  bool MendVersions(const Block& block);
  void Forget(format::SlotHeader& slot);
  bool FallBack(const Block& block, std::uint32_t current,
                const std::string& reason);
  void Bury(const Block& block);
  void Empty(const Block& block);
  Dropped Describe(const Block& block, const format::SlotHeader& slot,
                   std::string reason) const;

  // The rest.
  void MendWords();
  std::uint64_t& ReusableHead(const Block& block) const;
  bool AreListsWhole() const;
  void RelistUnused();
  Status MendIndex();

  Space space_;
  Index index_;
  ValueJudge& judge_;
  const MendOptions& options_;
  Mended& mended_;
  std::unordered_set<std::uint64_t> claimed_;
  std::unordered_set<std::uint64_t> indexed_;  // Records that entries lead to
  std::vector<std::uint64_t> mine_;            // Claimed by the present record
  std::multimap<std::uint32_t, std::uint64_t> buffers_;  // By their owners
  std::map<std::uint32_t, std::uint64_t> types_;         // By their ids
  std::set<std::string> names_;
  std::vector<Block> live_;
  std::vector<Block> unused_;
};

template <class T>
bool Mender::Set(T& word, T value) {
  if (word == value) return false;
  word = value;
  return true;
}

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_MENDER_H_
