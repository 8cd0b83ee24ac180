// Whether the table's parts tell the same story as the heap's blocks.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/base/copy.h"
#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/record/check_parts.h"
#include "lib/record/claims.h"
#include "lib/record/locks.h"
#include "lib/record/properties.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::SlotHeader;

// One live record. What its writers may be changing at this moment counts
// only if it held still while it was looked at.
class RecordCheck {
 public:
  RecordCheck(const Space& space, const Block& block, std::uint64_t types,
              Claims& claims)
      : space_(space),
        block_(block),
        types_(types),
        claims_(claims),
        name_(NameOf(block)) {}

  void Run() {
    CheckName();
    CheckProperties();
    CheckPublished();
    for (std::uint32_t i = 0; i < block_.slot_count; ++i) CheckSlot(i);
  }

 private:
  void Add(Part part, std::uint64_t offset, std::string message) {
    claims_.Add(part, offset, name_, std::move(message));
  }

  void CheckName();
  void CheckProperties();
  void CheckPublished();
  void CheckSlot(std::uint32_t index);
  void CheckVersion(const SlotHeader& slot, std::uint64_t capacity);

  const Space& space_;
  const Block& block_;
  const std::uint64_t types_;
  Claims& claims_;
  const std::string name_;
};

void RecordCheck::CheckName() {
  const format::RecordHeader& header = *block_.header;
  const std::uint32_t size = LoadRelaxed(header.name_size);
  if (size == 0 || size > format::kMaxNameSize || size > block_.name_capacity) {
    Add(Part::kRecord, claims_.OffsetOf(header.name_size),
        "its name has an impossible size of " + std::to_string(size) +
            " bytes");
  } else if (HashText(name_, space_.hash_seed) !=
             LoadRelaxed(header.name_hash)) {
    Add(Part::kRecord, claims_.OffsetOf(header.name_hash),
        "its name doesn't have its hash");
  }
}

void RecordCheck::CheckProperties() {
  const format::RecordHeader& header = *block_.header;
  const std::uint64_t attributes = LoadRelaxed(header.attributes_offset);
  if (claims_.Take(Part::kRecord, claims_.OffsetOf(header.attributes_offset),
                   name_, "its word for attributes", attributes,
                   heap::Kind::kAttributes)) {
    if (auto loaded = LoadAttributes(space_, attributes); !loaded) {
      Add(Part::kRecord, attributes, loaded.error().message());
    }
  }
  const std::uint64_t title = LoadRelaxed(header.title_offset);
  if (claims_.Take(Part::kRecord, claims_.OffsetOf(header.title_offset), name_,
                   "its word for a title", title, heap::Kind::kText)) {
    if (auto loaded = LoadTitle(space_, title); !loaded) {
      Add(Part::kRecord, title, loaded.error().message());
    }
  }
  if (LoadRelaxed(header.durable_slot) > block_.slot_count) {
    Add(Part::kRecord, claims_.OffsetOf(header.durable_slot),
        "its synced version is in a slot that it doesn't have");
  }
}

void RecordCheck::CheckPublished() {
  const std::uint64_t& word = block_.header->published;
  const std::uint64_t published = LoadAcquire(word);
  const auto current = CurrentOf(block_, published);
  if (!current) {
    Add(Part::kRecord, claims_.OffsetOf(word), current.error().message());
    return;
  }
  const SlotHeader& slot = block_.slots[current->slot];
  if (LoadAcquire(slot.stamp) == current->generation) return;
  // Fence: after the stamp. Else a writer came round.
  if (FenceThenLoad(word) != published) return;
  Add(Part::kValue, claims_.OffsetOf(slot),
      "the published version has another stamp");
}

void RecordCheck::CheckSlot(std::uint32_t index) {
  const SlotHeader& slot = block_.slots[index];
  const Generation stamp = LoadAcquire(slot.stamp);
  const std::uint64_t offset = LoadRelaxed(slot.offset);
  if (!claims_.Take(Part::kValue, claims_.OffsetOf(slot.offset), name_,
                    "slot " + std::to_string(index), offset,
                    heap::Kind::kValue)) {
    return;
  }
  std::uint64_t capacity = 0;
  if (offset != 0) {
    const auto* owner = space_.region->At<format::BlockHeader>(
        offset - sizeof(format::BlockHeader));
    if (format::OwnerWord::Owner(LoadRelaxed(owner->owner_word)) !=
        RecordIndex(block_.offset)) {
      Add(Part::kValue, offset, "its value belongs to another record");
    }
    const auto size = space_.allocator().BlockSize(offset, heap::Kind::kValue);
    if (size) capacity = *size;
  }
  // A stamp above the published generation is a killed writer's.
  if (stamp == 0 || stamp > PublishedWord::Generation(
                                LoadRelaxed(block_.header->published))) {
    return;
  }
  CheckVersion(slot, capacity);
}

void RecordCheck::CheckVersion(const SlotHeader& slot, std::uint64_t capacity) {
  const Generation stamp = LoadRelaxed(slot.stamp);
  const Version version = LoadVersion(slot, stamp);
  if (!StillHolds(slot, stamp)) return;
  if (version.size > capacity) {
    Add(Part::kValue, claims_.OffsetOf(slot.size),
        "its value of " + std::to_string(version.size) +
            " bytes is larger than its buffer");
  }
  if (version.offset % 64 != 0) {
    Add(Part::kValue, claims_.OffsetOf(slot.offset),
        "its value is not aligned");
  }
  if (version.type_id == 0 || version.type_id > types_) {
    Add(Part::kValue, claims_.OffsetOf(slot.type_id),
        "its value has type " + std::to_string(version.type_id) + " of " +
            std::to_string(types_));
  }
}

}  // namespace

std::string NameOf(const Block& block) {
  const std::size_t most = std::min(block.name_capacity, format::kMaxNameSize);
  const std::size_t size = LoadRelaxed(block.header->name_size);
  std::string name(std::min(size, most), '\0');
  CopyShared(name.data(), block.name, name.size());
  // Without its size, as far as it looks like one.
  if (size > most) name.resize(std::min(name.find('\0'), most));
  return name;
}

std::vector<Finding> Table::Examine(Census* census) const {
  Claims claims(space_);
  for (Finding& fault : space_.allocator().Examine()) {
    claims.Add(std::move(fault));
  }
  claims.Collect();
  const std::uint64_t types = CheckTypes(space_, claims);
  std::vector<std::uint64_t> records = CheckIndex(space_, claims);
  CheckLists(space_, claims);
  FindUnlisted(space_, records, claims);
  std::uint64_t count = 0;
  std::unordered_map<std::string, std::uint64_t> names;
  for (const std::uint64_t offset : records) {
    const auto block = Block::At(*space_.region, offset);
    if (!block || !IsLive(block->incarnation())) continue;
    ++count;
    RecordCheck(space_, *block, types, claims).Run();
    const auto [other, is_new] = names.emplace(NameOf(*block), offset);
    if (is_new) continue;
    claims.Add(Part::kRecord, offset, other->first,
               "another record, at offset " + std::to_string(other->second) +
                   ", has the same name");
  }
  if (census != nullptr) *census = {claims.blocks(), count, types};
  return std::move(claims).Finish();
}

Result<std::vector<std::string>> Table::Check() {
  FileLock lock(*this);
  if (space_.host != nullptr) MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  std::vector<std::string> faults;
  for (Finding& found : Examine(nullptr)) {
    faults.push_back(std::move(found.message));
  }
  return faults;
}

}  // namespace mapfile::record
