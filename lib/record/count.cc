// Counting inside a value, without a new version.
#include <cstdint>
#include <span>

#include "lib/base/step.h"
#include "lib/base/try.h"
#include "lib/record/locks.h"
#include "lib/record/table.h"
#include "lib/record/version.h"

namespace mapfile::record {
namespace {

// The u64 at byte `at` of the version's value.
Result<std::uint64_t*> WordOf(const Space& space, const Version& version,
                              std::uint64_t at) {
  if (at % sizeof(std::uint64_t) != 0 || at > version.size ||
      version.size - at < sizeof(std::uint64_t)) {
    return Fail(Code::kInvalidArgument, "no counter can be there");
  }
  MAPFILE_ASSIGN_OR_RETURN(const auto bytes,
                           AlignedBytes(space, version.offset, version.size));
  return reinterpret_cast<std::uint64_t*>(bytes.data() + at);
}

}  // namespace

[[gnu::flatten]] Result<std::uint64_t> Table::Count(RecordId id,
                                                    Generation generation,
                                                    std::uint64_t at,
                                                    std::uint64_t n) {
  RecordLock lock(*this);
  MAPFILE_RETURN_IF_ERROR(lock.Acquire(id));
  const Block& block = lock.block();
  MAPFILE_ASSIGN_OR_RETURN(
      const Current current,
      CurrentOf(block, LoadRelaxed(block.header->published)));
  if (current.generation != generation) {
    return Fail(Code::kConflict, "another version was published meanwhile");
  }
  const Version version =
      LoadVersion(block.slots[current.slot], current.generation);
  MAPFILE_RETURN_IF_ERROR(CheckReadable(version));
  MAPFILE_ASSIGN_OR_RETURN(std::uint64_t* const word,
                           WordOf(space_, version, at));
  const std::uint32_t flags = LoadRelaxed(block.header->flags);
  if ((flags & format::kCounter) == 0) {
    StoreRelease(block.header->flags, flags | format::kCounter);
  }
  if ((version.flags & format::kChecked) != 0) {
    MAPFILE_RETURN_IF_ERROR(PublishCopy(lock, version));
    return Fail(Code::kConflict, "its version was just synced");
  }
  // Who counts has the lock; who reads copies whole words.
  const std::uint64_t count = LoadRelaxed(*word) + n;
  StoreRelease(*word, count);
  MAPFILE_STEP("count: counted");
  return count;
}

// What has a checksum stays as it is: it may be all that a crash leaves.
Status Table::PublishCopy(RecordLock& lock, const Version& version) {
  MAPFILE_ASSIGN_OR_RETURN(const auto from,
                           Bytes(space_, version.offset, version.size));
  const auto copy = [&](std::span<std::byte> bytes) {
    return CopyValue(from, bytes);
  };
  auto published = PublishLocked(lock, version.size, version.type_id, copy, {});
  if (!published) return Fail(std::move(published).error());
  return {};
}

}  // namespace mapfile::record
