// Memory of a tool in huge pages.
//
// A page of 4 KiB costs its first toucher 0.3 to 14 us, the latter on a
// virtual machine: to draw 1,000,000 bins took 80 ms of that, three quarters
// of the whole, and half of the time in which mapfile-ls shows 10,000
// records. A huge page costs as much once for 2 MiB. Linking this file lets
// operator new ask for them for large blocks. A program that runs for longer
// decides for itself: the library leaves its memory alone.
#ifndef MAPFILE_TOOLS_COMMON_MEMORY_H_
#define MAPFILE_TOOLS_COMMON_MEMORY_H_

namespace mapfile::tools {

// Asks for them for the small blocks to come, too. Once, at the start. What
// isn't touched costs nothing; without huge pages all works as before.
void UseHugePages();

}  // namespace mapfile::tools

#endif  // MAPFILE_TOOLS_COMMON_MEMORY_H_
