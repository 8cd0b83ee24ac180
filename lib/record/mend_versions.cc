// The versions of a record: which of them can be had.
#include <algorithm>
#include <string>

#include "lib/base/hash.h"
#include "lib/base/try.h"
#include "lib/record/check_parts.h"
#include "lib/record/mender.h"

namespace mapfile::record {
namespace {

using format::PublishedWord;
using format::SlotHeader;

bool OwnsBuffer(const Space& space, const Block& block, std::uint64_t offset) {
  if (offset == 0 || offset % 64 != 0 ||
      !space.allocator().BlockSize(offset, heap::Kind::kValue)) {
    return false;
  }
  const auto* header = space.region->At<format::BlockHeader>(
      offset - sizeof(format::BlockHeader));
  return format::OwnerWord::Owner(header->owner_word) ==
         RecordIndex(block.offset);
}

}  // namespace

// The one buffer of the record's that no slot leads to; 0: none, or several.
std::uint64_t Mender::LostBuffer(const Block& block) const {
  std::uint64_t lost = 0;
  const auto [begin, end] = buffers_.equal_range(RecordIndex(block.offset));
  for (auto buffer = begin; buffer != end; ++buffer) {
    const bool led_to = std::any_of(
        block.slots, block.slots + block.slot_count,
        [&](const SlotHeader& slot) { return slot.offset == buffer->second; });
    if (led_to) continue;
    if (lost != 0) return 0;
    lost = buffer->second;
  }
  return lost;
}

// Whether another slot leads to the same place.
bool Mender::IsShared(const Block& block, const SlotHeader& slot) {
  return std::count_if(block.slots, block.slots + block.slot_count,
                       [&](const SlotHeader& other) {
                         return other.offset == slot.offset;
                       }) > 1;
}

// Each slot leads to a buffer of the record's, or to none. Of two that lead to
// one, those whose value is there come first.
void Mender::MendSlots(const Block& block) {
  std::vector<std::uint32_t> lost;
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    const SlotHeader& slot = block.slots[i];
    if (slot.offset == 0 && slot.stamp == 0) continue;
    const bool is_its =
        OwnsBuffer(space_, block, slot.offset) &&
        (!IsShared(block, slot) || (slot.stamp != 0 && Judge(block, slot))) &&
        Claim(slot.offset, heap::Kind::kValue);
    if (!is_its) lost.push_back(i);
  }
  for (const std::uint32_t i : lost) MendSlot(block, i);
}

void Mender::MendSlot(const Block& block, std::uint32_t i) {
  SlotHeader& slot = block.slots[i];
  const std::uint64_t lost = LostBuffer(block);
  if (lost != 0 && Claim(lost, heap::Kind::kValue)) {
    slot.offset = lost;
    Did("\"" + NameOf(block) + "\": slot " + std::to_string(i) +
        " leads to its buffer at offset " + std::to_string(lost) + " again");
  } else if (OwnsBuffer(space_, block, slot.offset) &&
             Claim(slot.offset, heap::Kind::kValue)) {
    return;  // Shared, and no other's either
  } else if (slot.stamp == 0) {
    slot.offset = 0;
    slot.size = 0;
    Did("\"" + NameOf(block) + "\": slot " + std::to_string(i) +
        ", which is empty, leads nowhere any more");
  }
}

Status Mender::Judge(const Block& block, const SlotHeader& slot) const {
  if ((slot.flags & format::kDamaged) != 0) {
    return Fail(Code::kCorrupt, "its value was lost in a crash of the machine");
  }
  if (!OwnsBuffer(space_, block, slot.offset)) {
    return Fail(Code::kCorrupt, "its buffer is gone");
  }
  const auto capacity =
      space_.allocator().BlockSize(slot.offset, heap::Kind::kValue);
  if (!capacity || slot.size > *capacity) {
    return Fail(Code::kCorrupt, "its value is larger than its buffer");
  }
  const std::span<const std::byte> bytes(space_.region->base() + slot.offset,
                                         slot.size);
  const bool is_checked = (slot.flags & format::kChecked) != 0;
  if (is_checked && ChecksumShared(bytes) != slot.checksum) {
    return Fail(Code::kCorrupt, "its value doesn't have its checksum");
  }
  if (!is_checked && options_.need_checksum) {
    return Fail(Code::kCorrupt,
                "its value has no checksum and the file was left in disorder");
  }
  return judge_.Judge(slot.type_id, bytes);
}

Dropped Mender::Describe(const Block& block, const SlotHeader& slot,
                         std::string reason) const {
  return {.record = NameOf(block),
          .class_name = judge_.ClassName(slot.type_id),
          .generation = slot.stamp,
          .size_bytes = slot.size,
          .offset = slot.offset,
          .reason = std::move(reason)};
}

// The published word and the stamp of the slot that it leads to differ. One of
// them is in line with the stamps of the other slots: that one holds.
bool Mender::MendGeneration(const Block& block, const Current& current) {
  SlotHeader& slot = block.slots[current.slot];
  if (!Judge(block, slot)) return false;
  // Of a record with one version, its birth tells.
  Generation others = block.header->birth_generation;
  if (others > kMaxGeneration) others = 0;
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    const Generation stamp = block.slots[i].stamp;
    if (i != current.slot && stamp <= kMaxGeneration) {
      others = std::max(others, stamp);
    }
  }
  const auto follows = [&](Generation generation) {
    return generation > others && generation <= kMaxGeneration &&
           generation - others <= block.slot_count;
  };
  const std::string who = "\"" + NameOf(block) + "\": ";
  if (follows(current.generation)) {
    slot.stamp = current.generation;
    Did(who + "generation " + std::to_string(slot.stamp) +
        " got its stamp back");
    return true;
  }
  if (!follows(slot.stamp)) return false;
  block.header->published = PublishedWord::Make(slot.stamp, current.slot);
  Did(who + "generation " + std::to_string(slot.stamp) + " is published again");
  return true;
}

// The slot with the newest stamp that can be; slot_count: none has one.
std::uint32_t Mender::NewestSlot(const Block& block) {
  std::uint32_t newest = block.slot_count;
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    const Generation stamp = block.slots[i].stamp;
    if (stamp == 0 || stamp > kMaxGeneration) continue;
    if (newest == block.slot_count || stamp > block.slots[newest].stamp) {
      newest = i;
    }
  }
  return newest;
}

// The published word leads to a slot whose stamp it has; none: it can't.
bool Mender::MendPublished(const Block& block) {
  std::uint64_t& published = block.header->published;
  const auto current = CurrentOf(block, published);
  SlotHeader* const slots = block.slots;
  if (current && slots[current->slot].stamp == current->generation) {
    return true;
  }
  if (current && MendGeneration(block, *current)) return true;
  const std::string who = "\"" + NameOf(block) + "\": ";
  const std::uint32_t newest = NewestSlot(block);
  // A word that leads to the newest version is wrong about its generation, not
  // about its slot, though an older version may have that one.
  const bool leads_to_newest = current && current->slot == newest &&
                               slots[newest].stamp > current->generation;
  for (std::uint32_t i = 0; i < block.slot_count && !leads_to_newest; ++i) {
    if (PublishedWord::Generation(published) != 0 &&
        slots[i].stamp == PublishedWord::Generation(published)) {
      published = PublishedWord::Make(slots[i].stamp, i);
      Did(who + "its published word leads to slot " + std::to_string(i));
      return true;
    }
  }
  if (newest == block.slot_count) return false;
  const Generation stamp = slots[newest].stamp;
  published = PublishedWord::Make(stamp, newest);
  Did(who + "its published word leads to generation " + std::to_string(stamp));
  return true;
}

// False: the record has no version that can be had, and may be given up.
bool Mender::MendVersions(const Block& block) {
  if (!MendPublished(block)) {
    return !Drop({.record = NameOf(block),
                  .offset = block.offset,
                  .reason = "no version of it can be found"});
  }
  const Current current = *CurrentOf(block, block.header->published);
  const Status good = Judge(block, block.slots[current.slot]);
  if (!good && !FallBack(block, current.slot, good.error().message())) {
    return false;
  }
  const std::uint32_t kept = PublishedWord::Slot(block.header->published);
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    SlotHeader& slot = block.slots[i];
    if (i == kept || slot.stamp == 0) continue;
    if (slot.stamp >= PublishedWord::Generation(block.header->published)) {
      Forget(slot);  // Stamped by a writer that was killed before it published
      continue;
    }
    const Status old = Judge(block, slot);
    if (old || !Drop(Describe(block, slot, old.error().message()))) continue;
    Forget(slot);
  }
  return true;
}

// The version is no more; its buffer is the slot's if it is the record's.
void Mender::Forget(SlotHeader& slot) {
  slot.stamp = 0;
  slot.flags = 0;
  const bool is_mine =
      std::find(mine_.begin(), mine_.end(), slot.offset) != mine_.end();
  if (is_mine) return;
  slot.offset = 0;
  slot.size = 0;
}

// The current version is lost: the newest that isn't takes its place.
bool Mender::FallBack(const Block& block, std::uint32_t current,
                      const std::string& reason) {
  SlotHeader& lost = block.slots[current];
  if (!Drop(Describe(block, lost, reason))) return true;
  const Generation reached = lost.stamp;
  Forget(lost);
  SlotHeader* best = nullptr;
  for (std::uint32_t i = 0; i < block.slot_count; ++i) {
    SlotHeader& slot = block.slots[i];
    if (slot.stamp == 0 || slot.stamp >= reached || !Judge(block, slot)) {
      continue;
    }
    if (best == nullptr || slot.stamp > best->stamp) best = &slot;
  }
  if (best == nullptr) return false;
  Did("\"" + NameOf(block) + "\": generation " + std::to_string(best->stamp) +
      " is the current one again, as " + std::to_string(reached + 1));
  best->stamp = reached + 1;
  block.header->published = PublishedWord::Make(
      best->stamp, static_cast<std::uint32_t>(best - block.slots));
  return true;
}

}  // namespace mapfile::record
