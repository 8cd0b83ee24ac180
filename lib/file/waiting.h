// Sleeping until something is published in an open map file.
#ifndef MAPFILE_LIB_FILE_WAITING_H_
#define MAPFILE_LIB_FILE_WAITING_H_

#include <chrono>
#include <cstdint>
#include <string_view>

#include "lib/file/core.h"

namespace mapfile::file {

// Until `id` has a version newer than `seen`. Timeout; NotFound: removed;
// Conflict: another file has taken this one's place.
[[nodiscard]] Result<Generation> WaitForRecord(
    Core& core, record::RecordId id, Generation seen,
    std::chrono::nanoseconds timeout);

// The same by name, for a record that need not exist yet.
[[nodiscard]] Result<Generation> WaitForName(Core& core, std::string_view name,
                                             Generation seen,
                                             std::chrono::nanoseconds timeout);

// A number that changes with each publication, addition and removal, and when
// a writer enters or dies or the file is replaced.
std::uint64_t Activity(const Core& core);
[[nodiscard]] Result<std::uint64_t> WaitForActivity(
    Core& core, std::uint64_t seen, std::chrono::nanoseconds timeout);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_WAITING_H_
