// Being one of a file's writers: entering, leaving, its lock.
#ifndef MAPFILE_LIB_FILE_JOIN_H_
#define MAPFILE_LIB_FILE_JOIN_H_

#include "lib/file/core.h"

namespace mapfile::file {

// Makes a Core that was opened for writing a writer: claims a slot, finishes
// what dead writers left, and after a crash of the machine repairs what the
// medium has of the file. Busy: all slots are taken. Conflict: another file
// has taken the path meanwhile.
[[nodiscard]] Status Join(Core& core);

// Whether a living process but this handle has the file open for writing:
// its name and pid for a message, else empty.
std::string OtherWriter(const Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_JOIN_H_
