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

// "pid 4711, daq": who holds or held this slot of the file, for a message.
std::string NameOfWriter(const Core& core, std::uint32_t slot);

// Waits until nobody who lives is about to put another file in this one's
// place: that is done, or given up. Busy: it takes longer than lock_timeout.
[[nodiscard]] Status WaitForReplacement(const Core& core);

// Whether a living process but this handle has the file open for writing:
// its name and pid for a message, else empty.
std::string OtherWriter(const Core& core);

}  // namespace mapfile::file

#endif  // MAPFILE_LIB_FILE_JOIN_H_
