// How a record comes to be: built on the dying list, where a kill leaves it
// to recovery, then made visible by one word of the index.
#include <algorithm>
#include <string>

#include "lib/base/copy.h"
#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/heap/journal.h"
#include "lib/record/locks.h"
#include "lib/record/names.h"
#include "lib/record/pending.h"
#include "lib/record/properties.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

std::size_t NameClass(std::size_t name_size) {
  std::size_t name_class = 0;
  while (format::kNameCapacities[name_class] < name_size) ++name_class;
  return name_class;
}

Status CheckProperties(const Properties& properties) {
  if (properties.slots < format::kMinSlots ||
      properties.slots > format::kMaxSlots) {
    return Fail(Code::kInvalidArgument,
                "a record keeps 2 to 16 versions, not " +
                    std::to_string(properties.slots));
  }
  if ((properties.flags & ~std::uint32_t{format::kCounter}) != 0) {
    return Fail(Code::kInvalidArgument, "unknown record flags");
  }
  MAPFILE_RETURN_IF_ERROR(CheckAttributes(properties.attributes));
  return CheckTitle(properties.title);
}

// A new control block, dead and empty, on its reusable list.
Status NewBlock(const Space& space, std::uint32_t slots,
                std::uint32_t name_capacity, std::uint64_t* head) {
  const std::uint64_t size = Block::Size(slots, name_capacity);
  MAPFILE_ASSIGN_OR_RETURN(
      const std::uint64_t offset,
      AllocatePending(space, size, heap::Kind::kRecord, 64));
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes, Bytes(space, offset, size));
  std::uint64_t* const words = reinterpret_cast<std::uint64_t*>(bytes.data());
  // Relaxed: a late reader may hold these bytes for a value it copies.
  for (std::uint64_t i = 0; i < size / 8; ++i) {
    StoreRelaxed(words[i], std::uint64_t{0});
  }
  auto* header = reinterpret_cast<format::RecordHeader*>(bytes.data());
  StoreRelaxed(header->slots, static_cast<std::uint16_t>(slots));
  StoreRelaxed(header->name_capacity,
               static_cast<std::uint16_t>(name_capacity));
  MAPFILE_STEP("add: new block");
  heap::Unit unit(*space.region, space.heap_offset);
  MAPFILE_RETURN_IF_ERROR(unit.Set(head, offset));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space.header->pending_offset, 0));
  unit.Commit();
  MAPFILE_STEP("add: block reusable");
  return {};
}

// Moves a block of that shape to the dying list, in one unit.
Result<Block> TakeBlock(const Space& space, std::uint32_t slots,
                        std::size_t name_class) {
  const std::uint32_t capacity = format::kNameCapacities[name_class];
  std::uint64_t* head = &space.control->reusable_offset[slots][name_class];
  if (LoadRelaxed(*head) == 0) {
    MAPFILE_RETURN_IF_ERROR(NewBlock(space, slots, capacity, head));
  }
  const std::uint64_t offset = LoadRelaxed(*head);
  const auto block = Block::At(*space.region, offset);
  // What a damaged one leads to isn't its own: it would end another record.
  if (!block || block->slot_count != slots ||
      block->name_capacity != capacity || IsLive(block->incarnation()) ||
      !IsEmpty(*block)) {
    return Fail(Code::kCorrupt,
                "the list of reusable records leads to offset " +
                    std::to_string(offset) + ", where there is none");
  }
  heap::Unit unit(*space.region, space.heap_offset);
  MAPFILE_RETURN_IF_ERROR(
      unit.Set(head, LoadRelaxed(block->header->dying_next)));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&block->header->dying_next,
                                   LoadRelaxed(space.header->dying_offset)));
  MAPFILE_RETURN_IF_ERROR(unit.Set(&space.header->dying_offset, offset));
  unit.Commit();
  MAPFILE_STEP("add: block taken");
  return *block;
}

// Says so while a record is being built, also if `fill` throws.
class Adding {
 public:
  explicit Adding(std::atomic<bool>& flag) : flag_(flag) {
    flag_.store(true, std::memory_order_relaxed);
  }
  Adding(const Adding&) = delete;
  Adding& operator=(const Adding&) = delete;
  ~Adding() { flag_.store(false, std::memory_order_relaxed); }

 private:
  std::atomic<bool>& flag_;
};

// Relaxed stores: late readers of the block's former record look at these
// words, and drop what they saw when they look at its incarnation.
Status Describe(const Space& space, const Block& block, std::string_view name,
                std::uint64_t hash, const Properties& properties) {
  format::RecordHeader& header = *block.header;
  std::uint64_t& next_birth = space.header->next_birth;
  const std::uint64_t birth = LoadRelaxed(next_birth) + 1;
  StoreRelaxed(next_birth, birth);
  StoreRelaxed(header.flags, properties.flags);
  StoreRelaxed(header.birth, birth);
  StoreRelaxed(header.birth_generation,
               LoadRelaxed(space.header->generation_floor));
  StoreRelaxed(header.name_hash, hash);
  StoreRelaxed(header.name_size, static_cast<std::uint16_t>(name.size()));
  CopyShared(block.name, name.data(), name.size());
  MAPFILE_STEP("add: named");
  if (!(properties.attributes == Attributes{})) {
    MAPFILE_RETURN_IF_ERROR(StoreAttributes(space, &header.attributes_offset,
                                            &header.properties_sequence,
                                            properties.attributes));
  }
  if (!properties.title.empty()) {
    MAPFILE_RETURN_IF_ERROR(StoreTitle(space, &header.title_offset,
                                       &header.properties_sequence,
                                       properties.title));
  }
  return {};
}

}  // namespace

Result<RecordId> Table::Add(std::string_view name, const Properties& properties,
                            std::uint32_t type_id, std::uint64_t size,
                            Fill fill, Generation* first) {
  MAPFILE_RETURN_IF_ERROR(CheckName(name));
  MAPFILE_RETURN_IF_ERROR(CheckProperties(properties));
  FileLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire());
  const auto known = index_.Find(name);
  if (known) return Fail(Code::kExists, "there is such a record already");
  if (known.error().code() != Code::kNotFound) return known;
  MAPFILE_RETURN_IF_ERROR(index_.Reserve());

  const std::uint64_t hash = index_.Hash(name);
  MAPFILE_ASSIGN_OR_RETURN(
      const Block block,
      TakeBlock(space_, properties.slots, NameClass(name.size())));
  Status built;
  {
    const Adding adding(adding_);
    built = Describe(space_, block, name, hash, properties);
    if (built) built = FirstVersion(block, type_id, size, fill);
  }
  Result<std::uint64_t*> entry = nullptr;
  if (built) entry = index_.FreeEntry(hash);
  if (!built || !entry) {
    // The failure to tell is the first one; recovery tries this again.
    (void)FinishDying();
    return Fail(built ? std::move(entry).error() : std::move(built).error());
  }
  if (first != nullptr) *first = LoadRelaxed(block.slots[0].stamp);
  return Reveal(block, *entry, hash);
}

Status Table::FirstVersion(const Block& block, std::uint32_t type_id,
                           std::uint64_t size, Fill fill) {
  format::SlotHeader& slot = block.slots[0];
  const Generation generation = LoadRelaxed(block.header->birth_generation) + 1;
  MAPFILE_RETURN_IF_ERROR(CheckGeneration(generation));
  MAPFILE_RETURN_IF_ERROR(CheckSize(size));
  MAPFILE_RETURN_IF_ERROR(
      AllocateField(space_, &slot.offset, std::max<std::uint64_t>(size, 1),
                    heap::Kind::kValue, RecordIndex(block.offset), 64));
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           Bytes(space_, LoadRelaxed(slot.offset), size));
  MAPFILE_RETURN_IF_ERROR(FillShared(fill, bytes));
  MAPFILE_STEP("add: filled");
  WriteVersion(space_, slot, size, type_id, space_.host->Now());
  StoreRelease(slot.stamp, generation);
  // Release: late readers of the block's former record see it gone first.
  StoreRelease(block.header->published,
               format::PublishedWord::Make(generation, 0));
  MAPFILE_STEP("add: published");
  return {};
}

RecordId Table::Reveal(const Block& block, std::uint64_t* entry,
                       std::uint64_t hash) {
  const RecordId id{block.offset, block.incarnation() + 1};
  // Release: the name and all else before the incarnation that vouches
  // for them; no entry leads here yet.
  StoreRelease(block.header->incarnation, id.incarnation);
  MAPFILE_STEP("add: alive");
  index_.Insert(entry, hash, id.offset);
  CountUpdate(block.offset, LoadRelaxed(block.slots[0].size));
  (void)FinishAdd(block);
  return id;
}

}  // namespace mapfile::record
