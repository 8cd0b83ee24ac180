// What goes in and out of the record table.
#ifndef MAPFILE_LIB_RECORD_TYPES_H_
#define MAPFILE_LIB_RECORD_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "lib/base/function_ref.h"
#include "lib/format/layout.h"
#include "mapfile/options.h"
#include "mapfile/status.h"

namespace mapfile::record {

// Names one record for as long as it exists, also across processes. Offsets
// are used again after a removal, with another incarnation.
struct RecordId {
  std::uint64_t offset = 0;
  std::uint32_t incarnation = 0;

  friend bool operator==(const RecordId&, const RecordId&) = default;
};

// What a person says about a record. InvalidArgument where a text is longer
// than format::kMaxAttributeSize.
struct Attributes {
  std::uint64_t period_ms = 0;  // Expected between updates; 0: unknown
  std::string unit;
  std::string description;

  friend bool operator==(const Attributes&, const Attributes&) = default;
};

// Properties of a new record.
struct Properties {
  std::uint32_t slots = format::kDefaultSlots;  // 2 to 16
  std::uint32_t flags = 0;                      // format::RecordFlags
  Attributes attributes;
  std::string title;  // At most format::kMaxTitleSize bytes
};

// Writes a value straight into its 64-aligned buffer in the file, all of it;
// others may read the bytes meanwhile. An error publishes nothing.
using Fill = FunctionRef<Status(std::span<std::byte> bytes)>;

// Changes a copy of the current version; as Fill.
using Edit =
    FunctionRef<Status(std::uint32_t type_id, std::span<std::byte> bytes)>;

struct PublishOptions {
  std::optional<Generation> if_generation;  // Conflict unless it is current
};

// One version of a record.
struct Version {
  Generation generation = 0;
  std::uint64_t offset = 0;  // Of its bytes in the file, 64-aligned
  std::uint64_t size = 0;
  std::uint64_t wall_ns = 0;
  std::uint64_t mono_ns = 0;
  std::uint32_t type_id = 0;
  std::uint32_t writer_slot = 0;
  std::uint32_t writer_incarnation = 0;
  std::uint16_t flags = 0;     // format::SlotFlags
  std::uint32_t checksum = 0;  // Holds if flags has kChecked
};

// A version while it is read. `bytes` lie in the file: a writer may be
// changing them, so fetch each once, through CopyShared; they may be gone
// after the call.
struct VersionView : Version {
  std::span<const std::byte> bytes;
};

// May be called more than once: a result that was torn is dropped, with any
// error. What it returns counts only when the bytes held still.
using Visit = FunctionRef<Status(const VersionView& view)>;

enum class Verify {
  kNone,
  kIfChecked,  // Compare with the checksum if the version has one
  kRequired,   // Corrupt also without one: for a file not closed in order
};

struct ReadOptions {
  Generation generation = 0;  // 0: the current one
  Verify verify = Verify::kNone;
};

// All that is known of a record but its value: one consistent snapshot.
struct Summary {
  RecordId id;
  std::string name;
  std::uint64_t birth = 0;     // Order of insertion
  Version version;             // The current one
  std::uint64_t capacity = 0;  // Bytes of its buffer
  std::uint64_t updates = 0;   // Versions since it was added
  std::uint32_t slots = 0;
  std::uint32_t flags = 0;  // format::RecordFlags
  Attributes attributes;
  std::string title;
  Generation durable_generation = 0;  // Confirmed by Sync; 0: none
};

}  // namespace mapfile::record

#endif  // MAPFILE_LIB_RECORD_TYPES_H_
