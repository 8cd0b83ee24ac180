// Sync: what an open map file keeps over a loss of power.
#ifndef MAPFILE_LIB_FILE_SYNC_H_
#define MAPFILE_LIB_FILE_SYNC_H_

#include "lib/file/core.h"

namespace mapfile::file {

// Checksums each record's current version, brings the file to its medium
// and, in a durable file, has writers spare what is safe there. NotDurable:
// the file system lives in memory.
[[nodiscard]] Status Sync(Core& core);

// Checksums all versions that are kept, for those who find the file after a
// reboot, or a copy of it.
[[nodiscard]] Status ChecksumAll(Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_SYNC_H_
