// What can be known about a map file and its records without their values.
#ifndef MAPFILE_INFO_H_
#define MAPFILE_INFO_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mapfile/heap.h"
#include "mapfile/options.h"
#include "mapfile/type.h"

namespace mapfile {

// Whether the process that wrote something is still there. Judged by a lock
// that the kernel keeps for it, so that neither a reboot, nor a reused pid,
// nor another container misleads.
enum class ProducerState {
  kAlive,
  kStalled,  // Alive, but a record is 3 of its periods late
  kClosed,   // It closed the file in order
  kDead,     // It was killed, or left without closing
};
const char* ProducerStateName(ProducerState state);

struct Producer {
  ProducerState state = ProducerState::kDead;
  std::uint32_t slot = 0;
  std::uint32_t pid = 0;  // In the producer's own pid namespace; 0: forgotten
  std::string command;    // Empty: forgotten
  std::uint64_t opened_ns = 0;  // CLOCK_REALTIME
  std::uint64_t updates = 0;    // Versions that its slot published, ever
};

// One version of a record.
struct VersionInfo {
  Generation generation = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t wall_ns = 0;  // CLOCK_REALTIME, to about 4 ms
  // Since it was written, by the monotonic clock if that was on this boot,
  // else by the wall clock; never negative.
  std::uint64_t age_ns = 0;
};

struct RecordInfo {
  std::string name;
  std::string class_name;  // "Histogram1D", "f64", "vector<u8>"
  std::shared_ptr<const Type> type;  // Null: its description is damaged
  VersionInfo version;               // The current one
  std::uint64_t updates = 0;         // Versions since it was added
  std::uint64_t buffer_bytes = 0;    // Capacity of the current buffer
  std::uint64_t buffer_offset = 0;   // In the file
  std::uint32_t slots = 0;           // Versions kept
  Producer producer;                 // Writer of the current version
  std::string title;
  std::uint64_t period_ms = 0;
  std::string unit;
  std::string description;
  Generation durable_generation = 0;  // Confirmed by Sync; 0: none
  bool damaged = false;  // Its value was lost in a crash of the machine
};

// What happened to the path that a file was opened by.
enum class PathState { kSame, kReplaced, kRemoved };

struct FileInfo {
  std::string path;
  std::string title;
  std::string option;   // How this handle was opened: "READ", "UPDATE", ..
  std::string creator;  // "mapfile 0.1.0": what wrote it first
  std::uint32_t format_version = 0;
  std::uint64_t size_bytes = 0;      // Of the file now
  std::uint64_t max_size_bytes = 0;  // It never grows past this
  std::uint64_t created_ns = 0;      // CLOCK_REALTIME
  std::uint64_t records = 0;
  Generation structure_generation = 0;  // +1 per record added or removed
  std::uint64_t updates = 0;            // Versions published, all writers
  bool durable = false;
  bool writable = false;         // Through this handle
  bool closed_in_order = false;  // No writer has it open, none was killed
  std::uintptr_t base_address = 0;  // Of this mapping
  std::uint64_t break_offset = 0;   // End of the heap in use
  HeapStats heap;
  std::vector<Producer> producers;  // All that have it open for writing now
};

// A stored value as bytes, with what it takes to understand them.
struct RawValue {
  std::shared_ptr<const Type> type;
  std::vector<std::byte> bytes;
  VersionInfo version;
};

// A record or a folder, as Browse lists a path of the file.
struct BrowseEntry {
  std::string name;  // Without the path
  bool is_folder = false;  // Records lie below it
  bool is_record = false;  // Both may be true
};

}  // namespace mapfile

#endif  // MAPFILE_INFO_H_
