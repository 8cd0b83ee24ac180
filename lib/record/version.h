// One version in its slot: written by one, read by many without a lock.
#ifndef MAPFILE_LIB_RECORD_VERSION_H_
#define MAPFILE_LIB_RECORD_VERSION_H_

#include <cstdint>

#include "lib/base/try.h"
#include "lib/record/space.h"
#include "lib/record/types.h"
#include "mapfile/status.h"

namespace mapfile::record {

// The largest generation and the largest value that fit their words.
inline constexpr Generation kMaxGeneration = (Generation{1} << 60) - 1;
inline constexpr std::uint64_t kMaxSize = std::uint64_t{1} << 48;

// NoSpace: there is no such generation. InvalidArgument: a value can't be so
// big.
[[nodiscard, gnu::cold]] Status NoGeneration();
[[nodiscard, gnu::cold]] Status TooBig(std::uint64_t size);
[[nodiscard]] inline Status CheckGeneration(Generation generation) {
  // 0, after the largest number of all, is none.
  if (generation == 0 || generation > kMaxGeneration) return NoGeneration();
  return {};
}
[[nodiscard]] inline Status CheckSize(std::uint64_t size) {
  if (size > kMaxSize) return TooBig(size);
  return {};
}

// Fills in all of a slot's header but stamp and offset.
inline void WriteVersion(const Space& space, format::SlotHeader& slot,
                         std::uint64_t size, std::uint32_t type_id,
                         const Times& times) {
  // Relaxed stores: the slot's stamp, 0 now and released later, tells readers
  // whether what they saw of these counts.
  StoreRelaxed(slot.size, size);
  StoreRelaxed(slot.wall_ns, times.wall_ns);
  StoreRelaxed(slot.mono_ns, times.mono_ns);
  StoreRelaxed(slot.writer_incarnation, space.host->incarnation());
  StoreRelaxed(slot.writer_slot,
               static_cast<std::uint16_t>(space.host->writer_slot()));
  StoreRelaxed(slot.flags, std::uint16_t{0});
  StoreRelaxed(slot.type_id, type_id);
  StoreRelaxed(slot.checksum, std::uint32_t{0});
}

// Lets `fill` write the bytes of an unstamped slot, which late readers may
// still copy.
#ifdef MAPFILE_TSAN
[[nodiscard]] Status FillShared(Fill fill, std::span<std::byte> bytes);
#else
[[nodiscard]] inline Status FillShared(Fill fill, std::span<std::byte> bytes) {
  return fill(bytes);
}
#endif

// Copies a version's bytes to another slot. Corrupt: the two overlap.
[[nodiscard]] Status CopyValue(std::span<const std::byte> from,
                               std::span<std::byte> to);

// What the slot says; counts only if its stamp is `generation` before and
// after.
inline Version LoadVersion(const format::SlotHeader& slot,
                           Generation generation) {
  return {.generation = generation,
          .offset = LoadRelaxed(slot.offset),
          .size = LoadRelaxed(slot.size),
          .wall_ns = LoadRelaxed(slot.wall_ns),
          .mono_ns = LoadRelaxed(slot.mono_ns),
          .type_id = LoadRelaxed(slot.type_id),
          .writer_slot = LoadRelaxed(slot.writer_slot),
          .writer_incarnation = LoadRelaxed(slot.writer_incarnation),
          // Acquire: the checksum was stored before the flag that vouches
          // for it.
          .flags = LoadAcquire(slot.flags),
          .checksum = LoadRelaxed(slot.checksum)};
}

// The slot of the published version. Corrupt: there can be no such slot.
struct Current {
  Generation generation = 0;
  std::uint32_t slot = 0;
};
[[nodiscard, gnu::cold]] tl::unexpected<Error> NoVersion();
[[nodiscard]] inline Result<Current> CurrentOf(const Block& block,
                                               std::uint64_t published) {
  const Current current{format::PublishedWord::Generation(published),
                        format::PublishedWord::Slot(published)};
  if (current.generation == 0 || current.slot >= block.slot_count) {
    return NoVersion();
  }
  return current;
}

// Where a version lies, and whether it is the current one.
struct Found {
  const format::SlotHeader* slot = nullptr;  // Null: it isn't kept
  Generation generation = 0;
  std::uint64_t published = 0;
  bool is_current = false;
};

// The slot of generation `wanted`, 0 for the current one, as the published
// word and the stamps say it now. Corrupt.
// Blocks by value here and below: the caller's then lives in registers.
[[nodiscard]] Found FindOlder(Block block, Generation wanted, Current current);
[[nodiscard]] inline Result<Found> FindVersion(const Block& block,
                                               Generation wanted) {
  // Acquire: the slot's stamp and all below it. It also keeps generations
  // from going back for one reader.
  const std::uint64_t published = LoadAcquire(block.header->published);
  const auto current = CurrentOf(block, published);
  if (!current) return NoVersion();
  if (wanted == 0 || wanted == current->generation) {
    return Found{&block.slots[current->slot], current->generation, published,
                 true};
  }
  return FindOlder(block, wanted, *current);
}

// After a look at a stamp that wasn't the one expected: Corrupt if it can't
// be because the writer came round, since what is current keeps its stamp.
[[nodiscard]] Status CheckMoved(Block block, Found found);

// Corrupt for a version that was lost in a crash of the machine.
[[nodiscard, gnu::cold]] Status LostInCrash();
[[nodiscard]] inline Status CheckReadable(const Version& version) {
  if ((version.flags & format::kDamaged) != 0) return LostInCrash();
  return {};
}

// The current version, for the holder of the record's lock. Corrupt: its slot
// holds another one, or it was lost in a crash of the machine.
[[nodiscard, gnu::cold]] tl::unexpected<Error> OtherStamp();
[[nodiscard]] inline Result<Version> OwnVersion(const Block& block) {
  MAPFILE_ASSIGN_OR_RETURN(
      const Current current,
      CurrentOf(block, LoadRelaxed(block.header->published)));
  const format::SlotHeader& slot = block.slots[current.slot];
  if (LoadRelaxed(slot.stamp) != current.generation) return OtherStamp();
  const Version version = LoadVersion(slot, current.generation);
  MAPFILE_RETURN_IF_ERROR(CheckReadable(version));
  return version;
}

// What a reader does before it tries again.
void PauseReader(int attempt);
inline constexpr int kReadAttempts = 10000;

// Whether the slot still holds that version: everything loaded or copied
// before this call then belongs to it.
inline bool StillHolds(const format::SlotHeader& slot, Generation generation) {
  // Fence: the loads and copies before it are done before the stamp is
  // looked at again.
  return FenceThenLoad(slot.stamp) == generation;
}

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_VERSION_H_
