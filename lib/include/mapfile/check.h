// Whether a map file is whole, and putting it in order where it isn't.
//
// Both calls work on a path, not on an open MapFile: they also take files
// that MapFile::Open refuses.
#ifndef MAPFILE_CHECK_H_
#define MAPFILE_CHECK_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mapfile/status.h"

namespace mapfile {

// What a finding is about.
enum class Part : std::uint8_t {
  kFile,    // The file as a whole: no map file, truncated, another version
  kHeader,  // A field of its header
  kHeap,    // A block of the heap, or a list of free ones
  kIndex,   // An entry of the index of names
  kRecord,  // A record's control block, title or attributes
  kType,    // The description of a class
  kValue,   // A version of a record
  kCount,   // A number that the file keeps of what it has
};
// "file", "header", "heap", "index", "record", "type", "value", "count".
const char* PartName(Part part);

// One piece of damage.
struct Finding {
  Part part = Part::kFile;
  std::uint64_t offset = 0;  // In the file, of what is damaged
  std::string record;        // Whose it is; empty: no record's
  std::string message;       // What contradicts what

  friend bool operator==(const Finding&, const Finding&) = default;
};

// How far a long call is. It may begin again with the first phase.
struct Progress {
  const char* phase = "";  // "structure", "values", "pages"
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // Bytes, or records
};

struct CheckOptions {
  // Called now and then by the thread that checks; may be empty.
  std::function<void(const Progress&)> progress = {};
};

struct CheckReport {
  std::vector<Finding> findings;     // Damage; at most kMostFindings
  std::vector<std::string> remarks;  // Worth knowing, and no damage
  bool is_live = false;              // A writer had the file open meanwhile
  std::uint64_t size_bytes = 0;
  std::uint64_t blocks = 0;  // Of the heap, that were looked at
  std::uint64_t records = 0;
  std::uint64_t types = 0;
  std::uint64_t versions = 0;   // Decoded by their types
  std::uint64_t unchecked = 0;  // Those among them without a checksum yet

  static constexpr std::size_t kMostFindings = 1000;
  bool whole() const { return findings.empty(); }
};

// Looks at everything in the file at `path`: header, heap, index, lists,
// records, descriptions, values by their types, checksums.
//
// Needs read permission only, takes no lock and writes nothing. Other
// processes may be writing to the file; what they change meanwhile is looked
// at again, and only what stays wrong is a finding. Errors: NotFound,
// ReadOnly, InvalidArgument, Io as MapFile::Open; all that is wrong with the
// file's bytes is in the report.
[[nodiscard]] Result<CheckReport> Check(const std::string& path,
                                        const CheckOptions& options = {});

struct RepairOptions {
  bool dry_run = false;  // Say what would be done; write nothing
  // Give up what can't be saved: versions, records, titles. Without it they
  // stay as they are, and so does their damage.
  bool drop = false;
  bool backup = true;       // Copy the file first, if there is damage
  std::string backup_path = {};  // Where to; empty: the file's with ".bak"
  std::function<void(const Progress&)> progress = {};
};

// Something that was given up.
struct Dropped {
  std::string record = {};      // Empty: no record's
  std::string class_name = {};  // Empty: not known
  std::uint64_t generation = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t offset = 0;
  std::string reason = {};
};

struct RepairReport {
  CheckReport before;
  std::vector<std::string> actions;  // What was done, or would be
  std::vector<Dropped> dropped;      // What was given up, or would be
  CheckReport after;                 // Of the result, written or not
  std::string backup_path;           // Empty: none was made
  bool written = false;              // Whether the file has changed
};

// Puts the file at `path` in order: makes afresh what can be derived (lists,
// index, counts), puts back what the rest of the file proves, and leaves all
// else as it is. What is whole keeps its value and its generation.
//
// The result is made and checked in memory before the first byte is written,
// in place, so that readers of the file see it. Errors: Busy, which names a
// living writer: there may be none, and none gets in meanwhile. Exists: the
// backup's path is taken. Version: of another format. Corrupt: it can't be
// repaired; nothing was written. ReadOnly, NoSpace, Io, NotFound.
[[nodiscard]] Result<RepairReport> Repair(const std::string& path,
                                          const RepairOptions& options = {});

}  // namespace mapfile

#endif  // MAPFILE_CHECK_H_
