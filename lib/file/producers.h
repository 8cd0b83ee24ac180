// Who writes an open map file, and whether they still live.
#ifndef MAPFILE_LIB_FILE_PRODUCERS_H_
#define MAPFILE_LIB_FILE_PRODUCERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/file/core.h"
#include "mapfile/info.h"

namespace mapfile::file {

// The tenant `incarnation` of a writer slot. Never kStalled: see Stalled().
Producer ProducerOf(const Core& core, std::uint32_t slot,
                    std::uint32_t incarnation);

// All that have the file open for writing now, in the order of their slots.
std::vector<Producer> LivingProducers(const Core& core);

// A number that rises when a writer enters the file, and when one dies. What
// such a one published last it may not have lived to count, so that sleepers
// go by this as well. A system call per writer that has it open.
std::uint64_t TenantsAndDeaths(const Core& core);

// Nanoseconds since a version was written: by the monotonic clock where it
// was this boot's, else by the wall clock.
std::uint64_t AgeOf(const record::Version& version);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_PRODUCERS_H_
