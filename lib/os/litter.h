// Temporary files whose creators were killed before they were complete.
//
// A new file needs a name of its own for an instant where it replaces
// another one, and for longer where a file system has no files without a
// name. Its creator holds a lock on it meanwhile, which the kernel drops when
// it dies.
#ifndef MAPFILE_LIB_OS_LITTER_H_
#define MAPFILE_LIB_OS_LITTER_H_

#include <string>

namespace mapfile::os {

// A name that nobody can guess, in that directory.
std::string TemporaryPath(const std::string& directory);

// Marks an open file as being made by this process. False: it was removed as
// litter already, or is just about to be.
bool Own(int fd);
void Disown(int fd);

// Removes the temporary files in `directory` that nobody is making, as far as
// this process may.
void RemoveLitter(const std::string& directory);

}  // namespace mapfile::os

#endif  // MAPFILE_LIB_OS_LITTER_H_
