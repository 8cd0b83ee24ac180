// Records, found by their blocks: which of them live, and under what name.
#include <algorithm>
#include <cstring>
#include <string>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/check_parts.h"
#include "lib/record/mender.h"
#include "lib/record/properties.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::RecordHeader;

// A control block ends with its last cache line, and takes what is left
// behind it if that is too small for a block.
bool Fits(std::uint64_t size, std::uint64_t usable) {
  constexpr std::uint64_t kLine = 64;
  constexpr std::uint64_t kHeader = sizeof(format::BlockHeader);
  const std::uint64_t whole =
      (size + kHeader + kLine - 1) / kLine * kLine - kHeader;
  return size <= usable && usable < whole + format::kMinBlockSize;
}

std::string_view BytesOfName(const Block& block, std::size_t size) {
  return {reinterpret_cast<const char*>(block.name), size};
}

// The hash of its name; 0: its size can't be right.
std::uint64_t HashOfName(const Space& space, const Block& block) {
  const std::size_t size = block.header->name_size;
  if (size == 0 || size > format::kMaxNameSize || size > block.name_capacity) {
    return 0;
  }
  return HashText(BytesOfName(block, size), space.hash_seed);
}

bool HasItsHash(const Space& space, const Block& block) {
  const std::uint64_t hash = HashOfName(space, block);
  return hash != 0 && hash == block.header->name_hash;
}

bool HasTag(std::uint64_t entry, std::uint64_t hash) {
  return ((entry ^ hash) & ~format::IndexEntry::kOffsetMask) == 0;
}

}  // namespace

// Its shape must fit the block; a name that has its hash proves one.
bool Mender::MendShape(std::uint64_t offset) {
  const auto usable = space_.allocator().BlockSize(offset, heap::Kind::kRecord);
  auto* header = space_.region->At<RecordHeader>(offset);
  if (!usable || header == nullptr) return false;
  const RecordHeader before = *header;
  const auto now = Block::At(*space_.region, offset);
  if (now && Fits(Block::Size(now->slot_count, now->name_capacity), *usable)) {
    if (!IsLive(before.incarnation) || HasItsHash(space_, *now)) return true;
  }
  RecordHeader fitting = before;
  bool found =
      now && Fits(Block::Size(now->slot_count, now->name_capacity), *usable);
  for (std::uint32_t slots = format::kMinSlots; slots <= format::kMaxSlots;
       ++slots) {
    for (const std::uint32_t capacity : format::kNameCapacities) {
      if (!Fits(Block::Size(slots, capacity), *usable)) continue;
      header->slots = static_cast<std::uint16_t>(slots);
      header->name_capacity = static_cast<std::uint16_t>(capacity);
      const auto block = Block::At(*space_.region, offset);
      if (block && HasItsHash(space_, *block)) {
        Did("the shape of the record at offset " + std::to_string(offset) +
            " was put back");
        return true;
      }
      if (!found) fitting = *header;
      found = true;
    }
  }
  *header = fitting;
  return found;
}

void Mender::MendName(const Block& block) {
  RecordHeader& header = *block.header;
  const std::string who =
      "the record at offset " + std::to_string(block.offset);
  if (!HasItsHash(space_, block)) {
    const std::size_t most =
        std::min(block.name_capacity, format::kMaxNameSize);
    for (std::size_t size = 1; size <= most; ++size) {
      if (HashText(BytesOfName(block, size), space_.hash_seed) !=
          header.name_hash) {
        continue;
      }
      header.name_size = static_cast<std::uint16_t>(size);
      Did(who + " got the size of its name back");
      break;
    }
  }
  if (!HasItsHash(space_, block)) {
    std::size_t size = header.name_size;
    if (size == 0 || size > format::kMaxNameSize ||
        size > block.name_capacity) {
      size = strnlen(reinterpret_cast<const char*>(block.name),
                     std::min(block.name_capacity, format::kMaxNameSize));
    }
    header.name_size = static_cast<std::uint16_t>(size);
    header.name_hash = HashText(BytesOfName(block, size), space_.hash_seed);
    Did(who + " got the hash of its name as it is now");
  }
  if (header.name_size != 0 && names_.insert(NameOf(block)).second) return;
  const std::string name = "recovered-" + std::to_string(block.offset);
  std::memcpy(block.name, name.data(), name.size());
  header.name_size = static_cast<std::uint16_t>(name.size());
  header.name_hash = HashText(name, space_.hash_seed);
  names_.insert(name);
  Did(who + " has no name of its own any more: it is \"" + name + "\" now");
}

// The index, the name's hash and the incarnation: two of three decide.
bool Mender::IsAlive(const Block& block) const {
  if (PublishedWord::Generation(block.header->published) == 0) {
    return indexed_.contains(block.offset) && IsLive(block.incarnation());
  }
  const int votes = (IsLive(block.incarnation()) ? 1 : 0) +
                    (indexed_.contains(block.offset) ? 1 : 0) +
                    (HasItsHash(space_, block) ? 1 : 0);
  return votes >= 2;
}

void Mender::MendTexts(const Block& block) {
  RecordHeader& header = *block.header;
  const std::string name = NameOf(block);
  const std::uint64_t attributes = header.attributes_offset;
  if (attributes != 0 &&
      (!Claim(attributes, heap::Kind::kAttributes) ||
       !LoadAttributes(space_, attributes)) &&
      Drop({.record = name,
            .offset = attributes,
            .reason = "its attributes are damaged"})) {
    header.attributes_offset = 0;
    ReleaseClaim(attributes);
  }
  const std::uint64_t title = header.title_offset;
  if (title != 0 &&
      (!Claim(title, heap::Kind::kText) || !LoadTitle(space_, title)) &&
      Drop({.record = name,
            .offset = title,
            .reason = "its title is damaged"})) {
    header.title_offset = 0;
    ReleaseClaim(title);
  }
}

// It exists no longer; its name's generations go on above what they reached.
void Mender::Bury(const Block& block) {
  RecordHeader& header = *block.header;
  if (IsLive(header.incarnation)) ++header.incarnation;
  std::uint64_t& floor = space_.header->generation_floor;
  const Generation reached = PublishedWord::Generation(header.published);
  if (reached < kMaxGeneration / 2) floor = std::max(floor, reached);
  for (const std::uint64_t offset : mine_) claimed_.erase(offset);
  Empty(block);
  unused_.push_back(block);
}

void Mender::Empty(const Block& block) {
  RecordHeader& header = *block.header;
  header.published = 0;
  header.durable_slot = 0;
  header.attributes_offset = 0;
  header.title_offset = 0;
  header.lock = 0;
  std::memset(block.slots, 0, block.slot_count * sizeof(format::SlotHeader));
}

Status Mender::MendRecord(std::uint64_t offset) {
  mine_.clear();
  if (!MendShape(offset)) {
    if (!Drop({.offset = offset,
               .reason = "the shape of a record can't be told"})) {
      return {};
    }
    heap::Unit unit(*space_.region, space_.heap_offset);
    MAPFILE_RETURN_IF_ERROR(space_.allocator().Free(unit, offset));
    unit.Commit();
    return {};
  }
  const Block block = *Block::At(*space_.region, offset);
  if (!IsAlive(block)) {
    Bury(block);
    return {};
  }
  RecordHeader& header = *block.header;
  if (!IsLive(header.incarnation)) {
    ++header.incarnation;
    Did("the record at offset " + std::to_string(offset) + " lives again");
  }
  header.lock = 0;
  MendName(block);
  MendTexts(block);
  MendSlots(block);
  if (!MendVersions(block)) {
    names_.erase(NameOf(block));
    Bury(block);
    return {};
  }
  if (header.durable_slot > block.slot_count) header.durable_slot = 0;
  space_.header->next_birth = std::max(space_.header->next_birth, header.birth);
  live_.push_back(block);
  return {};
}

// What the index says by itself: a record's incarnation and hash have votes of
// their own, so that none of them may spoil this one.
void Mender::CollectIndexed() {
  for (const std::uint64_t entry : EntriesOf(space_)) {
    const auto block =
        Block::At(*space_.region, entry & format::IndexEntry::kOffsetMask);
    if (!block) continue;
    if (HasTag(entry, block->header->name_hash) ||
        HasTag(entry, HashOfName(space_, *block))) {
      indexed_.insert(block->offset);
    }
  }
}

Status Mender::MendRecords() {
  for (const std::uint64_t offset : BlocksOf(heap::Kind::kValue)) {
    const auto* header = space_.region->At<format::BlockHeader>(
        offset - sizeof(format::BlockHeader));
    buffers_.emplace(format::OwnerWord::Owner(header->owner_word), offset);
  }
  CollectIndexed();
  if (space_.header->generation_floor > kMaxGeneration / 2) {
    space_.header->generation_floor = 0;
    Did("the generation floor begins again");
  }
  for (const std::uint64_t offset : BlocksOf(heap::Kind::kRecord)) {
    MAPFILE_RETURN_IF_ERROR(MendRecord(offset));
  }
  return {};
}

}  // namespace mapfile::record
