// What is known of records and the file, as snapshots taken without a lock.
#include <algorithm>
#include <string>

#include "lib/base/copy.h"
#include "lib/base/try.h"
#include "lib/record/properties.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

tl::unexpected<Error> Restless() {
  return Fail(Code::kBusy, "the record changed each time it was read");
}

// Errors count only while the record is `incarnation`, as the caller checks.
Result<Version> CurrentVersion(const Block& block) {
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    MAPFILE_ASSIGN_OR_RETURN(const Found found, FindVersion(block, 0));
    // Acquire: the version's header comes after its stamp.
    if (LoadAcquire(found.slot->stamp) == found.generation) {
      const Version version = LoadVersion(*found.slot, found.generation);
      if (StillHolds(*found.slot, found.generation)) return version;
    } else {
      MAPFILE_RETURN_IF_ERROR(CheckMoved(block, found));
    }
    PauseReader(attempt);
  }
  return Restless();
}

// As most records.
bool HasNoProperties(const format::RecordHeader& header) {
  const std::uint64_t sequence = LoadAcquire(header.properties_sequence);
  return LoadRelaxed(header.attributes_offset) == 0 &&
         LoadRelaxed(header.title_offset) == 0 &&
         FenceThenLoad(header.properties_sequence) == sequence;
}

Status LoadProperties(const Space& space, const Block& block,
                      Summary& summary) {
  const format::RecordHeader& header = *block.header;
  if (HasNoProperties(header)) return {};
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    // Acquire: the offsets and texts come after it.
    const std::uint64_t sequence = LoadAcquire(header.properties_sequence);
    const std::uint64_t attributes_offset =
        LoadAcquire(header.attributes_offset);
    const std::uint64_t title_offset = LoadAcquire(header.title_offset);
    auto attributes = LoadAttributes(space, attributes_offset);
    auto title = LoadTitle(space, title_offset);
    // Fence: the texts are copied before the second look.
    if (FenceThenLoad(header.properties_sequence) == sequence &&
        LoadRelaxed(header.attributes_offset) == attributes_offset &&
        LoadRelaxed(header.title_offset) == title_offset) {
      if (!attributes) return Fail(std::move(attributes).error());
      if (!title) return Fail(std::move(title).error());
      summary.attributes = *std::move(attributes);
      summary.title = *std::move(title);
      return {};
    }
    PauseReader(attempt);
  }
  return Restless();
}

std::string LoadName(const Block& block) {
  const std::size_t size = std::min<std::size_t>(
      LoadRelaxed(block.header->name_size),
      std::min(block.name_capacity, format::kMaxNameSize));
  std::string name(size, '\0');
  CopyShared(name.data(), block.name, size);
  return name;
}

Generation DurableGeneration(const Block& block) {
  const std::uint32_t durable = LoadRelaxed(block.header->durable_slot);
  if (durable == 0 || durable > block.slot_count) return 0;
  return LoadRelaxed(block.slots[durable - 1].stamp);
}

Status Summarize(const Space& space, const Block& block, Summary& summary) {
  const format::RecordHeader& header = *block.header;
  summary.name = LoadName(block);
  summary.birth = LoadRelaxed(header.birth);
  summary.slots = block.slot_count;
  summary.flags = LoadRelaxed(header.flags);
  summary.durable_generation = DurableGeneration(block);
  MAPFILE_ASSIGN_OR_RETURN(summary.version, CurrentVersion(block));
  summary.updates =
      summary.version.generation - LoadRelaxed(header.birth_generation);
  // The block may be another one by now: then the size is only a wrong hint.
  summary.capacity = space.allocator().KnownBlockSize(summary.version.offset,
                                                      heap::Kind::kValue);
  return LoadProperties(space, block, summary);
}

}  // namespace

Result<Summary> Table::Info(RecordId id) const {
  MAPFILE_ASSIGN_OR_RETURN(const Block block, Resolve(space_, id));
  Summary summary;
  summary.id = id;
  Status status = Summarize(space_, block, summary);
  // Unchanged after the fence, it was this record all the time.
  if (FenceThenLoad(block.header->incarnation) != id.incarnation) {
    return Removed();
  }
  if (!status) return Fail(std::move(status).error());
  return summary;
}

void Table::Prefetch(RecordId id) const {
  constexpr std::uint64_t kLine = 64;
  const std::uint64_t size =
      Block::Size(format::kDefaultSlots, format::kNameCapacities[0]);
  for (std::uint64_t at = 0; at < size; at += kLine) {
    record::Prefetch(space_, id.offset + at);
  }
}

Result<std::string> Table::Title() const {
  const format::FileHeader& header = *space_.header;
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    // Acquire, both: the text comes after them.
    const std::uint64_t sequence = LoadAcquire(header.title_sequence);
    const std::uint64_t offset = LoadAcquire(header.title_offset);
    auto title = LoadTitle(space_, offset);
    if (FenceThenLoad(header.title_sequence) == sequence &&
        LoadRelaxed(header.title_offset) == offset) {
      return title;
    }
    PauseReader(attempt);
  }
  return Fail(Code::kBusy, "the title changed each time it was read");
}

}  // namespace mapfile::record
