// How a map file is opened and how a record is stored.
#ifndef MAPFILE_OPTIONS_H_
#define MAPFILE_OPTIONS_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mapfile {

inline namespace literals {
constexpr std::uint64_t operator""_KiB(unsigned long long n) { return n << 10; }
constexpr std::uint64_t operator""_MiB(unsigned long long n) { return n << 20; }
constexpr std::uint64_t operator""_GiB(unsigned long long n) { return n << 30; }
}  // namespace literals

// Counts the versions of one record: 0 before the first, then rising, also
// across a removal and a new Add of the same name.
using Generation = std::uint64_t;

enum class Mode {
  kRead,      // Must exist; needs read permission only. The default.
  kCreate,    // Must not exist. The same as TMapFile's NEW and CREATE.
  kRecreate,  // Replaces what exists; its readers keep it and can tell.
  kUpdate,    // Opens for writing what exists, else creates it.
};

// The word for `mode`: "READ", "CREATE", "RECREATE", "UPDATE".
const char* ModeName(Mode mode);

// The mode called `name` in any case, "NEW" included; none if unknown.
std::optional<Mode> ModeFromName(std::string_view name);

// The limit that a new file gets when none is stated. It costs address
// space, not memory or disk.
inline constexpr std::uint64_t kDefaultMaxSize = 1_GiB;

struct Options {
  Mode mode = Mode::kRead;

  // For a new file; ignored where one is opened.
  std::uint64_t size_bytes = 0;  // Allocated at once; 0: the least, < 64 KiB
  std::uint64_t max_size_bytes = kDefaultMaxSize;  // It grows up to this
  std::string title = {};                          // At most 4096 bytes
  std::uint32_t permissions = 0644;  // As chmod's; the umask doesn't apply
  bool durable = false;  // Keep each record's last synced version on disk

  // kRecreate replaces a file even while living producers write to it.
  bool force = false;

  // How long a call waits for a living process that holds a lock, before
  // it returns Busy.
  std::chrono::milliseconds lock_timeout{2000};

  // Preferred address of the mapping, a multiple of the page size; used if
  // it is free, never over what is mapped there. 0: see SetMapAddress.
  std::uintptr_t address = 0;

  // Turn a SIGBUS in this file's mapping (truncated by somebody, medium
  // failed) into Io errors. Installs a handler that passes on other faults.
  bool guard_bus_errors = true;
};

// Properties of a new record; see Record for what they mean.
struct AddOptions {
  std::uint32_t slots = 3;  // Versions kept: 2 to 16
  std::string title = {};
  std::chrono::milliseconds period{0};  // Expected between updates; 0: unknown
  std::string unit = {};
  std::string description = {};
};

// Conditions of a Put.
struct PutOptions {
  bool create_only = false;    // Exists if there is such a record
  bool existing_only = false;  // NotFound if there is none
  // Conflict unless it is current; 0: there is no such record.
  std::optional<Generation> if_generation = {};
  AddOptions add = {};  // For a record that Put creates
};

}  // namespace mapfile

#endif  // MAPFILE_OPTIONS_H_
